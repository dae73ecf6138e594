"""The fonts that come with the program, so that every name can be drawn on every machine."""

from __future__ import annotations

import lzma
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from anyue_desktop.core import files, paths, resources

MAIN_FILES = ("LedgerSans-Regular.ttf", "LedgerSans-Bold.ttf")
RARE_FILES = ("LedgerRare.ttf.xz", "LedgerExtGH.ttf.xz")
SYSTEM_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "Droid Sans Fallback")


def load_main() -> list[str]:
    """Loads the everyday fonts and returns their families; none when the files are absent."""
    folder = resources.path("fonts")
    return _families([folder / name for name in MAIN_FILES if (folder / name).exists()])


def unpack_rare() -> list[Path]:
    """Returns the fonts of rare characters that come along, unpacked once into the cache folder."""
    return [_unpacked(resources.path("fonts", name)) for name in RARE_FILES if resources.path("fonts", name).exists()]


def load_rare(sources: list[Path]) -> list[str]:
    """Loads the unpacked fonts of rare characters and returns their families."""
    return _families(sources)


def chain(families: list[str], pixels: int) -> QFont:
    """Returns the font that tries the families in turn, then what the system has for Chinese."""
    font = QFont()
    font.setFamilies([*families, *SYSTEM_FAMILIES, *QFont().families()])
    font.setPixelSize(pixels)
    return font


def _families(sources: list[Path]) -> list[str]:
    found: list[str] = []
    for source in sources:
        number = QFontDatabase.addApplicationFont(str(source))
        if number >= 0:
            found.extend(family for family in QFontDatabase.applicationFontFamilies(number) if family not in found)
    return found


def _unpacked(packed: Path) -> Path:
    target = paths.cache_folder() / packed.name.removesuffix(".xz")
    if not target.exists() or target.stat().st_mtime < packed.stat().st_mtime:
        files.write_bytes(target, lzma.decompress(packed.read_bytes()))
    return target
