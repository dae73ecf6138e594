"""Encryption, archive and parts hold what they promise, in bounded memory."""

from __future__ import annotations

import gzip
import io
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import package_workshop as shop
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue_desktop.core.errors import Cancelled, Refused
from anyue_desktop.exchange.parts import compressed, lines_of
from anyue_desktop.exchange.sealing import ChunkReader, check_age_header, opened, seal
from anyue_desktop.exchange.spool import Spool
from anyue_desktop.exchange.ustar import END, ArchiveReader, archive_size

COUNTY, RECOVERY, STRANGER = (shop.box(name) for name in ("county", "recovery", "stranger"))


def sealed(plain: bytes) -> bytes:
    target = io.BytesIO()
    seal([plain], target, [COUNTY.recipient, RECOVERY.recipient])
    return target.getvalue()


def status_of(act: object) -> str:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return caught.value.status


@settings(max_examples=20)
@given(st.binary(max_size=200_000), st.integers(1, 70_000))
def test_what_is_sealed_is_opened_by_either_key(plain: bytes, step: int) -> None:
    content = sealed(plain)
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    for key in (COUNTY, RECOVERY):
        assert b"".join(opened(pieces, [key])) == plain


def test_a_former_key_still_opens() -> None:
    assert b"".join(opened([sealed(b"old")], [STRANGER, COUNTY])) == b"old"


def test_another_key_or_a_cut_or_changed_stream_is_not_opened() -> None:
    content = sealed(bytes(200_000))
    changed = content[:100_000] + bytes([content[100_000] ^ 1]) + content[100_001:]
    assert status_of(lambda: list(opened([content], [STRANGER]))) == "E_DECRYPT"
    for broken in (content[:-1], content[:-40_000], changed, content + b"\0", content[:300], b""):
        assert status_of(lambda broken=broken: list(opened([broken], [COUNTY]))) == "E_DECRYPT"


def test_a_failure_of_the_source_is_told_as_it_was() -> None:
    def failing() -> Iterator[bytes]:
        yield sealed(bytes(100_000))[:50_000]
        raise Cancelled

    with pytest.raises(Cancelled):
        list(opened(failing(), [COUNTY]))
    with pytest.raises(Cancelled):
        seal(failing(), io.BytesIO(), [COUNTY.recipient])


def test_the_header_must_name_exactly_the_stated_recipients() -> None:
    start = sealed(b"")
    check_age_header(start, 2)
    for count in (1, 3):
        assert status_of(lambda count=count: check_age_header(start, count)) == "E_AGE_HEADER"
    hidden = start.replace(b"-> X25519", b"-> piv-p256 x\nAAAA\n-> X25519", 1)
    assert status_of(lambda: check_age_header(hidden, 2)) == "E_AGE_HEADER"


def test_thousands_of_stanzas_are_refused_at_once() -> None:
    began = time.process_time()
    flood = b"age-encryption.org/v1\n" + b"-> X25519 A\nB\n" * 20_000 + b"--- C\n"
    assert status_of(lambda: check_age_header(flood, 2)) == "E_AGE_HEADER"
    assert time.process_time() - began < 0.5


@given(st.lists(st.binary(max_size=1500), max_size=5))
def test_an_archive_is_read_as_ordinary_tar_reads_it(contents: list[bytes]) -> None:
    archive = b"".join(shop.member(f"m{number}", one) for number, one in enumerate(contents)) + END
    assert len(archive) == archive_size([len(one) for one in contents])
    reader = ArchiveReader(ChunkReader([archive]))
    found = [(member.name, reader.content(member)) for member in reader.members()]
    assert found == [(f"m{number}", one) for number, one in enumerate(contents)]
    assert reader.consumed == len(archive)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        listed = [(one.name, tar.extractfile(one).read()) for one in tar.getmembers()]  # type: ignore[union-attr]
    assert listed == found


@given(st.binary(max_size=1200))
def test_arbitrary_bytes_are_no_archive(content: bytes) -> None:
    reader = ArchiveReader(ChunkReader([content]))
    assert status_of(lambda: [reader.content(one) for one in reader.members()]) == "E_INNER"


@given(st.lists(st.binary(max_size=300).map(lambda line: line.replace(b"\n", b"")), max_size=60))
def test_lines_come_back_from_their_parts_and_zcat_reads_them(lines: list[bytes]) -> None:
    parts = list(compressed(lines, part_size=1000))
    assert [line for part in parts for line in lines_of(part, 100)] == lines
    assert all(len(gzip.decompress(part)) <= 1000 for part in parts)
    assert b"".join(map(gzip.decompress, parts)) == b"".join(line + b"\n" for line in lines)


def test_a_part_does_not_tell_on_which_system_it_was_made() -> None:
    (part,) = compressed([b"{}"])
    assert part[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


def test_the_spool_gives_back_its_pieces_and_keeps_them_secret(tmp_path: Path) -> None:
    pieces = [b"", b"secret" * 1000, b"x"]
    spool = Spool(tmp_path)
    for piece in pieces:
        spool.append(piece)
    assert list(spool.pieces()) == pieces == list(spool.pieces())
    on_disk = subprocess.run(["ls", "-A", str(tmp_path)], check=True, capture_output=True).stdout
    assert on_disk == b""
    spool.close()
