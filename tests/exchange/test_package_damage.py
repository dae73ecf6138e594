"""No damaged file is ever taken in, and none makes the program fall."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import package_workshop as shop

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.package import open_package

DESK = shop.county_desk()


def outcome(path: Path) -> str:
    try:
        for _ in open_package(path, DESK, lambda _site: None).records():
            pass
    except Refused as refused:
        return refused.status
    return "OK"


def test_one_flipped_bit_in_any_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tpkg"
    content = shop.craft(lines=[shop.sample_records()[0].line]).build()
    path.write_bytes(content)
    found: Counter[str] = Counter()
    with path.open("r+b", buffering=0) as file:  # in place: making the file anew each time costs most of the test
        for offset, byte in enumerate(content):
            os.pwrite(file.fileno(), bytes([byte ^ 1 << offset % 8]), offset)
            found[outcome(path)] += 1
            os.pwrite(file.fileno(), bytes([byte]), offset)
    assert outcome(path) == "OK"
    assert found.total() == len(content)
    assert set(found) <= {"E_CONTAINER", "E_TRUNCATED", "E_SIZE"}


def test_one_flipped_bit_of_a_mended_payload_is_refused(tmp_path: Path) -> None:
    """The attacker repairs the check sums and signs anew with a site's key: encryption must still notice."""
    path = tmp_path / "a.tpkg"
    for offset in range(0, 700, 7):
        crafted = shop.craft(lines=[], payload=lambda own, at=offset: flip(own, at))
        path.write_bytes(crafted.build())
        assert outcome(path) in ("E_AGE_HEADER", "E_DECRYPT")


def flip(content: bytes, offset: int) -> bytes:
    changed = bytearray(content)
    changed[offset] ^= 4
    return bytes(changed)


def test_a_file_cut_at_any_length_is_truncated(tmp_path: Path) -> None:
    path = tmp_path / "a.tpkg"
    content = shop.craft().build()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        assert outcome(path) == "E_TRUNCATED"
