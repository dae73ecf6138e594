"""What follows from a facility's entry, and what can be wrong with it (registers.md B.10, A.4, G.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from anyue_desktop.core import credit_code
from anyue_desktop.core.divisions import TOWNSHIP, VILLAGE, divisions
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Filling, Rule, Values, is_blank, only_hints
from anyue_desktop.registers.facility_blocks import OF_SOME_TYPES, asked, wanted

COMMUNITY = "S01"
IN_USE, PLANNED = "1", ("2", "5")  # codelist facility_status
YES, NO = "1", "0"  # codelist yes_no_na
COUNTY_LEVEL, VILLAGE_LEVEL = "1", "3"  # codelist facility_level
LEAST_COMMUNITY_AREA, ODD_COMMUNITY_AREA = 300, 5_000  # 安岳县“十四五”民政事业发展规划, 专栏5: 300㎡
REMIND = timedelta(days=60)
ANYUE = {"longitude": (Decimal("104.9"), Decimal("105.8")), "latitude": (Decimal("29.6"), Decimal("30.4"))}


def number_prefix(facility: Values) -> str:
    """`AY` + township (3 digits) + `F`."""
    return f"AY{str(facility['township_code'])[6:9]}F"


def sum_of_beds(facility: Entry) -> dict[str, Any]:
    """Beds for the day and around the clock are all the beds, unless somebody says there are others."""
    full, day = facility["beds_full"], facility["beds_day"]
    return {"beds_total": full + day} if full is not None and day is not None else {}


def usual_level(facility: Entry) -> dict[str, Any]:
    """A place in a village is the village's, unless somebody says otherwise."""
    unit = divisions().get(facility["division_code"] or "")
    if unit is None:
        return {}
    return {"level": VILLAGE_LEVEL if unit.level == VILLAGE else "2"} if unit.level in (VILLAGE, TOWNSHIP) else {}


@only_hints
def fields_of_the_type(facility: Entry) -> Iterator[Problem]:
    """What the type is asked for is filled in, and nothing that belongs to other types."""
    kind = facility["facility_type"]
    if facility["status"] not in PLANNED:
        for key in wanted(kind):
            if is_blank(facility[key]):
                yield facility.missing(key)
    others = [key for key in OF_SOME_TYPES - asked(kind) if not is_blank(facility[key]) and facility[key] is not False]
    if others:
        labels = "、".join(one.label for one in facility.register.fields if one.key in others)
        shown = facility.register.show("facility_type", kind)
        yield facility.warning("of_other_types", f"“{shown}”一般不填：{labels}", "facility_type", "请核对设施类型")


def beds(facility: Entry) -> Iterator[Problem]:
    """Total = around the clock + by day + others; nursing beds are some of them."""
    total, full, day, nursing = (facility[key] for key in ("beds_total", "beds_full", "beds_day", "beds_nursing"))
    if total is None:
        return
    if nursing is not None and nursing > total:
        message = f"护理型床位 {nursing} 张多于床位总数 {total} 张"
        yield facility.error("nursing_above_total", message, "beds_nursing", "护理型床位包含在总数之中，请核对")
    if full is None or day is None:
        return
    if full + day > total:
        message = f"全托 {full} 张加日托 {day} 张多于床位总数 {total} 张"
        yield facility.error("beds_above_total", message, "beds_total", "床位总数＝全托＋日托＋其他，请核对")
    elif full + day < total:
        message = f"床位总数 {total} 张比全托加日托多 {total - full - day} 张"
        yield facility.warning("other_beds", message, "beds_total", "请核对是否重复计算；确有其他床位的请说明")


@only_hints
def area(facility: Entry) -> Iterator[Problem]:
    """Community facilities have 300 m² and more; hectares and mu typed as m² show by their size."""
    size = facility["floor_area"]
    if facility["facility_type"] != COMMUNITY or size is None:
        return
    if size > ODD_COMMUNITY_AREA:
        message = f"建筑面积 {size} ㎡ 过大，可能把亩或公顷当成了平方米"
        yield facility.warning("area_unit", message, "floor_area", "请按平方米填写；1亩≈667㎡，1公顷＝10000㎡")
    elif size < LEAST_COMMUNITY_AREA:
        message = f"建筑面积 {size} ㎡，未达到{LEAST_COMMUNITY_AREA}㎡"
        yield facility.warning("area_below_target", message, "floor_area", "请核对面积，属实的请说明")


def licences(facility: Entry) -> Iterator[Problem]:
    """What is not approved says why; a licence has its last day, and is renewed in time."""
    if facility["fire_ok"] == NO and not facility["fire_note"]:
        yield facility.error("fire_note", "消防审验不合格，没有写明原因", "fire_note", "请填写未通过原因")
    if "food_license" not in asked(facility["facility_type"]):
        return
    if facility["food_license"] == NO and facility["status"] == IN_USE:
        message = "设施在用，没有食品经营许可"
        yield facility.warning("no_food_licence", message, "food_license", "不供餐的请选“不适用”，供餐的请督促办理")
    until = facility["food_license_until"]
    if facility["food_license"] != YES:
        return
    if until is None:
        yield facility.missing("food_license_until")
    elif until < facility.context.today:
        yield facility.warning("food_licence_over", f"食品许可已于 {until} 到期", "food_license_until", "请督促换证")
    elif until - facility.context.today <= REMIND:
        days = (until - facility.context.today).days
        message = f"食品许可还有{days}天到期"
        yield facility.warning("food_licence_ends", message, "food_license_until", "请提醒换证")


def identity(facility: Entry) -> Iterator[Problem]:
    """The credit code is right (GB 32100-2015), and nobody else's."""
    code = facility["uscc"]
    if not code:
        return
    sentence = credit_code.fault(code)
    if sentence:
        yield facility.error("uscc_wrong", sentence, "uscc", "请对照登记证书核对")
        return
    for other in facility.others(uscc=code):
        message = f"统一社会信用代码与“{other['name']}”相同"
        yield facility.warning("same_uscc", message, "uscc", "同一单位的几处设施可以相同，请核对")
        return


def once(facility: Entry) -> Iterator[Problem]:
    """The same place is not registered twice."""
    if facility["division_code"] is None:
        return
    match = {key: facility[key] for key in ("name", "facility_type", "division_code")}
    if facility.others(**match):
        yield facility.error("same_facility", "本村已登记同名同类型的设施", "name", "请打开原来的记录，不要重复登记")


def place(facility: Entry) -> Iterator[Problem]:
    """A village's facility lies in a village; all lie in the township that keeps the file, and in Anyue."""
    unit = divisions().get(facility["division_code"] or "")
    township = facility["township_code"] or facility.context.township
    if unit is not None and township and unit.code[:9] != township[:9] and facility["level"] != COUNTY_LEVEL:
        yield facility.error("elsewhere", f"“{unit.short_name}”不属于本乡镇", "division_code", "请核对所在村")
    if unit is not None and facility["level"] == VILLAGE_LEVEL and unit.level != VILLAGE:
        yield facility.error("needs_village", "村（社区）级设施要写明所在村", "division_code", "请选择村或社区")
    for key, (low, high) in ANYUE.items():
        if facility[key] is not None and not low <= facility[key] <= high:
            label = facility.register.field(key).label
            message = f"{label} {facility[key]} 不在安岳县范围（{low}至{high}）"
            yield facility.warning(f"{key}_outside", message, key, "请核对坐标")


def staff(facility: Entry) -> Iterator[Problem]:
    """Who holds a certificate is one of the staff."""
    everybody, certified = facility["staff_total"], facility["staff_cert"]
    if everybody is not None and certified is not None and certified > everybody:
        message = f"持证人数 {certified} 多于工作人员数 {everybody}"
        yield facility.error("staff_cert_above", message, "staff_cert", "请核对")


def dates(facility: Entry) -> Iterator[Problem]:
    """A closed facility says since when; a filed one, since when it is filed."""
    if facility["status"] in ("3", "4") and not facility["status_date"]:
        yield facility.missing("status_date")
    if facility["is_filed"] and not facility["filed_on"]:
        yield facility.missing("filed_on")
    if facility["is_filed"] is False and facility["filed_on"]:
        yield facility.error("not_filed", "填了备案时间，却选了没有备案", "is_filed", "请改正其中一项")


FILLINGS: tuple[Filling, ...] = (sum_of_beds, usual_level)
RULES: tuple[Rule, ...] = (
    fields_of_the_type, beds, area, licences, identity, once, place, staff, dates,
)  # fmt: skip
