"""Keeping a soft problem with a written reason (经验校验 + 说明)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QInputDialog, QWidget

from anyue_desktop.core.problem import Problem


def ask_reason(parent: QWidget, problem: Problem, known: Mapping[str, str]) -> dict[str, str] | None:
    """Asks why a problem is kept; returns the reasons with the new one, or None when nothing was written."""
    question = f"{problem.message}\n确属实情的请写明理由："
    reason, agreed = QInputDialog.getMultiLineText(parent, "写明理由", question, known.get(problem.code, ""))
    return {**known, problem.code: reason.strip()} if agreed and reason.strip() else None
