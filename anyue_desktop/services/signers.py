"""Who answers for a report: 填表人, 审核人, 单位负责人."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.registers import REGISTERS, ReportPackage


@dataclass(frozen=True)
class Signers:
    """The names under a report, and the telephone number of the one who filled it in."""

    filler: str = ""
    auditor: str = ""
    leader: str = ""
    phone: str = ""


NOBODY = Signers()


def readable(signers: Signers, context: Context) -> Signers:
    """Returns the names and the number as they are kept.

    Raises:
        UserError: one of them cannot be kept; the county would refuse the whole month's report with it.
    """
    return Signers(
        filler=_read("filler", signers.filler, context),
        auditor=_read("auditor", signers.auditor, context),
        leader=_read("leader", signers.leader, context),
        phone=_read("filler_phone", signers.phone, context),
    )


def _read(key: str, text: str, context: Context) -> str:
    field = REGISTERS[ReportPackage.__tablename__].field(key)
    try:
        return field.type.parse(text, context).value or ""
    except BadValue as error:
        raise UserError(f"“{field.label}”有误：{error}", "请改正后再上报") from error
