"""What somebody wants printed."""

from __future__ import annotations

from dataclasses import dataclass

PERIODS = MONTH, QUARTER, YEAR = "month", "quarter", "year"


@dataclass(frozen=True)
class LedgerOrder:
    """What to print."""

    ledger: str
    month: str
    village: str = ""  # 12-digit code; empty for all
    township: str = ""  # county edition: 12-digit code; empty for the whole county
    case_id: str = ""  # what concerns one person
    record: str = ""  # one visit or report by its id
    unmask_reason: str = ""
    period: str = MONTH  # L15: month, quarter or year
    blank: bool = False  # forms to take to the village
    names: bool = True  # whether the forms to take along have the people filled in
    signers: tuple[str, str, str, str] = ("", "", "", "")  # leader, checker, filler, phone

    @property
    def unmasked(self) -> bool:
        """Whether somebody wrote down why nothing is masked."""
        return bool(self.unmask_reason.strip())
