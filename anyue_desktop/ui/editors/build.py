"""Which editor a field gets."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from anyue_desktop.core import types
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context
from anyue_desktop.services.records import Records
from anyue_desktop.ui.editors.choice import ChoiceEditor, RefEditor, YesNoEditor
from anyue_desktop.ui.editors.code_set import CodesEditor
from anyue_desktop.ui.editors.date import DateEditor
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.editors.line import LineEditor
from anyue_desktop.ui.editors.lookup import FieldLookup, Lookup, RecordLookup, YesNoLookup
from anyue_desktop.ui.editors.paragraph import ParagraphEditor
from anyue_desktop.ui.editors.photos import PhotosEditor
from anyue_desktop.ui.editors.record_set import RecordsEditor
from anyue_desktop.ui.editors.resident_id import ResidentIdEditor
from anyue_desktop.ui.editors.simple import (
    GroupEditor,
    IntegerEditor,
    MomentEditor,
    MonthEditor,
    NameEditor,
    NumberEditor,
    PhoneEditor,
    TextEditor,
    TimeOfDayEditor,
)
from anyue_desktop.ui.tasks import Tasks

LINES: dict[type, type[LineEditor]] = {
    types.Text: TextEditor,
    types.Group: GroupEditor,
    types.Name: NameEditor,
    types.Date: DateEditor,
    types.Month: MonthEditor,
    types.Moment: MomentEditor,
    types.TimeOfDay: TimeOfDayEditor,
    types.Integer: IntegerEditor,
    types.Minutes: IntegerEditor,
    types.Number: NumberEditor,
    types.Phone: PhoneEditor,
    types.ResidentId: ResidentIdEditor,
}
CHOICES: dict[type, type[ChoiceEditor]] = {
    types.YesNo: YesNoEditor,
    types.Code: ChoiceEditor,
    types.Division: ChoiceEditor,
    types.Ref: RefEditor,
}


class EditorFactory:
    """Makes the editor of any field of any register."""

    def __init__(self, records: Records, context: Context, tasks: Tasks | None = None) -> None:
        self.records = records
        self.context = context
        self.tasks = tasks

    def editor(self, register: str, path: str, field: Field, parent: QWidget | None = None) -> Editor:
        """Returns a new editor for the field at a dotted path of a register."""
        kind = type(field.type)
        if isinstance(field.type, types.Text) and field.type.multiline:
            return ParagraphEditor(field, self.context, parent)
        if kind in LINES:
            return LINES[kind](field, self.context, parent)
        if isinstance(field.type, types.Codes):
            return CodesEditor(field, field.type, self.context, self._lookup(register, path, field), parent)
        if isinstance(field.type, types.Refs):
            return RecordsEditor(field, field.type.target, self.records, self.context, parent)
        if isinstance(field.type, types.Photos):
            return PhotosEditor(field, register, self.records.album, self.context, self.tasks, parent)
        return CHOICES[kind](field, self.context, self._lookup(register, path, field), parent)

    def _lookup(self, register: str, path: str, field: Field) -> Lookup:
        if isinstance(field.type, types.YesNo):
            return YesNoLookup()
        if isinstance(field.type, types.Ref):
            return RecordLookup(self.records, field.type.target)
        return FieldLookup(self.records, register, path, field, self.context)
