"""村（社区）年度基础数据: the denominators a village gives once a year (registers.md B.12)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Code, Division, Integer, Name, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.person_rules import DEAD, RELIEF_AT_HOME, RELIEF_IN_CARE
from anyue_desktop.registers.protect_staff import DIRECTOR

FIRST_YEAR, LAST_YEAR = 2021, 2035
PEOPLE = 200_000
PARTS = (  # the former is among the latter
    ("pop60_reg", "pop_reg"), ("pop65_reg", "pop60_reg"), ("pop80_reg", "pop65_reg"), ("pop80_reg", "pop60_reg"),
    ("pop60_res", "pop_res"), ("pop0_15", "pop0_17"), ("cremations", "deaths"), ("relief_willing", "relief_total"),
    ("relief_central", "relief_total"), ("disabled_hard_got", "disabled_hard_should"),
    ("disabled_severe_got", "disabled_severe_should"),
)  # fmt: skip
MORE_PEOPLE_THAN_HOUSEHOLDS = (("pop_reg", "households_reg"), ("pop_res", "households_res"))
STEADY = (
    "households_reg", "households_res", "pop_reg", "pop_res", "pop60_reg", "pop60_res", "pop65_reg", "pop80_reg",
    "pop0_17",
)  # fmt: skip
FAR_PERCENT = 20
DENOMINATORS = ("households_reg", "households_res", "pop_reg", "pop_res", "pop60_reg", "pop60_res")


def once_a_year(base: Entry) -> Iterator[Problem]:
    """One line for a village and year, of a village of the township."""
    if base.others(village_code=base["village_code"], year=base["year"]):
        place = base.register.show("village_code", base["village_code"])
        yield base.error("second_line", f"{place}{base['year']}年已有基础数据", "year", "请修改原来的记录")
    township = base["township_code"] or base.context.township
    if township and base["village_code"][:9] != township[:9]:
        yield base.error("elsewhere", "这个村（社区）不属于本乡镇", "village_code", "请核对村名")
    if base["year"] > base.context.today.year:
        yield base.error("future_year", f"{base['year']}年还没有到", "year", "请核对年度")


def parts_and_wholes(base: Entry) -> Iterator[Problem]:
    """A part is no larger than its whole."""
    for part, whole in PARTS:
        if base[part] is not None and base[whole] is not None and base[part] > base[whole]:
            small, large = base.register.field(part).label, base.register.field(whole).label
            message = f"“{small}”{base[part]} 大于“{large}”{base[whole]}"
            yield base.error(f"{part}_above_{whole}", message, part, "请核对两项数据")


def people_and_households(base: Entry) -> Iterator[Problem]:
    """A household has a person at least; children are among the people."""
    for people, households in MORE_PEOPLE_THAN_HOUSEHOLDS:
        if base[people] is not None and base[households] is not None and base[people] < base[households]:
            few, many = base.register.field(people).label, base.register.field(households).label
            message = f"“{few}”{base[people]} 小于“{many}”{base[households]}"
            yield base.error(f"{people}_below_{households}", message, people, "请核对人口数和户数")
    everybody = max(base["pop_reg"] or 0, base["pop_res"] or 0)
    if everybody and base["pop0_17"] is not None and base["pop0_17"] > everybody:
        message = f"“0–17岁人口”{base['pop0_17']} 大于总人口 {everybody}"
        yield base.error("pop0_17_above_all", message, "pop0_17", "请核对")


@only_hints
def as_last_year(base: Entry) -> Iterator[Problem]:
    """Denominators that are all those of last year were probably copied (registers.md G.3, 11)."""
    given = [key for key in DENOMINATORS if base[key] is not None]
    for other in base.others(village_code=base["village_code"], year=base["year"] - 1):
        if len(given) > 1 and all(base[key] == other.get(key) for key in given):
            message = f"户数、人口数与{other['year']}年完全相同"
            yield base.warning("as_last_year", message, "year", "请核对是否照抄了上年的数据")


@only_hints
def far_from_last_year(base: Entry) -> Iterator[Problem]:
    """People and households seldom change by a fifth in a year (registers.md G.3, 11)."""
    for other in base.others(village_code=base["village_code"], year=base["year"] - 1):
        for key in STEADY:
            now, before = base[key], other.get(key)
            if now is None or not before or abs(now - before) * 100 <= before * FAR_PERCENT:
                continue
            share = abs(now - before) * 100 / before
            way = "多" if now > before else "少"
            message = f"“{base.register.field(key).label}”{now}，比{other['year']}年的 {before} {way} {share:.0f}%"
            yield base.warning(f"{key}_far", message, key, f"与上年相差超过{FAR_PERCENT}%，请核对，属实的请说明")


@only_hints
def director_is_registered(base: Entry) -> Iterator[Problem]:
    """What is said of the 儿童主任 of this year is what the register of staff says."""
    if base["has_child_director"] is None or base["year"] != base.context.today.year:
        return
    staff = base.others("protect_staff", role=DIRECTOR, duty_division=base["village_code"])
    known = any(not one.get("off_date") for one in staff)
    if known != base["has_child_director"]:
        message = "选了有儿童主任，未保人员中没有登记" if not known else "选了没有儿童主任，未保人员中却有在任的"
        yield base.warning("director_disagrees", message, "has_child_director", "请核对未保人员登记")


@only_hints
def relief_is_registered(base: Entry) -> Iterator[Problem]:
    """The number of people on 特困 support of this year is that of the register, where they are registered at all."""
    if base["relief_total"] is None or base["year"] != base.context.today.year:
        return
    found = [
        one
        for relief in (RELIEF_AT_HOME, RELIEF_IN_CARE)
        for one in base.others("person", residence_division=base["village_code"], relief_class=relief)
        if one.get("life_status") not in DEAD
    ]
    if found and len(found) != base["relief_total"]:
        message = f"农村特困人员数填的是 {base['relief_total']}，人员登记中有 {len(found)} 人"
        yield base.warning("relief_disagrees", message, "relief_total", "以人员登记为准，请核对")


@only_hints
def two_pairs_of_eyes(base: Entry) -> Iterator[Problem]:
    """Somebody else looks at what one person filled in."""
    if base["filler"] and base["filler"] == base["audited_by"]:
        yield base.warning("same_signer", "填表人与审核人是同一个人", "audited_by", "请核对")


class VillageYearBase(Record):
    """One village's figures of one year."""

    __tablename__ = "village_year_base"
    TITLE = "村（社区）年度基础数据"
    ORDER = ("-year", "village_code")
    NATURAL_KEY = ("village_code", "year")
    CAPTION = "village_code"
    RULES = (
        once_a_year, parts_and_wholes, people_and_households, as_last_year, far_from_last_year,
        director_is_registered, relief_is_registered, two_pairs_of_eyes,
    )  # fmt: skip
    SHEET = (
        "village_code", "year", "area_kind", "households_reg", "households_res", "pop_reg", "pop_res", "pop60_reg",
        "pop60_res", "pop65_reg", "pop80_reg", "pop0_17", "deaths", "cremations", "homecare_running",
        "has_child_director", "report_state",
    )  # fmt: skip

    village_code: Mapped[str] = field(
        "村（社区）", Division("village"), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="村与年度", index=True, headers=("村", "村居", "村社区", "行政村", "村名", "社区", "所在村"),
    )  # fmt: skip
    year: Mapped[int] = field(
        "年度", Integer(FIRST_YEAR, LAST_YEAR), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="村与年度", index=True, headers=("年份", "统计年度"),
    )  # fmt: skip
    area_kind: Mapped[str | None] = field(
        "城乡类型", Code("area_kind"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="村与年度",
    )  # fmt: skip
    households_reg: Mapped[int | None] = field(
        "户籍户数", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    households_res: Mapped[int | None] = field(
        "常住户数", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop_reg: Mapped[int | None] = field(
        "户籍人口", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop_res: Mapped[int | None] = field(
        "常住人口", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop60_reg: Mapped[int | None] = field(
        "60岁以上户籍人口", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop60_res: Mapped[int | None] = field(
        "60岁以上常住人口", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop65_reg: Mapped[int | None] = field(
        "65岁以上户籍人口", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop80_reg: Mapped[int | None] = field(
        "80岁以上户籍人口", Integer(0, PEOPLE), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="户数与人口",
    )  # fmt: skip
    pop0_17: Mapped[int | None] = field(
        "0–17岁人口", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, listed=True, printed=True, section="户数与人口"
    )
    pop0_15: Mapped[int | None] = field("0–15岁人口", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, section="户数与人口")
    migrant_out: Mapped[int | None] = field(
        "外出务工人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="户数与人口"
    )
    deaths: Mapped[int | None] = field(
        "全年死亡人数", Integer(0, 10_000), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="殡葬", headers=("死亡人数",),
    )  # fmt: skip
    cremations: Mapped[int | None] = field(
        "其中火化", Integer(0, 10_000), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="殡葬", headers=("火化人数", "火化数"),
    )  # fmt: skip
    disabled_cert: Mapped[int | None] = field(
        "持证残疾人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    disabled_hard_should: Mapped[int | None] = field(
        "困难残疾人生活补贴应享人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    disabled_hard_got: Mapped[int | None] = field(
        "困难残疾人生活补贴实享人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    disabled_severe_should: Mapped[int | None] = field(
        "重度残疾人护理补贴应享人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    disabled_severe_got: Mapped[int | None] = field(
        "重度残疾人护理补贴实享人数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    relief_total: Mapped[int | None] = field(
        "农村特困人员数", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助",
        help="以人员登记为准，这里的数字用来核对。",
    )  # fmt: skip
    relief_willing: Mapped[int | None] = field(
        "其中有集中供养意愿", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    relief_central: Mapped[int | None] = field(
        "其中已集中供养", Integer(0, PEOPLE), privacy=Privacy.PUBLIC, printed=True, section="补贴与救助"
    )
    social_workers: Mapped[int | None] = field(
        "持证社会工作专业人才", Integer(0, 1_000), privacy=Privacy.PUBLIC, printed=True, section="服务与自治"
    )
    homecare_running: Mapped[bool | None] = field(
        "已开展居家养老服务", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="服务与自治",
    )  # fmt: skip
    has_child_director: Mapped[bool | None] = field(
        "有儿童主任", YesNo(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="服务与自治",
    )  # fmt: skip
    has_charter: Mapped[bool | None] = field(
        "已制定村（居）民自治章程", YesNo(), privacy=Privacy.PUBLIC, section="服务与自治"
    )
    filler: Mapped[str | None] = field("填表人", Name(), need=Need.REPORT, printed=True, section="签字")
    audited_by: Mapped[str | None] = field("审核人", Name(), need=Need.REPORT, printed=True, section="签字")
