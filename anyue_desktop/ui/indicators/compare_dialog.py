"""与上报时比较: what a month's indicators were when it was reported, and what they would be now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.indicators.basis import RULE_VERSION, Basis
from anyue_desktop.services.frozen_figures import Difference, Figure, Snapshot
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.month_choice import month_words

COLUMNS = (
    ValueColumn("指标", lambda one: one.name),
    ValueColumn("留存时", lambda one: figure_words(one.then), number=True),
    ValueColumn("现在", lambda one: figure_words(one.now), number=True, tone=lambda one: "warning"),
)


class CompareDialog(QDialog):
    """The indicators that are no longer what they were."""

    def __init__(
        self, kept: Snapshot, differences: Sequence[Difference], basis: Basis, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("与上报时比较")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self.table = ValueTable("变了的指标", COLUMNS, "和留存时一样，没有变化。")
        self.table.put(differences)
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("关闭", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(label(f"{month_words(kept.month)}：{len(differences)} 项与留存时不同", "section"))
        layout.addWidget(label(kept_words(kept, basis), "caption"))
        layout.addWidget(self.table, 1)
        layout.addLayout(footer)


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
