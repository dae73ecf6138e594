"""Everything a made-up township keeps of its children (registers.md B.6–B.8)."""

from __future__ import annotations

from typing import Any

from anyue_desktop.services.practice import child_papers
from anyue_desktop.services.practice.child_benefits import write_benefits
from anyue_desktop.services.practice.child_cases import ChildFile, write_case
from anyue_desktop.services.practice.child_flaws import spoil
from anyue_desktop.services.practice.child_visits import write_visits
from anyue_desktop.services.practice.families import Family, families, first
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.township import PersonFile

Values = dict[str, Any]


def write_children(setting: Setting, files: list[PersonFile]) -> list[Family]:
    """Writes the children's files and returns their families."""
    made = list(families(setting, files))
    each = ((family, person) for family in made for person in family.children)
    children = [_write_file(setting, family, person, number) for number, (family, person) in enumerate(each)]
    for number, child in enumerate(sorted(filter(_is_entrusted, children), key=_has_left)):
        child_papers.write_entrustment(setting, setting.draw("entrustment", number), child, number)
    for number, child in enumerate(one for one in children if one.family.kind.danger):
        child_papers.write_report(setting, setting.draw("report of", number), child, number)
    child_papers.write_unregistered_report(setting)
    return made


def _write_file(setting: Setting, family: Family, person: Values, number: int) -> ChildFile:
    draw = setting.draw("child", number)
    child = write_case(setting, draw, family, person, stays=first(setting, number) is not None)
    child_papers.write_assessment(setting, draw, child)
    write_visits(setting, draw, child)
    write_benefits(setting, draw, child)
    spoil(child, number)
    return child


def _is_entrusted(child: ChildFile) -> bool:
    return child.family.kind.left_behind and bool(child.case.get("has_entrusted"))


def _has_left(child: ChildFile) -> bool:
    return child.left is not None
