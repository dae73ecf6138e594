"""县级年度数据: the figures only the county knows, once a year (registers.md B.12, F.4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import COUNTY, Entry, only_hints
from anyue_desktop.core.types import Integer, Number, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.village_year_base import FIRST_YEAR, LAST_YEAR

RELIEF_OVER_DIBAO = Decimal("1.3")  # 国发〔2016〕14号
STANDARDS = ("std_dibao_urban", "std_dibao_rural", "std_relief_urban", "std_relief_rural")


def ratio_of_standards(figures: Entry) -> dict[str, Any]:
    """What share of the urban 低保 standard the rural one is."""
    urban, rural = figures["std_dibao_urban"], figures["std_dibao_rural"]
    return {"dibao_rural_ratio": round(rural / urban * 100, 2)} if urban and rural else {}


def once_a_year(figures: Entry) -> Iterator[Problem]:
    """One line a year, of a year that has begun."""
    if any(one.get("township_code") == figures["township_code"] for one in figures.others(year=figures["year"])):
        yield figures.error("second_line", f"{figures['year']}年已有县级数据", "year", "请修改原来的记录")
    if figures["year"] > figures.context.today.year:
        yield figures.error("future_year", f"{figures['year']}年还没有到", "year", "请核对年度")


def rescued(figures: Entry) -> Iterator[Problem]:
    """Whoever was brought home was identified."""
    identified, returned = figures["rescue_identified"], figures["rescue_returned"]
    if identified is not None and returned is not None and returned > identified:
        message = f"接送返回 {returned} 人多于查明身份 {identified} 人"
        yield figures.error("returned_above_identified", message, "rescue_returned", "请核对")


@only_hints
def standards(figures: Entry) -> Iterator[Problem]:
    """Standards do not fall, and 特困 is at least 1.3 times 低保 (国发〔2016〕14号)."""
    for place, label in (("urban", "城市"), ("rural", "农村")):
        dibao, relief = figures[f"std_dibao_{place}"], figures[f"std_relief_{place}"]
        if dibao is not None and relief is not None and relief < dibao * RELIEF_OVER_DIBAO:
            message = f"{label}特困标准 {relief} 元不到低保标准 {dibao} 元的{RELIEF_OVER_DIBAO}倍"
            yield figures.warning(f"relief_too_low_{place}", message, f"std_relief_{place}", "请核对两项标准")
    for earlier in figures.others(year=figures["year"] - 1):
        for key in STANDARDS:
            if figures[key] is not None and earlier.get(key) is not None and figures[key] < earlier[key]:
                label = figures.register.field(key).label
                message = f"{label} {figures[key]} 低于上年的 {earlier[key]}"
                yield figures.warning(f"{key}_fell", message, key, "请核对")


def ratio_agrees(figures: Entry) -> Iterator[Problem]:
    """The ratio is that of the two standards."""
    expected, ratio = ratio_of_standards(figures).get("dibao_rural_ratio"), figures["dibao_rural_ratio"]
    if expected is not None and ratio is not None and abs(expected - ratio) >= Decimal("0.05"):
        message = f"农村低保占城市低保填的是 {ratio}%，按两项标准应为 {expected}%"
        yield figures.error("ratio_disagrees", message, "dibao_rural_ratio", "请核对")


class CountyManual(Record):
    """The county's own figures of one year."""

    __tablename__ = "county_manual"
    TITLE = "县级年度数据"
    KEEPER = COUNTY
    ORDER = ("-year",)
    NATURAL_KEY = ("year",)
    CAPTION = "year"
    FILLINGS = (ratio_of_standards,)
    RULES = (once_a_year, rescued, standards, ratio_agrees)
    SHEET = (
        "year", "minor_center", "minor_center_std", "rescue_identified", "rescue_returned", "std_dibao_urban",
        "std_dibao_rural", "std_relief_urban", "std_relief_rural", "consumption_growth", "social_workers_total",
        "org_incubators", "orgs_service_capable", "counselling_rate",
    )  # fmt: skip

    year: Mapped[int] = field(
        "年度", Integer(FIRST_YEAR, LAST_YEAR), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="年度", index=True, headers=("年份",),
    )  # fmt: skip
    minor_center: Mapped[int | None] = field(
        "县级未成年人保护机构（个）", Integer(0, 10), privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="未保与救助",
    )  # fmt: skip
    minor_center_std: Mapped[bool | None] = field(
        "其中标准化规范化", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="未保与救助"
    )
    rescue_identified: Mapped[int | None] = field(
        "查明身份的流浪乞讨受助人员", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="未保与救助"
    )
    rescue_returned: Mapped[int | None] = field(
        "其中接送返回", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="未保与救助"
    )
    std_dibao_urban: Mapped[Decimal | None] = field(
        "城市低保标准（元/月）", Number(8, 2, 0, 20_000), privacy=Privacy.PUBLIC, printed=True, section="救助标准"
    )
    std_dibao_rural: Mapped[Decimal | None] = field(
        "农村低保标准（元/月）", Number(8, 2, 0, 20_000), privacy=Privacy.PUBLIC, printed=True, section="救助标准"
    )
    std_relief_urban: Mapped[Decimal | None] = field(
        "城市特困标准（元/月）", Number(8, 2, 0, 20_000), privacy=Privacy.PUBLIC, printed=True, section="救助标准"
    )
    std_relief_rural: Mapped[Decimal | None] = field(
        "农村特困标准（元/月）", Number(8, 2, 0, 20_000), privacy=Privacy.PUBLIC, printed=True, section="救助标准"
    )
    consumption_growth: Mapped[Decimal | None] = field(
        "上年居民人均消费支出增速（%）", Number(6, 2, -20, 50), privacy=Privacy.PUBLIC, printed=True,
        section="救助标准",
    )  # fmt: skip
    dibao_rural_ratio: Mapped[Decimal | None] = field(
        "农村低保占城市低保（%）", Number(6, 2, 0, 200), privacy=Privacy.PUBLIC, section="救助标准"
    )
    social_workers_total: Mapped[int | None] = field(
        "社会工作人才总量（人）", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="社会组织与志愿"
    )
    org_incubators: Mapped[int | None] = field(
        "社会组织孵化园（个）", Integer(0, 100), privacy=Privacy.PUBLIC, printed=True, section="社会组织与志愿"
    )
    orgs_service_capable: Mapped[int | None] = field(
        "能承接公共服务的社会组织（个）", Integer(0, 10_000), privacy=Privacy.PUBLIC, printed=True,
        section="社会组织与志愿",
    )  # fmt: skip
    orgs_total: Mapped[int | None] = field(
        "社会组织数（个）", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="社会组织与志愿"
    )
    volunteer_groups: Mapped[int | None] = field(
        "注册志愿者团体（个）", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="社会组织与志愿"
    )
    volunteers_total: Mapped[int | None] = field(
        "注册志愿者（人）", Integer(0, 10_000_000), privacy=Privacy.PUBLIC, printed=True, section="社会组织与志愿"
    )
    counselling_rate: Mapped[Decimal | None] = field(
        "婚姻家庭辅导覆盖率（%）", Number(6, 2, 0, 100), privacy=Privacy.PUBLIC, printed=True, section="婚姻与应急"
    )
    marriage_reg: Mapped[int | None] = field(
        "婚姻登记对数", Integer(0, 100_000), privacy=Privacy.PUBLIC, printed=True, section="婚姻与应急"
    )
    rescue_center: Mapped[int | None] = field(
        "养老服务应急救援中心（个）", Integer(0, 100), privacy=Privacy.PUBLIC, printed=True, section="婚姻与应急"
    )
