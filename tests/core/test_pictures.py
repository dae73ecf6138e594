"""What is kept of a photograph is the picture and nothing else."""

from __future__ import annotations

import io
import random
import struct
import time
import zlib

import pytest
from PIL import Image

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.pictures import LONGEST_SIDE, MOST_BYTES, drawn_anew, drawn_small

ORIENTATION, MAKE, GPS, LATITUDE = 0x0112, 0x010F, 0x8825, 2


def photograph(width: int = 4000, height: int = 3000, *, orientation: int = 1, noise: int = 90) -> bytes:
    """Returns a JPEG as a telephone makes it: with its maker, its place, a comment and a colour profile."""
    picture = Image.effect_noise((width, height), noise).convert("RGB")
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "某牌手机", orientation
    exif.get_ifd(GPS)[LATITUDE] = (30.0, 5.0, 45.0)
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=exif, comment=b"taken at home", icc_profile=b"profile" * 20)
    return target.getvalue()


def test_C13_place_maker_comment_and_profile_are_gone() -> None:
    taken = photograph()
    assert dict(Image.open(io.BytesIO(taken)).getexif().get_ifd(GPS))
    kept = Image.open(io.BytesIO(drawn_anew(taken, "照片.jpg").content))
    assert dict(kept.getexif()) == {}
    assert kept.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"taken at home" not in drawn_anew(taken).content


def test_a_photograph_becomes_small_enough_whatever_it_shows() -> None:
    drawn = drawn_anew(photograph(noise=200))
    assert len(drawn.content) <= MOST_BYTES
    assert 0 < max(drawn.width, drawn.height) <= LONGEST_SIDE
    assert drawn.width * 3 == drawn.height * 4


def test_a_small_picture_keeps_its_size() -> None:
    drawn = drawn_anew(photograph(320, 200))
    assert (drawn.width, drawn.height) == (320, 200)


def test_a_photograph_taken_upright_stands_upright() -> None:
    drawn = drawn_anew(photograph(400, 300, orientation=6))
    assert (drawn.width, drawn.height) == (300, 400)


def test_what_is_transparent_becomes_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (200, 0, 0, 0)).save(target, "PNG")
    kept = Image.open(io.BytesIO(drawn_anew(target.getvalue()).content))
    assert kept.getpixel((25, 25)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """Returns a PNG whose header promises a huge picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    whole = struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + whole + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (10_000, 9_000), (8_000, 7_000)])
def test_C13_a_picture_of_too_many_pixels_is_refused_by_its_header(width: int, height: int) -> None:
    begun = time.process_time()
    with pytest.raises(UserError, match=r"太大了|像素太多"):
        drawn_anew(bomb(width, height), "炸弹.png")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7\n" + bytes(40),
        b"MZ" + bytes(60),
        b"",
    ],
)
def test_C13_what_is_no_photograph_is_refused_by_its_first_bytes(content: bytes) -> None:
    with pytest.raises(UserError, match=r"“图\.jpg”不是照片"):
        drawn_anew(content, "图.jpg")


def test_C13_what_hangs_behind_the_picture_is_not_kept() -> None:
    drawn = drawn_anew(photograph(400, 300) + b"PK\x03\x04 hidden archive")
    assert b"hidden archive" not in drawn.content


def test_a_picture_cut_off_is_refused() -> None:
    with pytest.raises(UserError, match="不完整或已损坏"):
        drawn_anew(photograph(400, 300)[:2000], "断.jpg")


def test_a_picture_to_look_at_is_small() -> None:
    assert max(Image.open(io.BytesIO(drawn_small(photograph(800, 600), 96))).size) == 96


@pytest.mark.parametrize(
    ("written", "nonsense"),
    [(b"\x01\x0f\x00\x02", b"\x01\x00\x00\x02"), (b"\x01\x0f\x00\x02", b"\x01\x1a\x00\x02")],
    ids=["a number that is a text", "a fraction that is a text"],
)
def test_C13_nonsense_beside_the_picture_keeps_nobody_from_taking_it(written: bytes, nonsense: bytes) -> None:
    drawn = drawn_anew(photograph(400, 300, orientation=6).replace(written, nonsense, 1))
    assert (drawn.width, drawn.height) == (300, 400)


def test_C13_a_file_changed_anywhere_is_taken_or_refused_in_words() -> None:
    chance, whole, refused = random.Random(13), photograph(120, 90, orientation=8), 0
    for _ in range(400):
        changed = bytearray(whole)
        changed[chance.randrange(3, 600)] = chance.randrange(256)
        try:
            assert len(drawn_anew(bytes(changed)).content) <= MOST_BYTES
        except UserError:
            refused += 1
    assert 0 < refused < 400


def test_what_a_telephone_takes_by_default_is_named_with_the_way_out() -> None:
    with pytest.raises(UserError, match=r"“图\.heic”是 HEIC 照片") as told:
        drawn_anew(b"\0\0\0\x18ftypheic" + bytes(40), "图.heic")
    assert "兼容性最佳" in told.value.hint


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16"])
def test_a_picture_of_any_colours_is_taken(mode: str) -> None:
    target = io.BytesIO()
    Image.new("L", (90, 60), 128).convert(mode).save(target, "PNG")
    assert (drawn_anew(target.getvalue()).width, drawn_anew(target.getvalue()).height) == (90, 60)
