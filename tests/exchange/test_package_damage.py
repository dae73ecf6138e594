"""No damaged file is ever taken in, and none makes the program fall: threats P01 to P07."""

from __future__ import annotations

import io
import os
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import package_workshop as shop
import pytest
from package_workshop import outcome, vector_outcome

DAMAGED = {"E_CONTAINER", "E_TRUNCATED", "E_SIZE"}


@pytest.fixture(scope="module")
def small() -> bytes:
    return shop.craft(lines=[shop.sample_records()[0].line]).build()


@pytest.fixture(scope="module")
def large() -> bytes:
    """A package of about 700 KB, most of it the picture."""
    picture = b"\xff\xd8\xff\xe0" + os.urandom(690_000)
    return shop.with_picture(picture).build()


def flipped(content: bytes, offset: int, bit: int = 2) -> bytes:
    changed = bytearray(content)
    changed[offset] ^= 1 << bit
    return bytes(changed)


def outcomes(path: Path, contents: Iterable[bytes]) -> Counter[str]:
    found: Counter[str] = Counter()
    for content in contents:
        path.write_bytes(content)
        found[outcome(path)] += 1
    return found


def parts_of(package: bytes) -> tuple[bytes, bytes, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        manifest, signature, payload = (archive.read(name) for name in archive.namelist())
    return manifest, signature, payload


def test_P01_one_flipped_bit_in_any_byte_is_refused(tmp_path: Path, small: bytes) -> None:
    path = tmp_path / "a.tpkg"
    path.write_bytes(small)
    found: Counter[str] = Counter()
    with path.open("r+b", buffering=0) as file:  # in place: making the file anew each time costs most of the test
        for offset, byte in enumerate(small):
            os.pwrite(file.fileno(), bytes([byte ^ 1 << offset % 8]), offset)
            found[outcome(path)] += 1
            os.pwrite(file.fileno(), bytes([byte]), offset)
    assert outcome(path) == "OK"
    assert found.total() == len(small)
    assert set(found) <= DAMAGED


def test_P02_a_flipped_bit_under_repaired_check_sums_breaks_signature_or_hash(tmp_path: Path, small: bytes) -> None:
    manifest, signature, payload = parts_of(small)
    path = tmp_path / "a.tpkg"
    changed = (shop.contained(flipped(manifest, at, at % 8), signature, payload) for at in range(len(manifest)))
    assert set(outcomes(path, changed)) == {"E_SIG_BAD"}
    changed = (shop.contained(manifest, flipped(signature, at, at % 8), payload) for at in range(len(signature)))
    assert set(outcomes(path, changed)) <= {"E_SIG_FORMAT", "E_KEY_UNKNOWN", "E_SIG_BAD"}
    changed = (shop.contained(manifest, signature, flipped(payload, at, at % 8)) for at in range(0, len(payload), 5))
    assert set(outcomes(path, changed)) == {"E_PAYLOAD_HASH"}


def test_P02_a_flipped_bit_that_a_site_signs_anew_breaks_the_encryption(tmp_path: Path) -> None:
    changed = (shop.craft(lines=[], payload=lambda own, at=at: flipped(own, at)).build() for at in range(0, 700, 7))
    assert set(outcomes(tmp_path / "a.tpkg", changed)) <= {"E_AGE_HEADER", "E_DECRYPT"}


def test_P03_a_small_file_cut_at_any_length_is_truncated(tmp_path: Path, small: bytes) -> None:
    assert set(outcomes(tmp_path / "a.tpkg", (small[:length] for length in range(0, len(small), 7)))) == {"E_TRUNCATED"}


def test_P03_a_large_file_cut_at_any_block_is_truncated(tmp_path: Path, large: bytes) -> None:
    path = tmp_path / "a.tpkg"
    path.write_bytes(large)
    assert outcome(path) == "OK"
    for length in reversed(range(0, len(large), 4096)):
        os.truncate(path, length)
        assert outcome(path) == "E_TRUNCATED"


def test_P04_a_block_the_stick_lost_is_noticed(tmp_path: Path, large: bytes) -> None:
    path = tmp_path / "a.tpkg"
    path.write_bytes(large)
    found: Counter[str] = Counter()
    with path.open("r+b", buffering=0) as file:
        for start in range(0, len(large), 4096):
            block = large[start : start + 4096]
            os.pwrite(file.fileno(), bytes(len(block)), start)
            found[outcome(path)] += 1
            os.pwrite(file.fileno(), block, start)
    assert found.total() > 160
    assert set(found) == {"E_CONTAINER"}


def test_P05_bytes_before_or_behind_the_file_are_refused(tmp_path: Path, small: bytes) -> None:
    assert {vector_outcome("appended-byte"), vector_outcome("prepended-block")} == {"E_CONTAINER"}
    around = (small + b"\0" * 512, b"\0" + small, b"MZ" + small, small + small)
    assert set(outcomes(tmp_path / "a.tpkg", around)) == {"E_CONTAINER"}


REZIPPED = (
    "member-duplicated", "member-added", "members-reordered", "rezipped-deflated", "rezipped-stored", "payload-missing"
)  # fmt: skip


@pytest.mark.parametrize("name", REZIPPED)
def test_P06_another_arrangement_of_the_members_is_refused(name: str) -> None:
    assert vector_outcome(name) == "E_CONTAINER"


@pytest.mark.parametrize(
    "name",
    [
        "Manifest.json",
        "../nifest.json",
        "/anifest.json",
        "..\\ifest.json",
        unicodedata.normalize("NFD", "manifést.jso"),
    ],
    ids=["upper case", "above", "absolute", "backslash", "decomposed"],
)
def test_P06_a_member_of_another_name_is_refused_and_nothing_is_written(
    tmp_path: Path, small: bytes, name: str
) -> None:
    renamed = small.replace(b"manifest.json", name.encode())  # everywhere: both headers tell the same tale
    inbox = tmp_path / "inner" / "inbox"
    inbox.mkdir(parents=True)
    assert set(outcomes(inbox / "a.tpkg", [renamed])) == {"E_CONTAINER"}
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.tpkg"]


def _with_local_field(package: bytes, offset: int, value: bytes) -> bytes:
    return package[:offset] + value + package[offset + len(value) :]


def _overlapping(package: bytes) -> bytes:
    """All three directory records point at the first member: one content read three times (zip bomb)."""
    start = package.find(b"PK\x01\x02")
    directory = bytearray(package[start:])
    record = 0
    while directory[record : record + 4] == b"PK\x01\x02":
        directory[record + 42 : record + 46] = bytes(4)
        record += 46 + struct.unpack_from("<H", directory, record + 28)[0]
    return package[:start] + bytes(directory)


def _with_false_end(package: bytes) -> bytes:
    """The comment holds a second end record, which a reader searching backwards would believe."""
    false_end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0)
    return package[:-2] + struct.pack("<H", len(false_end)) + false_end


def _with_zip64(package: bytes) -> bytes:
    """The sizes move into a ZIP64 extra field."""
    extra = struct.pack("<2H2Q", 1, 16, 5, 5)
    header = bytearray(package[:30])
    header[18:26] = b"\xff" * 8
    header[28:30] = struct.pack("<H", len(extra))
    return bytes(header) + b"manifest.json" + extra + package[43:]


def _other_size_in_the_directory(package: bytes) -> bytes:
    start = package.find(b"PK\x01\x02")
    return _with_local_field(package, start + 24, struct.pack("<I", 1))


def _other_check_sum_in_the_directory(package: bytes) -> bytes:
    start = package.find(b"PK\x01\x02")
    return _with_local_field(package, start + 16, struct.pack("<I", zlib.crc32(b"other")))


AMBIGUOUS: dict[str, shop.Mangle] = {
    "data descriptor": lambda package: _with_local_field(package, 6, b"\x08"),
    "encrypted flag": lambda package: _with_local_field(package, 6, b"\x01"),
    "deflate in the local header": lambda package: _with_local_field(package, 8, b"\x08"),
    "extra field": lambda package: _with_local_field(package, 28, b"\x04"),
    "date": lambda package: _with_local_field(package, 12, b"\x22"),
    "overlap": _overlapping,
    "false end in the comment": _with_false_end,
    "ZIP64": _with_zip64,
    "size in the directory": _other_size_in_the_directory,
    "check sum in the directory": _other_check_sum_in_the_directory,
}


@pytest.mark.parametrize("trick", AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_P07_a_zip_that_two_readers_would_read_differently_is_refused(
    tmp_path: Path, small: bytes, trick: shop.Mangle
) -> None:
    assert trick(small) != small
    assert set(outcomes(tmp_path / "a.tpkg", [trick(small)])) == {"E_CONTAINER"}
