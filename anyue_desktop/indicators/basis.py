"""统计口径: what the plan leaves open and the county decides (registers.md A.2, F.5, I)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from anyue_desktop.core.errors import UserError

RULE_VERSION = 1  # goes up whenever a formula changes, so that old figures are compared knowingly
PLACES, PERSONS = "A", "B"
REGISTERED, RESIDENT = "reg", "res"

Value = bool | int | str


@dataclass(frozen=True)
class Switch:
    """One open question: how it is called, what may be chosen, and what the choice means."""

    key: str
    label: str
    options: tuple[tuple[Value, str], ...]  # none for a number that is typed
    explanation: str
    joint: str = ""  # between label and choice in a sentence


SWITCHES = (
    Switch(
        "homecare_reading",
        "居家养老覆盖率",
        ((PLACES, "按村（社区）算"), (PERSONS, "按人数算")),
        "按村（社区）算：开展了居家养老服务的村（社区）占全部村（社区）的比例。"
        "按人数算：享受服务的人数占目标人数的比例。规划没有写明，由县局确定。",
    ),
    Switch(
        "homecare_target",
        "居家养老目标人数",
        (),
        "覆盖率按人数算时的分母，由县局下达；没有下达时填0，覆盖率显示“—”。",
    ),
    Switch(
        "elder_population",
        "每千名老人床位的老人数",
        ((REGISTERED, "60岁以上户籍人口"), (RESIDENT, "60岁以上常住人口")),
        "每千名老人拥有养老床位的分母，取自各村（社区）年度基础数据。",
        joint="用",
    ),
    Switch(
        "day_care_beds",
        "日托床位",
        ((False, "不计入养老床位"), (True, "计入养老床位")),
        "日间照料中心和其他养老设施的日托床位，是否计入每千名老人拥有的养老床位。",
    ),
    Switch(
        "households",
        "每百户设施面积的户数",
        ((REGISTERED, "户籍户数"), (RESIDENT, "常住户数")),
        "每百户居民拥有社区综合服务设施面积的分母，取自各村（社区）年度基础数据。",
        joint="用",
    ),
    Switch(
        "late_enrolled_counts",
        "当月25日后纳入的老年人",
        ((True, "计入当月应探访"), (False, "从下月起计入")),
        "26日以后才纳入的老年人，当月是否计入探访率的分母。",
    ),
)


@dataclass(frozen=True)
class Basis:
    """One choice for every switch; as made, the defaults."""

    homecare_reading: str = PLACES
    homecare_target: int = 0
    elder_population: str = REGISTERED
    households: str = REGISTERED
    day_care_beds: bool = False
    late_enrolled_counts: bool = True

    def words(self) -> str:
        """Returns the sentence printed below reports."""
        said = [f"{one.label}{one.joint}{self.said(one)}" for one in SWITCHES if self._matters(one.key)]
        return f"口径：{'；'.join(said)}。"

    def said(self, switch: Switch) -> str:
        """Returns what is chosen for a switch, in words."""
        value = getattr(self, switch.key)
        return dict(switch.options).get(value, f"{value}人")

    def choosing(self, key: str, value: Value) -> Basis:
        """Returns the same choices but one."""
        return basis_of({**self.facts(), key: value})

    def facts(self) -> dict[str, Value]:
        """Returns the choices by key, as settings and packages keep them."""
        return asdict(self)

    def _matters(self, key: str) -> bool:
        return key != "homecare_target" or self.homecare_reading == PERSONS


AS_MADE = Basis()


def basis_of(facts: Mapping[str, Any]) -> Basis:
    """Returns the choices kept as facts; what is missing or not understood is as made."""
    given = {one.key: facts[one.key] for one in SWITCHES if one.key in facts and fits(one, facts[one.key])}
    return Basis(**given)


def read_choice(switch: Switch, text: str) -> Value:
    """Reads a choice as it is written: its value, or its words.

    Raises:
        UserError: a switch cannot be set so.
    """
    if not switch.options:
        if text.strip().isdecimal():
            return int(text)
        raise UserError(f"“{switch.label}”要填人数，不能是“{text}”", "请填写整数，没有下达时填0")
    for value, words in switch.options:
        if text.strip().casefold() in (words, str(value).casefold()):
            return value
    listed = "、".join(f"{value}（{words}）" for value, words in switch.options)
    raise UserError(f"“{switch.label}”没有“{text}”这个口径", f"可用的有：{listed}")


def fits(switch: Switch, value: object) -> bool:
    """Whether a switch can be set to a value."""
    if not switch.options:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return any(value == option and type(value) is type(option) for option, _ in switch.options)
