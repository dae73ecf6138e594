"""Photographs by command."""

from __future__ import annotations

from pathlib import Path

from command_line import Desk
from PIL import Image

VISIT = "elder_visit"


def test_photographs_are_added_listed_exported_and_removed(township: Desk, tmp_path: Path) -> None:
    case = township.tells("list", "elder_case")["rows"][0]["id"]
    visit = township.tells("add", VISIT, f"case_id={case}", "visit_date=2026-11-10", "visit_method=1")["id"]
    for name, shade in (("一.png", 10), ("二.png", 200)):
        Image.new("RGB", (80, 60), (shade, 90, 90)).save(tmp_path / name)
    added = township.tells("photo", "add", VISIT, visit, tmp_path / "一.png", tmp_path / "二.png")["photos"]
    assert [(one["name"], one["here"]) for one in added] == [("一.png", True), ("二.png", True)]
    assert township.tells("photo", "list", VISIT, visit)["photos"] == added
    out = tmp_path / "导出"
    assert township.tells("photo", "save", VISIT, visit, out, "--reason", "抽查", "--number", 2)["paths"] == [
        str(out / "01-二.jpg")
    ]
    assert township.tells("photo", "remove", VISIT, visit, "--number", 1)["photos"] == added[1:]
    assert township.tells("photo", "remove", VISIT, visit)["photos"] == []


def test_a_register_without_photographs_and_a_wrong_file_are_told(township: Desk, tmp_path: Path) -> None:
    case = township.tells("list", "elder_case")["rows"][0]["id"]
    wrong = tmp_path / "说明.txt"
    wrong.write_text("x", encoding="utf-8")
    told = township.answers(2, "photo", "add", "elder_case", case, wrong)["message"]
    assert "不带照片" in told
