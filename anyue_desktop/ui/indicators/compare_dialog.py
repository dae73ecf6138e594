"""与上报时比较: what a month's indicators were when it was reported, and what they would be now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.indicators.basis import RULE_VERSION, Basis
from anyue_desktop.services.frozen_figures import Difference, Figure, Snapshot
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label, spoken
from anyue_desktop.ui.month_choice import month_words

COLUMNS = (
    ValueColumn("指标", lambda one: one.name),
    ValueColumn("留存时", lambda one: figure_words(one.then), number=True),
    ValueColumn("现在", lambda one: figure_words(one.now), number=True, tone=lambda one: "warning"),
)
NEVER_KEPT = "这个月还没有上报过，也没有留存过，没有可比的数字。生成上报包时会自动留存，也可以现在留存。"
KEEP_ANEW = "点【重新留存】，以后和现在的数字比较；以前留存的、报到县局的都不改。"
KEEP, AGAIN = "现在留存(&S)", "重新留存(&S)"
SAME, NOTHING = "和留存时一样，没有变化。", "留存以后，有变化的指标列在这里。"


@dataclass(frozen=True)
class Comparison:
    """A month's figures as they were kept last, if ever, and what is no longer so."""

    month: str
    kept: Snapshot | None
    differences: Sequence[Difference]
    basis: Basis

    @property
    def title(self) -> str:
        """How much differs."""
        if self.kept is None:
            return f"{month_words(self.month)}：还没有留存"
        return f"{month_words(self.month)}：{len(self.differences)} 项与留存时不同"

    @property
    def words(self) -> str:
        """When the figures were kept, and what can be done."""
        return f"{kept_words(self.kept, self.basis)}{KEEP_ANEW}" if self.kept else NEVER_KEPT


class CompareDialog(QDialog):
    """The indicators that are no longer what they were; a month can be kept as it is now."""

    keep_wanted = Signal()

    def __init__(self, found: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("与上报时比较")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self.title, self.words = label(kind="section"), label(kind="caption")
        self.table = ValueTable("变了的指标", COLUMNS, NOTHING)
        self.keep = button(KEEP, self.keep_wanted.emit)
        footer = QHBoxLayout()
        footer.addWidget(self.keep)
        footer.addStretch(1)
        footer.addWidget(button("关闭", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(footer)
        self.put(found)

    def put(self, found: Comparison) -> None:
        """Shows another comparison, as after the month was kept."""
        self.title.setText(found.title)
        self.words.setText(found.words)
        self.table.say_empty(SAME if found.kept else NOTHING)
        self.table.put(found.differences)
        words = AGAIN if found.kept else KEEP
        self.keep.setText(words)
        self.keep.setAccessibleName(spoken(words))


def kept_words(kept: Snapshot, basis: Basis) -> str:
    """Says when the figures were kept and why they may differ."""
    how = "生成上报包时留存" if kept.sealed else "手工留存"
    said = [f"{kept.at[:16].replace('T', ' ')} 由 {kept.by} {how}。"]
    if kept.figures.rules != RULE_VERSION:
        said.append("留存以后算法改过。")
    if kept.figures.basis != basis:
        said.append(f"留存以后口径改过，当时的{kept.figures.basis.words()}")
    said.append("上报以后补录、更正的记录，会使过去月份的指标变化。")
    return "".join(said)


def figure_words(figure: Figure) -> str:
    """Returns the value with its two numbers."""
    if not figure.denominator:
        return figure.value
    return f"{figure.value}（{figure.numerator:,g}/{figure.denominator:,g}）"
