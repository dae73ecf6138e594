"""Looking at a file of the exchange without any key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyue_desktop.core.errors import UserError
from anyue_desktop.exchange.inspection import inspect_file


@dataclass(frozen=True)
class Inspected:
    """What a package, receipt, trust bundle or enrolment request says of itself; nothing of it has been verified."""

    format: str
    type: str
    sender: str
    recipient: str  # empty for a trust bundle or request, which anyone may read
    created_at: str
    sequence: int  # of a package or receipt in its chain; the version of a trust bundle
    size: int
    digest: str
    check_code: str


def inspect(path: Path) -> Inspected:
    """Reads what a file says openly.

    Raises:
        Refused: the file is damaged, or none of the four kinds.
        UserError: the file cannot be read.
    """
    try:
        found = inspect_file(path)
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来（{error.strerror}）", "请核对文件位置和权限") from error
    fields = found.fields
    return Inspected(
        format=str(fields.get("format", "")),
        type=str(fields.get("type", "")),
        sender=_site(fields.get("sender") or fields.get("site") or fields.get("county")),
        recipient=_site(fields.get("recipient")),
        created_at=str(fields.get("created_at") or fields.get("issued_at") or ""),
        sequence=_sequence(fields),
        size=found.size,
        digest=found.digest,
        check_code=found.check_code,
    )


def _site(value: Any) -> str:
    return str(value.get("site") or value.get("id") or "") if isinstance(value, dict) else str(value or "")


def _sequence(fields: dict[str, Any]) -> int:
    chain = fields.get("chain")
    number = chain.get("seq") if isinstance(chain, dict) else fields.get("trust_version")
    return number if isinstance(number, int) else 0
