"""Where the font files lie; the large ones are unpacked into the cache folder when first needed."""

from __future__ import annotations

import functools
import hashlib
import lzma
from pathlib import Path

from anyue_desktop.core import paths, resources
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import write_bytes

REGULAR = "LedgerSans-Regular.ttf"
BOLD = "LedgerSans-Bold.ttf"
RARE = "LedgerRare.ttf"
EXTENDED = "LedgerExtGH.ttf"


def font_file(name: str, cache: Path | None = None) -> Path:
    """Returns the path of one of the program's fonts, unpacking it into `cache` if need be.

    Raises:
        UserError: the font that came with the program is damaged, or the cache folder cannot be written.
    """
    plain = resources.path("fonts", name)
    if plain.exists():
        return plain
    unpacked = (cache or paths.cache_folder()) / "fonts" / f"{_expected(name)[:16]}-{name}"
    if not (unpacked.exists() and _digest(unpacked.read_bytes()) == _expected(name)):
        write_bytes(unpacked, _unpack(name))
    return unpacked


def _unpack(name: str) -> bytes:
    try:
        content = lzma.decompress(resources.path("fonts", f"{name}.xz").read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise _damaged(name) from error
    if _digest(content) != _expected(name):
        raise _damaged(name)
    return content


def _damaged(name: str) -> UserError:
    return UserError(f"程序自带的字体“{name}”已损坏或缺失", "请重新安装程序后再打印")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@functools.cache
def _sums(listing: Path) -> dict[str, str]:
    pairs = (line.split() for line in listing.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in pairs}


def _expected(name: str) -> str:
    return _sums(resources.path("fonts", "SHA256SUMS"))[name]
