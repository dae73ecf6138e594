"""What a machine can check of the manual: its labels, pictures, links and codes are the program's."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from anyue_desktop.db.status import SENTENCES
from anyue_desktop.exchange.status import Group, Status
from tools import make_status_table

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
SHOWN = [ROOT / "anyue_desktop" / part for part in ("app.py", "ui", "services", "registers", "ledgers")]
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
LABEL = re.compile(r"【(.+?)】")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
SHORTCUT = re.compile(r"\(&?\w+\)")  # the (&N) of a button, the (F8) of another
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def shown() -> set[str]:
    """Returns every text of the program as the screen has it: without shortcuts and the dots of a coming dialog."""
    files = [one for path in SHOWN for one in (path.rglob("*.py") if path.is_dir() else [path])]
    nodes = [node for one in files for node in ast.walk(ast.parse(one.read_text(encoding="utf-8")))]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {plain(text) for text in texts}


def plain(text: str) -> str:
    return SHORTCUT.sub("", text).rstrip("…")


@EACH_PAGE
def test_every_label_in_the_manual_is_one_the_program_shows(page: Path, shown: set[str]) -> None:
    labels = set(LABEL.findall(page.read_text(encoding="utf-8")))
    assert {label for label in labels if plain(label) not in shown} == set()


@EACH_PAGE
def test_every_picture_and_page_the_manual_names_is_there(page: Path) -> None:
    targets = [one for one in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in one]
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_every_picture_is_used_and_small() -> None:
    used = {Path(one).name for page in PAGES for one in LINK.findall(page.read_text(encoding="utf-8"))}
    pictures = list((MANUAL / "images").glob("*.png"))
    assert {one.name for one in pictures} - used == set()
    assert {one.name for one in pictures if one.stat().st_size > MOST_BYTES} == set()


def test_every_page_is_in_the_contents() -> None:
    contents = (MANUAL / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.name != "README.md" and f"({page.name})" not in contents] == []


def test_the_table_of_codes_is_the_programs() -> None:
    text = make_status_table.TARGET.read_text(encoding="utf-8")
    assert make_status_table.table() in text
    rows = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    told = {one.name for one in Status if one.group is not Group.DONE}
    assert rows == told | {one.value for one in SENTENCES}
