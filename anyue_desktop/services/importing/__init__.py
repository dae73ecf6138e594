"""Taking village workbooks in: a dry run that says everything, the import, and the way back."""

from anyue_desktop.services.importing.plan import ImportPlan, ImportResult, PlannedChange, RowProblem, SheetPlan
from anyue_desktop.services.importing.service import Batch, Importing, Undone

__all__ = [
    "Batch",
    "ImportPlan",
    "ImportResult",
    "Importing",
    "PlannedChange",
    "RowProblem",
    "SheetPlan",
    "Undone",
]
