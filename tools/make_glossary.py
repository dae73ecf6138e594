"""Writes docs/glossary.md: what the officers call each register, field and code list, and its name in the program.

.venv/bin/python -m tools.make_glossary
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from anyue_desktop.core.field import Field
from anyue_desktop.core.register import Register
from anyue_desktop.registers import REGISTERS

SHARED = frozenset.intersection(*(frozenset(one.by_key) for one in REGISTERS.values()))
TARGET = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
HEAD = """# 中文 ↔ identifier

Made by `python -m tools.make_glossary` from the declarations; `tests/test_structure.py` sees that it is up to date.
A field in **bold** cannot be left blank, one in *italics* is filled by the program. Behind the type stands its code
list in `resources/codelists.json`, the level of a division, or the register a reference points to.
"""
NEEDS = {"draft": "**{}**", "auto": "*{}*"}


def glossary() -> str:
    """Returns the whole text."""
    return "\n".join((HEAD, *_technical(), *(line for one in REGISTERS.values() for line in _register(one))))


def _register(register: Register) -> Iterator[str]:
    yield f"## {register.title} `{register.name}`\n"
    yield from _table(one for one in register.fields if one.key not in SHARED)


def _technical() -> Iterator[str]:
    yield "## Every record\n"
    yield from _table(one for one in next(iter(REGISTERS.values())).fields if one.key in SHARED)


def _table(fields: Iterator[Field]) -> Iterator[str]:
    yield "| 中文 | key | type |\n|---|---|---|"
    for one in fields:
        yield f"| {NEEDS.get(one.need, '{}').format(one.label)} | `{one.key}` | {_kind(one)} |"
    yield ""


def _kind(one: Field) -> str:
    known = (getattr(one.type, name, None) for name in ("list_name", "level", "target"))
    detail = next((str(value) for value in known if value), "")
    return f"{type(one.type).__name__} `{detail}`" if detail else type(one.type).__name__


def main() -> None:
    """Writes the file."""
    TARGET.write_text(glossary(), encoding="utf-8")


if __name__ == "__main__":
    main()
