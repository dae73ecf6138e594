from __future__ import annotations

import hashlib
import itertools
import lzma

import pytest

from anyue_desktop.core import resources
from anyue_desktop.core.errors import UserError
from anyue_desktop.ledgers.font_files import EXTENDED, RARE, REGULAR, font_file
from anyue_desktop.ledgers.fonts import FontChain, draws_nothing

RARE_NAMES = "䶮㛃𣲗𬌗𠅤喆玥犇𪚥"
GENERAL_STANDARD_SAMPLE = "一乙二十丁厂七卜八人入儿九匕几刁了刀力乃鿍鿎鿏𫟼𬬭𬭳𬮱𬶠𬸪𪩘𫚭𪨰𫵷"
EXTENSION_G = "\U00030000"
EXTENSION_I = "\U0002ebf0"


def covered() -> set[int]:
    ranges = resources.load_json("fonts", "coverage.json")["ranges"]
    return set(itertools.chain.from_iterable(range(first, last + 1) for first, last in ranges))


def test_every_font_file_has_the_digest_it_is_listed_with():
    listing = resources.path("fonts", "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split() for line in listing)}
    for path in resources.path("fonts").glob("*.ttf*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[path.name]


def test_the_listed_coverage_is_what_the_fonts_draw_and_nothing_else(fonts):
    drawn = fonts.regular.characters.union(*(font.characters for font in fonts._fallbacks))
    assert {ord(character) for character in drawn} - {0} == covered() - {0}


@pytest.mark.parametrize("character", RARE_NAMES + GENERAL_STANDARD_SAMPLE + EXTENSION_G + "〓□√·“”—㎡")
def test_a_character_of_names_and_forms_is_drawn(fonts, character):
    assert fonts.draws(character)
    assert fonts.undrawable(character) == ()
    assert fonts.shown(character) == character


def test_what_no_font_draws_becomes_a_placeholder_and_is_named_once(fonts):
    text = f"李{EXTENSION_I}明{EXTENSION_I}\ue123"
    assert fonts.shown(text) == "李〓明〓〓"
    assert fonts.undrawable(text) == (EXTENSION_I, "\ue123")


def test_a_placeholder_typed_by_a_person_is_not_reported_as_lost(fonts):
    assert fonts.undrawable("李〓明") == ()


def test_a_radical_from_copied_text_is_drawn_as_the_ordinary_character(fonts):
    assert fonts.shown("\u2f24\uf92c") == "\u5927\u90ce"
    assert fonts.undrawable("\u2f24") == ()


def test_marks_without_a_shape_leave_no_trace(fonts):
    assert fonts.shown("葛\U000e0100城\u200b\ufeff镇") == "葛城镇"
    assert all(map(draws_nothing, "\u200b\ufe00\U000e0101\x07"))
    assert not any(map(draws_nothing, "葛a1 　"))


def test_a_text_is_split_where_the_font_changes(fonts):
    runs = [(font.fontName, text) for font, text in fonts.runs("王𪚥芳", bold=False)]
    assert runs == [("LedgerSans-Regular", "王"), ("LedgerRare", "𪚥"), ("LedgerSans-Regular", "芳")]


def test_bold_text_borrows_what_the_bold_font_lacks(fonts):
    lacking = next(iter(fonts.regular.characters & set("㐀㐁㐂") - fonts.bold.characters))
    runs = [(font.fontName, text) for font, text in fonts.runs(f"王{lacking}", bold=True)]
    assert runs == [("LedgerSans-Bold", "王"), ("LedgerSans-Regular", lacking)]


def test_the_large_fonts_are_unpacked_only_when_a_character_needs_them(tmp_path):
    chain = FontChain(tmp_path)
    chain.shown("张淑芳，51209919500101122X")
    assert not list(tmp_path.rglob("*.ttf"))
    chain.shown("𪚥")
    assert len(list(tmp_path.rglob("*LedgerRare.ttf"))) == 1


def test_a_damaged_unpacked_font_is_unpacked_again(tmp_path):
    unpacked = font_file(EXTENDED, tmp_path)
    whole = unpacked.read_bytes()
    unpacked.write_bytes(whole[:1000])
    assert font_file(EXTENDED, tmp_path).read_bytes() == whole


def test_an_unpacked_font_is_used_again(tmp_path):
    unpacked = font_file(EXTENDED, tmp_path)
    before = unpacked.stat().st_mtime_ns
    assert font_file(EXTENDED, tmp_path).stat().st_mtime_ns == before


@pytest.mark.parametrize("content", [b"not packed at all", lzma.compress(b"some other font")])
def test_a_damaged_packed_font_is_reported_in_words(tmp_path, monkeypatch, content):
    folder = tmp_path / "resources"
    (folder / "fonts").mkdir(parents=True)
    for name in ("SHA256SUMS", REGULAR):
        (folder / "fonts" / name).write_bytes(resources.path("fonts", name).read_bytes())
    (folder / "fonts" / f"{RARE}.xz").write_bytes(content)
    monkeypatch.setattr(resources, "folder", lambda: folder)
    with pytest.raises(UserError, match="LedgerRare") as caught:
        font_file(RARE, tmp_path / "cache")
    assert "重新安装" in caught.value.hint


def test_no_font_keeps_a_name_its_licence_reserves(fonts):
    faces = [fonts.regular, fonts.bold, *fonts._fallbacks]
    names = [font.face.name.decode() for font in faces]
    assert names == ["LedgerSans-Regular", "LedgerSans-Bold", "LedgerRare", "LedgerExtGH"]
