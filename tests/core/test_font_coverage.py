import json
from pathlib import Path

from anyue_desktop.core.glyphs import Coverage, missing_glyph, read_coverage, undrawable


def test_characters_outside_the_ranges_are_named_once_each(tmp_path: Path) -> None:
    file = tmp_path / "coverage.json"
    file.write_text(json.dumps({"ranges": [[0x20, 0x7E], [0x4E00, 0x9FFF]]}), encoding="utf-8")
    assert read_coverage(file).undrawable("张𣲗 三𣲗䶮\n") == ("𣲗", "䶮")


def test_both_ends_of_a_range_are_drawn() -> None:
    coverage = Coverage([(0x30, 0x32), (0x41, 0x41)])
    assert coverage.undrawable("/0123@AB") == ("/", "3", "@", "B")


def test_without_a_coverage_file_everything_counts_as_drawable(tmp_path: Path) -> None:
    assert read_coverage(tmp_path / "none.json").undrawable("𣲗\U0002ebf0") == ()


def test_common_names_can_be_drawn_by_the_program() -> None:
    assert undrawable("张三 Zhang 阿的·木果") == ()


def test_the_sentence_names_character_and_code_point() -> None:
    assert "“\U0002ebf0”（U+2EBF0）没有字体能显示" in missing_glyph("\U0002ebf0")
