"""Builds the fonts in `resources/fonts/` from pinned packages; run it only when a source or a choice below changes.

Needs Linux with npm, apt-get and dpkg-deb, and fontTools from the `fonts` dependency group, kept out of the daily
environment (the bytes below are those of fontTools 4.68.0):

    python3 -m venv /tmp/fonts-venv && /tmp/fonts-venv/bin/pip install fonttools==4.68.0
    /tmp/fonts-venv/bin/python tools/build_fonts.py --work /tmp/fonts-work

It takes about three minutes. The sources are taken from the package registries, checked by SHA-256, subset, renamed
(their licences reserve the old names) and written with `coverage.json` and `SHA256SUMS`. The outcome is the same bytes
on every run, so `git diff --stat resources/fonts` shows nothing unless something really changed.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import json
import lzma
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.misc.timeTools import timestampFromString
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
CHANGED_ON = "2026-11-23"
STAMP = timestampFromString("Mon Nov 23 00:00:00 2026")

NPM_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
DEBIAN_PACKAGES = ("fonts-hanazono=20170904-2.1", "fonts-babelstone-han=15.0.5-2", "unicode-data=15.0.0-1")

REGULAR = "package/400Regular/NotoSansSC_400Regular.ttf"
BOLD = "package/700Bold/NotoSansSC_700Bold.ttf"
NOTO_LICENCE = "package/LICENSE_FONT"
HANA = "usr/share/fonts/truetype/hanazono/HanaMinB.ttf"
HANA_LICENCE = "usr/share/doc/fonts-hanazono/copyright"
BABELSTONE = "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"
UNIHAN = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"

SHA256 = {
    REGULAR: "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    BOLD: "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    HANA: "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
    BABELSTONE: "a2027ca3606907f6a628e9cd869605e3879beaaa38b37c7fec95b372130628c8",
    UNIHAN: "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
}

NEEDLESS_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "FFTM", "meta", "vhea", "vmtx", "VORG"]
COMPATIBILITY = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
UNIFIED_AMONG_THEM = frozenset(map(ord, "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"))  # ordinary characters in the second block
SYMBOLS = (range(0x20, 0x180), range(0x2000, 0x2070), range(0x2460, 0x2500), range(0x3300, 0x3400))
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2F800), range(0x30000, 0x323B0))
MUST_DRAW = "䶮㛃𣲗𬌗𠅤喆玥犇𪚥贇〓□√·“”—①㎡×年月日第页共"


@dataclass(frozen=True)
class Face:
    """How one built font is called and what it carries from its source."""

    file: str
    family: str
    style: str
    source: str
    note: str
    packed: bool = False

    @property
    def postscript(self) -> str:
        """The PostScript name, which must have no spaces."""
        return self.file.split(".")[0]


SANS = Face("LedgerSans-Regular.ttf", "Ledger Sans", "Regular", REGULAR, "Subset of Noto Sans SC Regular, renamed.")
SANS_BOLD = Face("LedgerSans-Bold.ttf", "Ledger Sans Bold", "Regular", BOLD, "Subset of Noto Sans SC Bold, renamed.")
RARE = Face("LedgerRare.ttf", "Ledger Rare", "Regular", HANA, "Subset of HanaMinB, renamed.", packed=True)
EXTENDED = Face(
    "LedgerExtGH.ttf", "Ledger ExtGH", "Regular", BABELSTONE, "Subset of BabelStone Han, renamed.", packed=True
)


def main() -> None:
    """Fetches, builds and records all fonts."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--work", type=Path, required=True, help="folder for downloads, kept between runs")
    work = arguments.parse_args().work
    fetch(work)
    for path, expected in SHA256.items():
        check(work / path, expected)
    covered = build_all(work)
    write_licences(work)
    write_coverage(covered)
    write_sums()


def fetch(work: Path) -> None:
    """Downloads and unpacks the pinned packages unless an earlier run did."""
    if all((work / path).exists() for path in SHA256):
        return
    work.mkdir(parents=True, exist_ok=True)
    run(work, "npm", "pack", "--silent", NPM_PACKAGE)
    run(work, "tar", "xzf", *names(work.glob("*.tgz")))
    run(work, "apt-get", "download", *DEBIAN_PACKAGES)
    for package in names(work.glob("*.deb")):
        run(work, "dpkg-deb", "-x", package, ".")


def run(folder: Path, *command: str) -> None:
    """Runs one command in a folder; a failure ends the build."""
    subprocess.run(command, cwd=folder, check=True)


def names(paths: Iterable[Path]) -> list[str]:
    """Returns sorted file names."""
    return sorted(path.name for path in paths)


def check(path: Path, expected: str) -> None:
    """Ends the build if a source is not the one these choices were made for."""
    found = sha256(path)
    if found != expected:
        sys.exit(f"{path}: SHA-256 is {found}, expected {expected}")


def build_all(work: Path) -> set[int]:
    """Builds the four faces, each of the later ones only with what the earlier lack; returns all code points."""
    sans = without_doubles(code_points(work / REGULAR))
    bold = sans & headline_set(work)
    build(work, SANS, sans)
    build(work, SANS_BOLD, bold)
    rare = han_only(code_points(work / HANA)) - sans
    build(work, RARE, rare)
    extended = han_only(code_points(work / BABELSTONE)) - sans - rare
    build(work, EXTENDED, extended)
    covered = sans | rare | extended
    missing = [character for character in MUST_DRAW if ord(character) not in covered]
    if missing:
        sys.exit(f"no font draws {missing}")
    return covered


def code_points(path: Path) -> dict[int, str]:
    """Returns which glyph a font draws for each code point."""
    with TTFont(path, lazy=True) as font:
        return dict(font.getBestCmap())


def without_doubles(cmap: dict[int, str]) -> set[int]:
    """Leaves out radicals and compatibility code points that share their glyph with an ordinary character.

    Text drawn with such a glyph could be copied out as U+2F24 instead of 大.
    """
    ordinary = {glyph for point, glyph in cmap.items() if not is_compatibility(point)}
    return {point for point, glyph in cmap.items() if not (is_compatibility(point) and glyph in ordinary)}


def is_compatibility(point: int) -> bool:
    """Says whether a code point is a radical or a compatibility form."""
    return within(COMPATIBILITY, point) and point not in UNIFIED_AMONG_THEM


def han_only(cmap: Iterable[int]) -> set[int]:
    """Keeps the ideographs."""
    return {point for point in cmap if within(HAN, point)}


def within(blocks: Iterable[range], point: int) -> bool:
    """Says whether a code point lies in one of the blocks."""
    return any(point in block for block in blocks)


def headline_set(work: Path) -> set[int]:
    """Returns what bold headings need: 通用规范汉字表 (kTGH), GB 2312 with its symbols, and Latin."""
    lines = bz2.decompress((work / UNIHAN).read_bytes()).decode()
    general = {int(point, 16) for point in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", lines, re.MULTILINE)}
    return general.union(gb2312(), *SYMBOLS)


def gb2312() -> Iterator[int]:
    """Yields the code points of GB 2312."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, cell)).decode("gb2312", "ignore"))


def build(work: Path, face: Face, points: set[int]) -> None:
    """Writes one subset face without hints and layout tables, with its own names and a fixed date."""
    options = subset.Options(
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        recalc_timestamp=False,
        layout_features=[],
        name_IDs=["*"],
    )
    options.drop_tables += NEEDLESS_TABLES
    font = TTFont(work / face.source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    rename(font, face)
    font["head"].modified = STAMP
    built = work / face.file
    font.save(built)
    finish(built, face)


def rename(font: TTFont, face: Face) -> None:
    """Gives the face its own names; copyright and licence entries (0, 13, 14) stay as their holders wrote them."""
    table = font["name"]
    table.names = [entry for entry in table.names if entry.platformID == 3 and entry.nameID in (0, 13, 14)]
    own = {
        1: face.family,
        2: face.style,
        3: f"{face.postscript};{CHANGED_ON}",
        4: face.family,
        5: "Version 1.000",
        6: face.postscript,
        10: f"{face.note} Changed {CHANGED_ON}: characters chosen, hints and layout tables left out, renamed.",
    }
    for number, text in own.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0


def finish(built: Path, face: Face) -> None:
    """Puts the built file, packed where it is large and seldom needed, into the target folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    content = built.read_bytes()
    if face.packed:
        (TARGET / f"{face.file}.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    else:
        (TARGET / face.file).write_bytes(content)
    sys.stdout.write(f"{face.file} {len(content):,} bytes, SHA-256 {sha256(built)}\n")


def write_licences(work: Path) -> None:
    """Copies the licence texts the fonts came with."""
    (TARGET / "OFL.txt").write_bytes((work / NOTO_LICENCE).read_bytes())
    (TARGET / "HANAZONO.txt").write_bytes((work / HANA_LICENCE).read_bytes())
    with TTFont(work / BABELSTONE, lazy=True) as font:
        (TARGET / "ARPHICPL.TXT").write_text(str(font["name"].getName(13, 3, 1, 0x409)), encoding="utf-8")


def write_coverage(points: set[int]) -> None:
    """Writes which characters any of the fonts draws, as closed ranges."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    lines = ",\n".join(f"    {json.dumps(pair)}" for pair in ranges)
    (TARGET / "coverage.json").write_text(f'{{\n  "ranges": [\n{lines}\n  ]\n}}\n', encoding="utf-8")


def write_sums() -> None:
    """Writes SHA256SUMS; packed fonts are listed a second time by the digest of what is inside."""
    lines = []
    for path in [*sorted(TARGET.glob("*.ttf*")), TARGET / "coverage.json"]:
        lines.append(f"{sha256(path)}  {path.name}")
        if path.suffix == ".xz":
            lines.append(f"{hashlib.sha256(lzma.decompress(path.read_bytes())).hexdigest()}  {path.stem}")
    (TARGET / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Returns the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
