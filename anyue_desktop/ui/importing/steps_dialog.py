"""A job in steps: where one is, the step itself, and the way on and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from anyue_desktop.ui.importing.scrolling import scrolling
from anyue_desktop.ui.importing.words import button, label, set_tone
from anyue_desktop.ui.tasks import Job, Tasks

SMALL_SCREEN = (1080, 660)  # leaves room for a panel on a 1366×768 screen


class Step(QWidget):
    """One page of a job. `ready` tells that `may_go_on` may have changed."""

    ready = Signal()
    title = ""
    onward = "下一步(&N)"

    def may_go_on(self) -> bool:
        """Whether the way on is open."""
        return True

    def enter(self) -> None:
        """Called when the step comes into view."""


class StepsDialog(QDialog):
    """Leads through steps. A step without `onward` has no way on; the job's own steps say when they are done."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(*SMALL_SCREEN)
        self._waiting = False
        self._steps: list[Step] = []
        self._places: list[QLabel] = []
        self._chain = QHBoxLayout()
        self._chain.setSpacing(8)
        self._chain.addStretch(1)
        self._stack = QStackedWidget()
        self._back = button("上一步(&B)", self.go_back)
        self._next = button("下一步(&N)", self.go_on, kind="main")
        self._close = button("关闭", self.reject)
        footer = QHBoxLayout()
        footer.addWidget(self._close)
        footer.addStretch(1)
        footer.addWidget(self._back)
        footer.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(10)
        layout.addLayout(self._chain)
        layout.addWidget(self._stack, 1)
        layout.addLayout(footer)

    @property
    def step(self) -> Step:
        """The step in view."""
        return self._steps[self._stack.currentIndex()]

    def add_step(self, step: Step) -> None:
        """Adds a step at the end."""
        number = self._stack.addWidget(scrolling(step))
        self._steps.append(step)
        step.setAccessibleName(step.title)
        place = label(f"{number + 1}  {step.title}")
        self._places.append(place)
        self._chain.insertWidget(number, place)
        step.ready.connect(self._refresh)

    def show_step(self, step: Step) -> None:
        """Brings a step into view."""
        self._stack.setCurrentIndex(self._steps.index(step))
        step.enter()
        self._refresh()

    def go_on(self) -> None:
        """Leaves the step in view; a job overrides this where something has to be done first."""
        following = self._stack.currentIndex() + 1
        if following < len(self._steps):
            self.show_step(self._steps[following])

    def go_back(self) -> None:
        """Returns to the step before."""
        before = self._stack.currentIndex() - 1
        if before >= 0:
            self.show_step(self._steps[before])

    def may_go_back(self) -> bool:
        """Whether the step before may still be changed."""
        return self._stack.currentIndex() > 0

    def run(
        self,
        tasks: Tasks,
        job: Job,
        done: Callable[[Any], None],
        title: str,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Does a long job; until it ends nothing can be pressed but its own Cancel."""
        self._wait(True)
        tasks.run(job, done, title=title, window=self, failed=failed).ended.connect(self._stop_waiting)

    def reject(self) -> None:
        """Closes, unless a job is running: that one is cancelled first."""
        if not self._waiting:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Alt+Left goes back; Enter alone never leaves a step by accident."""
        if event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            if self.may_go_back():
                self.go_back()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def _refresh(self) -> None:
        step, here = self.step, self._stack.currentIndex()
        for number, place in enumerate(self._places):
            place.setObjectName("section" if number == here else "")
            set_tone(place, "" if number == here else "muted")
        self._back.setVisible(self.may_go_back())
        self._next.setVisible(bool(step.onward))
        self._next.setText(step.onward)
        self._next.setEnabled(step.may_go_on() and not self._waiting)

    def _stop_waiting(self) -> None:
        self._wait(False)

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        for widget in (self._stack, self._back, self._close):
            widget.setEnabled(not waiting)
        self._refresh()
