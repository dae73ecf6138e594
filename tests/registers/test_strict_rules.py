"""Whoever looks for errors alone asks every rule that may find one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from register_street import TODAY

from anyue_desktop import registers
from anyue_desktop.core.problem import Kind
from anyue_desktop.core.register import Alone, Rule
from anyue_desktop.registers import REGISTERS

SOURCES = sorted(Path(registers.__file__).parent.glob("*.py"))
EARLIER = TODAY.today.replace(day=1)
Place = tuple[str, str, int]  # file, function, first line


def said_in(node: ast.AST, within: Place, file: str) -> Iterator[Place]:
    """Gives the innermost functions that say a 逻辑错误."""
    if isinstance(node, ast.FunctionDef):
        within = (file, node.name, min([node.lineno, *(one.lineno for one in node.decorator_list)]))
    if isinstance(node, ast.Attribute) and node.attr == "error":
        yield within
    if isinstance(node, ast.Attribute) and (node.attr, getattr(node.value, "id", "")) == ("ERROR", "Kind"):
        yield within
    for child in ast.iter_child_nodes(node):
        yield from said_in(child, within, file)


def place(rule: Rule) -> Place:
    code = rule.__code__  # type: ignore[attr-defined]  # rules are functions
    return Path(code.co_filename).name, code.co_name, code.co_firstlineno


def test_a_rule_is_asked_for_errors_if_and_only_if_it_may_say_one() -> None:
    saying = {one for path in SOURCES for one in said_in(ast.parse(path.read_text("utf-8")), ("", "", 0), path.name)}
    assert {place(rule) for one in REGISTERS.values() for rule in one.strict_rules} == saying
    assert len(saying) > 50


def test_the_first_error_is_the_first_that_all_rules_together_say() -> None:
    visit, day = REGISTERS["elder_visit"], TODAY.today
    wrong = {"visit_date": day, "visit_method": "2", "visit_result": "1", "follow_up": "3", "follow_up_due": EARLIER}
    said = list(visit.check_rules(wrong, TODAY))
    kinds = [one.kind for one in said]
    assert kinds.index(Kind.ERROR) > max(kinds.index(Kind.WARNING), kinds.index(Kind.MISSING))
    assert visit.first_error(wrong, TODAY, Alone()) == said[kinds.index(Kind.ERROR)]
    assert visit.first_error({**wrong, "follow_up_due": day}, TODAY, Alone()) is None
