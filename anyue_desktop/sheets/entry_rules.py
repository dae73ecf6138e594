"""How each kind of field is typed into a template: cell format, choices, limits and the hint beside the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Literal

from anyue_desktop.core import types
from anyue_desktop.core.field_type import FieldType

TEXT_FORMAT, DATE_FORMAT, GENERAL = "@", "yyyy-mm-dd", "General"
LONGEST_HINT = 220  # Excel shows at most 225 characters of an error
SHORT, MIDDLE, WIDE = 10.0, 14.0, 22.0
YES_NO = ("是", "否")


@dataclass(frozen=True)
class EntryRule:
    """What a template says of one column."""

    hint: str
    number_format: str = TEXT_FORMAT
    width: float = MIDDLE
    choices: tuple[str, ...] = ()
    strict: bool = True  # whether something else may be typed after a warning
    limits: tuple[Literal["whole", "decimal", "textLength"], str, str] | None = None  # what is measured, least, most


@singledispatch
def entry_rule(kind: FieldType[Any], villages: Sequence[str]) -> EntryRule:
    """Returns the rule of a field type."""
    return EntryRule("请填写文字")


@entry_rule.register
def _(kind: types.Text, villages: Sequence[str]) -> EntryRule:
    width = WIDE if kind.max_length > 50 else MIDDLE
    return EntryRule(f"最多{kind.max_length}个字", width=width, limits=("textLength", "0", str(kind.max_length)))


@entry_rule.register
def _(kind: types.Name, villages: Sequence[str]) -> EntryRule:
    return EntryRule("填写姓名，字间不留空格；少数民族姓名用“·”分开", width=SHORT)


@entry_rule.register
def _(kind: types.Group, villages: Sequence[str]) -> EntryRule:
    return EntryRule("村民小组或社，如3组、2社", width=SHORT)


@entry_rule.register
def _(kind: types.ResidentId, villages: Sequence[str]) -> EntryRule:
    return EntryRule("18位，已设为文本，请直接填写；确实没有证件的填“无”", width=WIDE)


@entry_rule.register
def _(kind: types.Phone, villages: Sequence[str]) -> EntryRule:
    return EntryRule("手机11位，或区号加座机号；两个号码用“/”分开，没有电话填“无”")


@entry_rule.register
def _(kind: types.Date, villages: Sequence[str]) -> EntryRule:
    return EntryRule("公历日期，如2026-11-23；只知道年月可填1950年1月", DATE_FORMAT)


@entry_rule.register
def _(kind: types.Month, villages: Sequence[str]) -> EntryRule:
    return EntryRule("年月，如2026-11", width=SHORT)


@entry_rule.register
def _(kind: types.Moment, villages: Sequence[str]) -> EntryRule:
    return EntryRule("日期和时间，如2026-11-23 09:30")


@entry_rule.register
def _(kind: types.TimeOfDay, villages: Sequence[str]) -> EntryRule:
    return EntryRule("时间，如09:30", width=SHORT)


@entry_rule.register
def _(kind: types.Integer, villages: Sequence[str]) -> EntryRule:
    return EntryRule(f"整数，{kind.low}到{kind.high}", GENERAL, SHORT, limits=("whole", str(kind.low), str(kind.high)))


@entry_rule.register
def _(kind: types.Minutes, villages: Sequence[str]) -> EntryRule:
    return EntryRule("时间长短，如1小时5分钟，或只写分钟数", width=SHORT)


@entry_rule.register
def _(kind: types.Number, villages: Sequence[str]) -> EntryRule:
    hint = f"数字，{kind.low}到{kind.high}，最多{kind.places}位小数"
    return EntryRule(hint, GENERAL, SHORT, limits=("decimal", str(kind.low), str(kind.high)))


@entry_rule.register
def _(kind: types.YesNo, villages: Sequence[str]) -> EntryRule:
    return EntryRule("填“是”或“否”，不清楚的不填", width=SHORT, choices=YES_NO)


@entry_rule.register
def _(kind: types.Code, villages: Sequence[str]) -> EntryRule:
    return EntryRule("从下拉列表中选一项", choices=tuple(item.name for item in kind.list.offered))


@entry_rule.register
def _(kind: types.Codes, villages: Sequence[str]) -> EntryRule:
    names = "、".join(item.name for item in kind.list.offered)
    return EntryRule(f"可填几项，用“、”分开：{names}", width=WIDE)


@entry_rule.register
def _(kind: types.Division, villages: Sequence[str]) -> EntryRule:
    if kind.level != "village" or not villages:
        return EntryRule("填写名称，如天马乡土桥村")
    return EntryRule("从下拉列表中选本乡镇的村（社区）；外地的写全称", choices=tuple(villages), strict=False)
