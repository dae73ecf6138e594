"""The form of any register, made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anyue_desktop.core.identity import new_id
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.register import Register, is_blank
from anyue_desktop.services.columns import told
from anyue_desktop.services.drafting import RAW
from anyue_desktop.ui.adopted import adopted
from anyue_desktop.ui.asked_fields import AskedFields
from anyue_desktop.ui.draft_keeper import DraftKeeper
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.entry_undo import EntryUndo
from anyue_desktop.ui.explain import explain
from anyue_desktop.ui.field_sheet import FieldSheet
from anyue_desktop.ui.form_head import FormHead
from anyue_desktop.ui.form_keys import Commands, FormKeys
from anyue_desktop.ui.form_layout import lay_out
from anyue_desktop.ui.paths import merged, sections, value_at, with_value
from anyue_desktop.ui.pins import Pins
from anyue_desktop.ui.places import DraftPlace, Place, RecordPlace
from anyue_desktop.ui.problem_list import ProblemList
from anyue_desktop.ui.reason import ask_reason
from anyue_desktop.ui.section_index import SectionIndex
from anyue_desktop.ui.siblings import siblings


class EntryForm(QWidget):
    """Enters one record after the other. What is typed is a draft at once; nothing asks “save?”."""

    saved = Signal(object)  # services' Saved
    closed = Signal()

    def __init__(self, factory: EditorFactory, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = factory.records
        self.register = register
        embedded = self._records.embedded(register.name)
        parts = sections(register, embedded)
        self.sheet = FieldSheet(factory, register.name, parts)
        self.index = SectionIndex(parts)
        self._asked = AskedFields(register, embedded, self.sheet, self.index)
        self.problem_list = ProblemList(partial(told, register))
        self.head = FormHead(register.title)
        self.pins = Pins(register.name)
        self.undo = EntryUndo()
        self.drafts = DraftKeeper(self._records, register.name, self.draft_values, self)
        self._labels = {slot.path: slot.field.label for part in parts for slot in part.slots}
        self._values: dict[str, Any] = {}
        self._reviewed: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._given: dict[str, Any] = {}
        lay_out(self, self.head, self.index, self.sheet, self.problem_list)
        self._connect()

    def _connect(self) -> None:
        self.sheet.changed.connect(self._typed)
        self.sheet.left.connect(self._left)
        self.sheet.entered.connect(self.index.follow)
        self.sheet.finished.connect(self.save_and_next)
        self.index.chosen.connect(self.sheet.go_to_section)
        self.problem_list.chosen.connect(self.sheet.go_to)
        self.problem_list.explained.connect(self._ask_reason)
        self.problem_list.adopted.connect(self.adopt)
        self.head.save_pressed.connect(self.save)
        self.head.next_pressed.connect(self.save_and_next)
        self.head.back_pressed.connect(self.close_form)
        self.drafts.kept.connect(self.head.say_kept)
        self._keys = FormKeys(self.sheet, self._commands(), self)
        self.installEventFilter(self._keys)
        for row in self.sheet.rows.values():
            row.editor.watch_with(self._keys)

    def _commands(self) -> Commands:
        return {
            "Ctrl+S": self.save,
            "Esc": self.close_form,
            "F8": lambda: self.jump(1),
            "Shift+F8": lambda: self.jump(-1),
            "F6": self.toggle_pin,
            "F4": lambda: self.adopt(self.problem_list.proposal_at(self.sheet.current())),
            "F1": self.explain,
            "Ctrl+Z": self.take_back,
            "Ctrl+Y": self.do_again,
        }

    def begin(self, given: Mapping[str, Any] | None = None, *, key: str = "") -> None:
        """Shows a blank form for a new record; `given` are values known beforehand."""
        self._given = dict(given or {})
        self._show(self._start(), key or new_id())
        self.head.set_new(True)

    def open(self, identity: str) -> None:
        """Shows a stored record, with its unfinished changes if there are any."""
        values = self._records.get(self.register.name, identity)
        draft = self._records.draft(self.register.name, identity)
        self._show(merged(values, draft) if draft else values, identity)
        self.head.set_new(False)
        if draft:
            self.head.say("已带出上次没有保存的修改")

    def resume(self, key: str) -> None:
        """Shows an unfinished entry again."""
        draft = self._records.draft(self.register.name, key) or {}
        if draft.get("id"):
            self.open(key)
            return
        self._show(merged(self._records.start(self.register.name), draft), key)
        self.head.set_new(True)

    def values(self) -> dict[str, Any]:
        """Returns the record as it stands in the form."""
        return self.sheet.values(self._values)

    def draft_values(self) -> dict[str, Any]:
        """Returns the record with the texts that cannot be read, as a draft keeps it."""
        return {**self.values(), RAW: {one.field: one.value for one in self.sheet.unreadable()}}

    def problems(self) -> list[Problem]:
        """Returns what was wrong at the last look."""
        return self.problem_list.problems

    def save(self) -> bool:
        """Saves the record; tells whether it could be saved."""
        if path := self.sheet.current():
            self.sheet.editor(path).settle()
        self._review()
        if self.sheet.unreadable():
            return self._refuse()
        result = self._records.save(self.register.name, self._values)
        if not result.saved:
            return self._refuse()
        self.drafts.drop()
        self._values = self._records.get(self.register.name, result.id)
        self._reviewed = self._values
        self.drafts.key = result.id
        self.head.set_new(False)
        self.head.say("已保存")
        self.saved.emit(result)
        return True

    def save_and_next(self) -> None:
        """Saves, then shows the next blank form with the pinned values."""
        last = self.values()
        if not self.save():
            return
        self._given = {}
        self._show(self.pins.carry(last, self._start()), new_id())
        self.head.set_new(True)
        self.head.say("已保存，请录入下一条")

    def close_form(self) -> None:
        """Goes back; what was typed stays a draft."""
        self.drafts.flush()
        self.closed.emit()

    def take_focus(self) -> None:
        """Puts the cursor into the first box to fill, unless it is in one already."""
        if not self.sheet.current():
            self.sheet.go_to(self.sheet.first_to_fill(self._values))

    def resume_place(self) -> Place | None:
        """Returns where to come back to: the draft, the stored record, or nowhere."""
        if self._records.draft(self.register.name, self.drafts.key) is not None:
            return DraftPlace(self.register.name, self.drafts.key)
        return RecordPlace(self.register.name, self._values["id"]) if self._values.get("id") else None

    def jump(self, step: int) -> None:
        """Goes to the next (1) or last (-1) field with a problem."""
        self.sheet.go_to(self.problem_list.next_path(self.sheet.current(), step, list(self.sheet.rows)))

    def _start(self) -> dict[str, Any]:
        start = self._records.start(self.register.name, **self._given)
        return self._records.fill(self.register.name, start) if self._given else start

    def _show(self, values: dict[str, Any], key: str) -> None:
        self._values = dict(values)
        self.drafts.key = key
        self._touched.clear()
        self.undo.clear()
        self.sheet.clear()
        self.sheet.set_read_only(set(self._given))
        self.sheet.set_values(values)
        self.sheet.set_raw(self._values.pop(RAW, {}))
        self.sheet.fold_unused()
        self._reviewed = self.values()
        self._mark_pins()
        self._tell(self._records.check(self.register.name, self._reviewed))
        self.sheet.verticalScrollBar().setValue(0)
        self.sheet.go_to(self.sheet.first_to_fill(self._values))

    def _mark_pins(self) -> None:
        for path, row in self.sheet.rows.items():
            carried = path in self.pins and not is_blank(value_at(self._values, path)) and "id" not in self._values
            row.editor.set_pinned(carried)

    def _typed(self, path: str) -> None:
        self._touched.add(path)
        self.drafts.touch()
        self._asked.chosen(path, self.values)

    def _left(self, path: str) -> None:
        if path not in self._touched and self.values() == self._reviewed:
            return
        for sibling, value in siblings(path, self.sheet.editor(path), self.values()).items():
            self._put(sibling, value)
        self._review()
        self.drafts.flush()

    def _put(self, path: str, value: Any) -> None:
        if path in self.sheet.rows:
            self.sheet.editor(path).set_value(value)
        else:
            self._values = with_value(self._values, path, value)

    def _review(self) -> None:
        """Fills in what follows from what was typed, and says what is wrong with it."""
        typed = adopted(self._records, self.register, self.values())
        self._values = self._records.fill(self.register.name, typed)
        self.sheet.set_values(self._values)
        now = self.values()
        self.undo.note(self._reviewed, now, list(self.sheet.rows))
        self._reviewed = now
        self._tell(self._records.check(self.register.name, now))

    def _tell(self, found: list[Problem]) -> None:
        self._asked.follow(self.values())
        unreadable = self.sheet.unreadable()
        wrong = {problem.field for problem in unreadable}
        problems = unreadable + [problem for problem in found if problem.field not in wrong]
        self.sheet.say(problems, self._touched | wrong)
        listed = [one for one in problems if one.field in self._touched or not one.code.startswith("needs_")]
        self.index.show_problems([one if one in listed else replace(one, kind=Kind.MISSING) for one in problems])
        self.problem_list.show_problems(listed, self._labels)

    def _refuse(self) -> bool:
        self._touched |= set(self.sheet.rows)
        self._tell(self._records.check(self.register.name, self.values()))
        self.drafts.keep()
        first = next((one.field for one in self.problems() if one.kind is Kind.ERROR), "")
        self.sheet.go_to(first)
        self.head.say("有逻辑错误，还没有保存；已存为草稿", tone="error")
        return False

    def _ask_reason(self, problem: Problem) -> None:
        reasons = ask_reason(self, problem, self._values.get("explanations") or {})
        if reasons is not None:
            self._values["explanations"] = reasons
            self.drafts.touch()

    def take_back(self) -> None:
        """Takes the last change back."""
        self._put_all(self.undo.undo())

    def do_again(self) -> None:
        """Does again what was taken back."""
        self._put_all(self.undo.redo())

    def explain(self) -> None:
        """Explains the field with the cursor."""
        if path := self.sheet.current():
            explain(self.sheet.rows[path])

    def adopt(self, problem: Problem | None) -> None:
        """Takes over what a rule proposes; it is seen in the boxes and can be taken back with Ctrl+Z."""
        if problem is None:
            return
        for path, value in problem.suggestion.items():
            self._put(path, value)
            self._touched.add(path)
        self._review()
        self.drafts.touch()
        self.sheet.go_to(next(path for path in problem.suggestion if path in self.sheet.rows))

    def _put_all(self, values: dict[str, Any]) -> None:
        for path, value in values.items():
            self._put(path, value)
        if values:
            self._values = self.values()
            self._reviewed = self._values
            self._tell(self._records.check(self.register.name, self._values))
            self.sheet.go_to(next(iter(values)))
            self.drafts.touch()

    def toggle_pin(self) -> None:
        """Pins the field with the cursor for the next record, or unpins it."""
        if path := self.sheet.current():
            self.sheet.editor(path).set_pinned(self.pins.toggle(path))
