"""Photographs as they are taken in: looked at before they are decoded, and drawn anew (security.md C13).

What is kept is a new JPEG file of the picture alone: no EXIF, no place, no comments, nothing behind the picture's end.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

from anyue_desktop.core.errors import UserError

MIME = "image/jpeg"
FORMATS = ("JPEG", "PNG")
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 50_000_000
MOST_BYTES = 300 * 1024
LARGEST_FILE = 40 * 1024 * 1024
QUALITIES = (85, 75, 65, 55, 45)
SMALLER = 0.75
SMALLEST_SIDE = 64
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
    if len(content) > LARGEST_FILE:
        raise UserError(f"{called}有 {len(content) // 1024 // 1024} MB，太大了", "请换一张，或先用手机缩小")
    if not content.startswith(MAGIC):
        raise UserError(f"{called}不是照片", ACCEPTED)
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=FORMATS) as source:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _small_enough(_upright(source, called))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UserError(f"{called}的像素太多，不能打开", "请换一张照片") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UserError(f"{called}打不开，文件不完整或已损坏", "请重新拷贝，或换一张照片") from error


def drawn_small(content: bytes, side: int) -> bytes:
    """Returns a JPEG file of at most `side` pixels each way, of a picture from anywhere.

    Raises:
        UserError: it cannot be shown.
    """
    drawn = drawn_anew(content)
    with Image.open(io.BytesIO(drawn.content)) as picture:
        picture.thumbnail((side, side))
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=QUALITIES[0])
    return target.getvalue()


def digest_of(content: bytes) -> str:
    """Returns the SHA-256 under which a content is kept and travels."""
    return hashlib.sha256(content).hexdigest()


def _upright(source: Image.Image, called: str) -> Image.Image:
    width, height = source.size
    if width * height > MOST_PIXELS:
        raise UserError(f"{called}有 {width}×{height} 个像素，太大了", "请换一张照片")
    source.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a fraction of its size
    upright = ImageOps.exif_transpose(source)
    if upright.has_transparency_data:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    upright = upright.convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _small_enough(picture: Image.Image) -> Picture:
    for content, size in _tries(picture):
        if len(content) <= MOST_BYTES:
            return Picture(content, *size)
    raise AssertionError("a picture of 64 pixels fits")


def _tries(picture: Image.Image) -> Iterator[tuple[bytes, tuple[int, int]]]:
    while True:
        bare = Image.new("RGB", picture.size)  # carries none of what the file said beside the picture
        bare.paste(picture)
        for quality in QUALITIES:
            target = io.BytesIO()
            bare.save(target, "JPEG", quality=quality, optimize=True)
            yield target.getvalue(), bare.size
        width, height = (max(round(side * SMALLER), 1) for side in picture.size)
        if max(width, height) < SMALLEST_SIDE:
            return
        picture = picture.resize((width, height))
