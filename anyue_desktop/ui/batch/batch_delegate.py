"""Typing in the grid, with the same boxes as in the forms."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from anyue_desktop.ui.batch.batch_model import BatchModel
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.editors.editor import Editor

Index = QModelIndex | QPersistentModelIndex


class BatchDelegate(QStyledItemDelegate):
    """Opens the field's editor in a cell. Enter and Tab take the value and ask to move on."""

    moved = Signal(int, int)  # rows, columns
    refused = Signal(str)  # why a text could not be read

    def __init__(self, factory: EditorFactory, model: BatchModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factory, self._model = factory, model

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Returns the editor of the cell's field."""
        field = self._model.field_at(index)
        if field is None:
            return super().createEditor(parent, option, index)
        editor = self._factory.editor(self._model.batch.register, field.key, field, parent)
        editor.setAutoFillBackground(True)
        editor.forward.connect(lambda: self._finish(editor, 1))
        editor.back.connect(lambda: self._finish(editor, -1))
        editor.left.connect(lambda: self._close(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Shows the cell's value in the editor."""
        if isinstance(editor, Editor) and not editor.raw():
            editor.set_value(self._model.value(index))

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Takes the value out of the editor."""
        field = self._model.field_at(index)
        if not isinstance(editor, Editor) or field is None:
            return
        editor.settle()
        problem = editor.problem()
        if problem:
            self.refused.emit(problem)
        elif editor.value() != self._model.value(index):
            self._model.put(index.row(), {field.key: editor.value()})

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Gives the editor the cell, and more room below when it needs it."""
        area = option.rect
        area.setHeight(max(area.height(), editor.sizeHint().height()))
        area.setWidth(max(area.width(), 150))
        editor.setGeometry(area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leaves keys and focus to the editor itself."""
        return False

    def _finish(self, editor: Editor, step: int) -> None:
        self._close(editor)
        self.moved.emit(0, step)

    def _close(self, editor: Editor) -> None:
        if editor.property("closing"):
            return
        editor.setProperty("closing", True)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
