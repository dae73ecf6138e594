"""设施: homes, stations, burial places and community buildings of a township (registers.md B.10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.register import Numbering
from anyue_desktop.core.types import Code, Codes, Date, Division, Integer, Month, Name, Number, Phone, Text, YesNo
from anyue_desktop.registers.base import Record, field
from anyue_desktop.registers.facility_blocks import unasked
from anyue_desktop.registers.facility_rules import FILLINGS, RULES, number_prefix


class Facility(Record):
    """One facility. `facility_blocks` says which of its fields a type is asked for."""

    __tablename__ = "facility"
    TITLE = "设施"
    ORDER = ("facility_type", "division_code", "name")
    NATURAL_KEY = ("name", "facility_type", "division_code")
    CAPTION = "name"
    NUMBERING = Numbering("facility_no", number_prefix, 4)
    FILLINGS = FILLINGS
    RULES = RULES
    UNASKED = staticmethod(unasked)
    SHEET = (
        "facility_no", "name", "facility_type", "division_code", "level", "status", "floor_area", "beds_total",
        "beds_full", "beds_day", "beds_nursing", "head_name", "head_phone", "fire_ok", "food_license",
        "food_license_until", "has_volunteer_site", "report_state",
    )  # fmt: skip

    facility_no: Mapped[str | None] = field(
        "设施编号", Text(20), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, index=True
    )
    name: Mapped[str] = field(
        "机构（设施）名称", Text(100), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="基本情况", index=True, headers=("设施名称", "机构名称", "站点名称", "名称", "单位名称"),
    )  # fmt: skip
    facility_type: Mapped[str] = field(
        "设施类型", Code("facility_type"), need=Need.DRAFT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="基本情况", headers=("类型", "机构类型"), help="填写哪些项目由设施类型决定。",
    )  # fmt: skip
    level: Mapped[str | None] = field(
        "层级", Code("facility_level"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="基本情况", headers=("设施层级",),
    )  # fmt: skip
    division_code: Mapped[str | None] = field(
        "所在村（社区）", Division(), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="基本情况", index=True, headers=("村", "村（社区）", "村居", "所在村", "所在地", "社区"),
    )  # fmt: skip
    address: Mapped[str | None] = field(
        "设施详细地址", Text(100), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="基本情况", headers=("详细地址", "地址", "地点"),
    )  # fmt: skip
    longitude: Mapped[Decimal | None] = field("经度", Number(9, 6, 73, 136), privacy=Privacy.PUBLIC, section="基本情况")
    latitude: Mapped[Decimal | None] = field("纬度", Number(8, 6, 3, 54), privacy=Privacy.PUBLIC, section="基本情况")
    uscc: Mapped[str | None] = field(
        "统一社会信用代码", Text(18), privacy=Privacy.PUBLIC, printed=True, section="性质与登记",
        headers=("信用代码", "社会信用代码"), help="GB 32100-2015，18位，最后一位是校验位。",
    )  # fmt: skip
    org_nature: Mapped[str | None] = field(
        "机构性质", Code("org_nature"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="性质与登记",
    )  # fmt: skip
    operation_mode: Mapped[str | None] = field(
        "运营方式", Code("operation_mode"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="性质与登记",
    )  # fmt: skip
    founder: Mapped[str | None] = field(
        "兴办主体", Code("founder_kind"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="性质与登记"
    )
    is_filed: Mapped[bool | None] = field(
        "是否备案", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="性质与登记",
    )  # fmt: skip
    filed_on: Mapped[date | None] = field(
        "备案时间", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="性质与登记"
    )
    star_level: Mapped[str | None] = field(
        "机构等级", Code("star_level"), privacy=Privacy.PUBLIC, printed=True, section="性质与登记",
        help="GB/T 37276-2018。",
    )  # fmt: skip
    is_relief_home: Mapped[bool | None] = field(
        "特困人员供养服务机构", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="性质与登记"
    )
    is_regional_center: Mapped[bool | None] = field(
        "乡镇区域性养老服务中心", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="性质与登记"
    )
    is_smart: Mapped[bool | None] = field(
        "智慧养老院/社区", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="性质与登记"
    )
    meets_gbt35796: Mapped[bool | None] = field(
        "达到GB/T 35796", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True, section="性质与登记",
        help="《养老机构服务质量基本规范》GB/T 35796-2017。",
    )  # fmt: skip
    approval_doc: Mapped[str | None] = field(
        "批复/挂牌文号", Text(60), privacy=Privacy.PUBLIC, printed=True, section="性质与登记"
    )
    built_on: Mapped[str | None] = field(
        "建成/投用年月", Month(), privacy=Privacy.PUBLIC, printed=True, section="运行状态", headers=("建成年月",)
    )
    status: Mapped[str | None] = field(
        "运行状态", Code("facility_status"), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="运行状态", default="1", headers=("运营状态", "状态"), help="只有在用的设施计入指标。",
    )  # fmt: skip
    status_date: Mapped[date | None] = field(
        "状态变更日期", Date(not_after_today=True), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="运行状态"
    )
    floor_area: Mapped[Decimal | None] = field(
        "建筑面积（㎡）", Number(10, 2, 1, 100_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="规模", headers=("建筑面积", "面积", "建筑面积（平方米）"),
        help="按平方米填写，不要填亩或公顷。",
    )  # fmt: skip
    land_area: Mapped[Decimal | None] = field(
        "占地面积（㎡）", Number(12, 2, 0, 10_000_000), privacy=Privacy.PUBLIC, section="规模", headers=("占地面积",)
    )
    service_scope: Mapped[str | None] = field(
        "服务（管辖）范围", Text(200), privacy=Privacy.PUBLIC, printed=True, section="规模", headers=("服务范围",)
    )
    households_served: Mapped[int | None] = field(
        "服务户数", Integer(0, 100_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True, section="规模"
    )
    beds_total: Mapped[int | None] = field(
        "床位总数（张）", Integer(0, 2_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="规模", headers=("床位总数", "床位数", "床位"), help="全托＋日托＋其他。",
    )  # fmt: skip
    beds_full: Mapped[int | None] = field(
        "全托床位数（张）", Integer(0, 2_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="规模", headers=("全托床位", "全托"),
    )  # fmt: skip
    beds_day: Mapped[int | None] = field(
        "日托床位数（张）", Integer(0, 2_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="规模", headers=("日托床位", "日托"),
    )  # fmt: skip
    beds_nursing: Mapped[int | None] = field(
        "护理型床位数（张）", Integer(0, 2_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True,
        printed=True, section="规模", headers=("护理型床位", "护理床位"), help="包含在床位总数之中。",
    )  # fmt: skip
    capacity_other: Mapped[int | None] = field(
        "可容纳人数/穴位数/格位数", Integer(0, 1_000_000), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC,
        printed=True, section="规模", headers=("可容纳人数", "穴位数", "格位数"),
    )  # fmt: skip
    staff_total: Mapped[int | None] = field(
        "工作人员数", Integer(0, 2_000), privacy=Privacy.PUBLIC, printed=True, section="人员"
    )
    staff_cert: Mapped[int | None] = field(
        "持证护理员/社工数", Integer(0, 2_000), privacy=Privacy.PUBLIC, printed=True, section="人员"
    )
    head_name: Mapped[str | None] = field(
        "负责人", Name(), need=Need.REPORT, listed=True, printed=True, section="人员", headers=("负责人姓名",)
    )
    head_phone: Mapped[str | None] = field(
        "负责人电话", Phone(), need=Need.REPORT, listed=True, printed=True, section="人员", headers=("联系电话", "电话")
    )
    fire_ok: Mapped[str | None] = field(
        "消防审验合格", Code("yes_no_na"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="安全与服务", headers=("消防",),
    )  # fmt: skip
    fire_note: Mapped[str | None] = field(
        "未通过原因", Text(100), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, section="安全与服务"
    )
    food_license: Mapped[str | None] = field(
        "食品经营许可", Code("yes_no_na"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="安全与服务", headers=("食品许可", "食品"),
    )  # fmt: skip
    food_license_until: Mapped[date | None] = field(
        "食品许可有效期至", Date(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, section="安全与服务"
    )
    medical_mode: Mapped[str | None] = field(
        "医养结合方式", Code("medical_mode"), privacy=Privacy.PUBLIC, printed=True, section="安全与服务"
    )
    liability_insured: Mapped[bool | None] = field(
        "投保责任险", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="安全与服务"
    )
    ltci_point: Mapped[bool | None] = field("长护险定点", YesNo(), privacy=Privacy.PUBLIC, section="安全与服务")
    has_volunteer_site: Mapped[bool | None] = field(
        "设有志愿服务站点", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="社区与未保", headers=("志愿服务站点",),
    )  # fmt: skip
    renovated: Mapped[bool | None] = field(
        "已完成亲民化改造", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="社区与未保"
    )
    in_new_estate: Mapped[bool | None] = field(
        "新建住宅小区配套", YesNo(), privacy=Privacy.PUBLIC, section="社区与未保"
    )
    has_child_home: Mapped[bool | None] = field(
        "设有儿童之家", YesNo(), privacy=Privacy.PUBLIC, printed=True, section="社区与未保", headers=("儿童之家",)
    )
    has_protect_staff: Mapped[bool | None] = field(
        "有未保专人专岗", YesNo(), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="社区与未保",
    )  # fmt: skip
    set_mode: Mapped[str | None] = field(
        "设置方式", Code("protect_set_mode"), need=Need.CONDITIONAL, privacy=Privacy.PUBLIC, printed=True,
        section="社区与未保",
    )  # fmt: skip
    funding: Mapped[tuple[str, ...] | None] = field(
        "经费来源", Codes("funding_source"), privacy=Privacy.PUBLIC, section="社区与未保"
    )
    remark: Mapped[str | None] = field(
        "备注", Text(200, multiline=True), privacy=Privacy.PUBLIC, printed=True, section="基本情况", headers=("说明",)
    )
