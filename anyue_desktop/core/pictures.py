"""Photographs as they are taken in: looked at before they are decoded, and drawn anew (security.md C13).

What is kept is a new JPEG file of the picture alone: no EXIF, no place, no comments, nothing behind the picture's end.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from anyue_desktop.core.errors import UserError

MIME = "image/jpeg"
FORMATS = ("JPEG", "PNG")
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIF = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")  # what many telephones take
LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 50_000_000
MOST_BYTES = 300 * 1024
LARGEST_FILE = 40 * 1024 * 1024
QUALITIES = (85, 75, 65, 55, 45)
SMALLER = 0.75
SMALLEST_SIDE = 64
ORIENTATION = 0x0112  # EXIF
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ACCEPTED = "请选择手机或相机拍的照片（.jpg 或 .png）"


@dataclass(frozen=True)
class Picture:
    """A JPEG file of at most 300 KiB."""

    content: bytes
    width: int
    height: int


def drawn_anew(content: bytes, name: str = "") -> Picture:
    """Returns a photograph upright, small enough and without anything but the picture.

    Raises:
        UserError: it is no JPEG or PNG, cut off or damaged, or larger than 50 million pixels.
    """
    called = f"“{name}”" if name else "这个文件"
    return _small_enough(_decoded(content, called, LONGEST_SIDE))


def drawn_small(content: bytes, side: int) -> bytes:
    """Returns a JPEG file of at most `side` pixels each way, of a picture from anywhere.

    Raises:
        UserError: it cannot be shown.
    """
    return _written(_decoded(content, "这张照片", side), QUALITIES[0])


def digest_of(content: bytes) -> str:
    """Returns the SHA-256 under which a content is kept and travels."""
    return hashlib.sha256(content).hexdigest()


def _decoded(content: bytes, called: str, side: int) -> Image.Image:
    """Returns the picture alone, upright, at most `side` pixels each way; its size is judged before it is decoded."""
    if len(content) > LARGEST_FILE:
        raise UserError(f"{called}有 {len(content) // 1024 // 1024} MB，太大了", "请换一张，或先用手机缩小")
    if content[4:8] == b"ftyp" and content[8:12] in HEIF:
        raise UserError(f"{called}是 HEIC 照片，不能添加", "请在手机相机设置里选“兼容性最佳”后重拍，或转成 .jpg 再添加")
    if not content.startswith(MAGIC):
        raise UserError(f"{called}不是照片", ACCEPTED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a camera wrote wrongly beside the picture
            with Image.open(io.BytesIO(content), formats=FORMATS) as source:
                _check_size(source, called)
                return _alone(source, side)
    except UserError:
        raise
    except Image.DecompressionBombError as error:
        raise UserError(f"{called}的像素太多，不能打开", "请换一张照片") from error
    except Exception as error:  # a damaged or hostile file makes a decoder fail in more ways than it documents
        raise UserError(f"{called}打不开，文件不完整或已损坏", "请重新拷贝，或换一张照片") from error


def _check_size(source: Image.Image, called: str) -> None:
    width, height = source.size
    if width * height > MOST_PIXELS:
        raise UserError(f"{called}有 {width}×{height} 个像素，太大了", "请换一张照片")


def _alone(source: Image.Image, side: int) -> Image.Image:
    turn = _turn(source)
    source.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
    picture = source.convert("RGBA") if source.mode in ("1", "P", "PA") else source
    picture.thumbnail((side, side))
    if turn is not None:
        picture = picture.transpose(turn)
    bare = Image.new("RGB", picture.size, "white")  # carries none of what the file said beside the picture
    if picture.has_transparency_data:
        whole = picture.convert("RGBA")
        bare.paste(whole, mask=whole)
    else:
        bare.paste(picture.convert("RGB"))
    return bare


def _turn(source: Image.Image) -> Image.Transpose | None:
    """Returns how the camera says the picture is to be turned; only this is read of what it wrote."""
    with contextlib.suppress(Exception):  # what it wrote may be anything
        return TURNS.get(source.getexif().get(ORIENTATION, 1))
    return None


def _small_enough(picture: Image.Image) -> Picture:
    for content, size in _tries(picture):
        if len(content) <= MOST_BYTES:
            return Picture(content, *size)
    raise AssertionError("a picture of 64 pixels fits")


def _tries(picture: Image.Image) -> Iterator[tuple[bytes, tuple[int, int]]]:
    while True:
        yield from ((_written(picture, quality), picture.size) for quality in QUALITIES)
        width, height = (max(round(side * SMALLER), 1) for side in picture.size)
        if max(width, height) < SMALLEST_SIDE:
            return
        picture = picture.resize((width, height))


def _written(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
