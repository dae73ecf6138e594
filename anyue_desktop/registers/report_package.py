"""上报包登记: what a township said when it reported a month (registers.md B.13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Codes, Date, Integer, Month, Name, Phone, Text
from anyue_desktop.registers.base import Record, field

MONTHLY, CORRECTION, SPECIAL = "1", "3", "4"  # codelist package_kind


@only_hints
def two_pairs_of_eyes(report: Entry) -> Iterator[Problem]:
    """Somebody else looks at what one person filled in."""
    if report["filler"] and report["filler"] == report["auditor"]:
        yield report.warning("same_signer", "填表人与审核人是同一个人", "auditor", "请核对")


class ReportPackage(Record):
    """One report of one month: who filled it in, who checked it, what it held."""

    __tablename__ = "report_package"
    TITLE = "上报登记"
    ORDER = ("-month", "-package_no")
    CAPTION = "package_no"
    RULES = (two_pairs_of_eyes,)
    SHEET = ("package_no", "month", "kind", "filler", "auditor", "leader", "filled_on", "row_counts")

    package_no: Mapped[str | None] = field(
        "上报包编号", Text(40), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, printed=True
    )
    month: Mapped[str] = field(
        "报送月份",
        Month(),
        need=Need.DRAFT,
        privacy=Privacy.PUBLIC,
        listed=True,
        printed=True,
        section="报送",
        index=True,
    )
    kind: Mapped[str | None] = field(
        "报送类型",
        Code("package_kind"),
        need=Need.REPORT,
        privacy=Privacy.PUBLIC,
        listed=True,
        section="报送",
        default="1",
    )
    registers: Mapped[tuple[str, ...] | None] = field(
        "包含登记册", Codes("register_kind"), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, section="报送"
    )
    row_counts: Mapped[str | None] = field(
        "记录数", Text(500), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, section="报送"
    )
    indicator_values: Mapped[str | None] = field(
        "指标值", Text(4000), need=Need.AUTO, privacy=Privacy.PUBLIC, section="报送"
    )
    checks_passed: Mapped[str | None] = field(
        "校验结果", Code("check_result"), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, section="报送"
    )
    error_count: Mapped[int | None] = field(
        "逻辑错误数", Integer(0, 9_999_999), need=Need.AUTO, privacy=Privacy.PUBLIC, section="报送"
    )
    warning_count: Mapped[int | None] = field(
        "提示数", Integer(0, 9_999_999), need=Need.AUTO, privacy=Privacy.PUBLIC, section="报送"
    )
    empty_note: Mapped[str | None] = field(
        "空表说明", Text(200, multiline=True), privacy=Privacy.PUBLIC, section="报送"
    )
    unit_name: Mapped[str | None] = field(
        "填报单位", Text(60), need=Need.REPORT, privacy=Privacy.PUBLIC, printed=True, section="签字"
    )
    filler: Mapped[str | None] = field("填表人", Name(), need=Need.REPORT, printed=True, section="签字")
    filler_phone: Mapped[str | None] = field("填表人电话", Phone(), need=Need.REPORT, printed=True, section="签字")
    auditor: Mapped[str | None] = field("审核人", Name(), need=Need.REPORT, printed=True, section="签字")
    leader: Mapped[str | None] = field("单位负责人", Name(), need=Need.REPORT, printed=True, section="签字")
    filled_on: Mapped[date | None] = field(
        "填报日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.PUBLIC, printed=True, section="签字"
    )
