"""An enrolled sender signs whatever he likes: threats C01 to C09, at the level of bytes."""

from __future__ import annotations

import gzip
import hashlib
import time
import tracemalloc
import zlib
from pathlib import Path

import package_workshop as shop
import pytest
from package_workshop import craft, member, outcome, vector_outcome

from anyue_desktop.exchange.limits import MIB
from anyue_desktop.exchange.sealing import check_age_header
from anyue_desktop.exchange.ustar import END, member_header

PART = "records/000001.jsonl.gz"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(200)
LINES = [one.line for one in shop.sample_records()]

MANIFESTS = {
    "white-space": "E_JSON_CANON", "unsorted": "E_JSON_CANON", "key-twice": "E_JSON_DUPKEY", "float": "E_JSON_NUMBER",
    "exponent": "E_JSON_NUMBER", "minus-zero": "E_JSON_NUMBER", "not-a-number": "E_JSON_NUMBER",
    "endless-integer": "E_JSON_NUMBER", "byte-order-mark": "E_JSON_STRING", "surrogate": "E_JSON_STRING",
    "nul": "E_JSON_STRING", "right-to-left": "E_JSON_STRING", "bad-utf8": "E_UTF8", "decomposed": "E_JSON_NFC",
    "nested": "E_JSON_DEPTH", "very-nested": "E_JSON_DEPTH", "bad-key": "E_JSON_KEY", "not-json": "E_JSON",
    "huge": "E_SIZE",
}  # fmt: skip
COUNTS = {
    "manifest-too-many-records": "E_LIMIT", "manifest-negative-count": "E_MANIFEST",
    "manifest-true-as-number": "E_MANIFEST", "count-too-high": "E_COUNT", "count-too-low": "E_COUNT",
}  # fmt: skip
SIZES = {
    "manifest-payload-size-lies": "E_PAYLOAD_SIZE", "payload-longer-mended": "E_PAYLOAD_SIZE",
    "flip-payload-mended": "E_PAYLOAD_HASH", "manifest-plain-size-small": "E_LIMIT",
    "manifest-plain-size-large": "E_COUNT",
}  # fmt: skip
AGES = {
    "age-60-stanzas": "E_AGE_HEADER", "age-4000-stanzas": "E_AGE_HEADER", "age-passphrase": "E_AGE_HEADER",
    "age-armoured": "E_AGE_HEADER", "age-not-age": "E_AGE_HEADER", "age-cut": "E_DECRYPT",
}  # fmt: skip
GZIPS = {
    "gzip-bomb": "E_BOMB", "gzip-many-lines": "E_COUNT", "gzip-two-members": "E_GZIP", "gzip-truncated": "E_GZIP",
    "gzip-missing": "E_GZIP",
}  # fmt: skip
PATHS = {
    **dict.fromkeys(
        [f"inner-name-{one}" for one in ("escaping", "absolute", "device", "drive", "unknown", "upper-case")],
        "E_INNER_NAME",
    ),
    **dict.fromkeys(
        [f"inner-{one}" for one in ("link", "negative-size", "junk-after-end", "end-missing", "one-end-block")],
        "E_INNER",
    ),
}
ORDERS = {
    "inner-header-missing": "E_INNER_ORDER", "inner-part-hole": "E_INNER_ORDER", "inner-header-twice": "E_INNER_DUP",
    "inner-part-twice": "E_INNER_DUP",
}  # fmt: skip
ATTACHMENTS = {
    "attachment-changed": "E_ATT_HASH", "attachment-other-size": "E_ATT_SIZE", "attachment-missing": "E_ATT_MISSING",
    "attachment-unreferenced": "E_ATT_UNREFERENCED", "attachment-not-counted": "E_COUNT",
    "attachment-program": "E_REC_SCHEMA",
}  # fmt: skip
RECORDS = {
    "record-twice": "E_REC_DUP", "line-empty": "E_JSON", "line-crlf": "E_JSON_STRING", "line-unfinished": "E_REC_LINE",
    "line-endless": "E_REC_LINE", "record-unknown-operation": "E_REC_SCHEMA", "record-extra-key": "E_REC_SCHEMA",
    "line-bad-utf8": "E_UTF8",
}  # fmt: skip


def written(path: Path, crafted: shop.Craft) -> str:
    path.write_bytes(crafted.build())
    return outcome(path)


@pytest.mark.parametrize(("name", "status"), MANIFESTS.items(), ids=MANIFESTS)
def test_C01_a_manifest_no_honest_program_writes_is_refused_at_once(name: str, status: str) -> None:
    began = time.process_time()
    assert vector_outcome(f"manifest-{name}") == status
    assert time.process_time() - began < 1


@pytest.mark.parametrize("character", ["\u200b", "\u2060", "\u2028", "\u2066", "\ufeff", "\uffff", "\x7f", "\x85"])
def test_C01_an_invisible_character_in_a_signed_record_is_refused(tmp_path: Path, character: str) -> None:
    line = LINES[0].replace("张玉珍".encode(), f"张{character}玉珍".encode())
    assert written(tmp_path / "a", craft(lines=[line])) == "E_JSON_STRING"


@pytest.mark.parametrize(("name", "status"), COUNTS.items(), ids=COUNTS)
def test_C02_counts_that_are_absurd_or_untrue_are_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


@pytest.mark.parametrize(("name", "status"), SIZES.items(), ids=SIZES)
def test_C03_sizes_that_lie_are_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


@pytest.mark.parametrize(("name", "status"), AGES.items(), ids=AGES)
def test_C04_an_encryption_that_is_not_the_agreed_one_is_refused_before_it_is_parsed(name: str, status: str) -> None:
    began = time.process_time()
    assert vector_outcome(name) == status
    assert time.process_time() - began < 0.5


def test_C04_twenty_thousand_stanzas_cost_nothing() -> None:
    flood = b"age-encryption.org/v1\n" + b"-> X25519 A\nB\n" * 20_000 + b"--- C\n"
    began = time.process_time()
    with pytest.raises(shop.Refused) as caught:
        check_age_header(flood, 2)
    assert caught.value.status == "E_AGE_HEADER"
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(("name", "status"), GZIPS.items(), ids=GZIPS)
def test_C05_a_part_that_is_not_one_gzip_member_of_the_right_length_is_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


def test_C05_a_gigabyte_in_a_megabyte_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands by itself, so it can be repeated
    bomb = gzip.compress(b"", mtime=0)[:10] + block * 1024
    path = tmp_path / "a.tpkg"
    path.write_bytes(craft(parts={PART: bomb}).build())
    tracemalloc.start()
    began = time.process_time()
    assert outcome(path) == "E_BOMB"
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 1
    assert peak < 64 * MIB


@pytest.mark.parametrize(("name", "status"), PATHS.items(), ids=PATHS)
def test_C06_a_path_trick_of_the_inner_archive_is_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


@pytest.mark.parametrize(
    ("kind", "link"), [(b"x", b""), (b"g", b""), (b"L", b""), (b"1", b"/etc/passwd"), (b"2", b"/etc/passwd"),
    (b"3", b""), (b"5", b""), (b"6", b""), (b"\0", b"")],
    ids=["PAX", "PAX of all", "GNU name", "hard link", "link", "device", "folder", "pipe", "old kind"],
)  # fmt: skip
def test_C06_a_member_that_is_not_a_plain_file_is_refused(tmp_path: Path, kind: bytes, link: bytes) -> None:
    header = bytearray(member_header(PART, 5))
    header[156:157] = kind
    header[157 : 157 + len(link)] = link
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    trick = bytes(header) + b"hello".ljust(512, b"\0")
    crafted = craft(parts={}, archive=lambda tar: tar[: -len(END)] + trick + END)
    assert written(tmp_path / "a", crafted) == "E_INNER"


def test_C06_nothing_of_the_archive_is_ever_written_to_a_path(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    crafted = craft(parts={"../escaped": b"x", "att/x": b"x"})
    assert written(tmp_path / "inbox" / "a.tpkg", crafted) == "E_INNER_NAME"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.tpkg"]


@pytest.mark.parametrize(("name", "status"), ORDERS.items(), ids=ORDERS)
def test_C07_members_out_of_order_or_twice_are_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


def test_C07_an_attachment_twice_or_before_its_records_is_refused(tmp_path: Path) -> None:
    whole = shop.with_picture(PICTURE)
    assert whole.parts is not None
    records, picture = (member(name, content) for name, content in whole.parts.items())
    header = len(END) + len(records) + len(picture)
    for members, status in ((records + picture * 2, "E_INNER_DUP"), (picture + records, "E_ATT_UNREFERENCED")):
        mangled = craft(
            lines=whole.lines, parts=whole.parts, counts=(1, 1), archive=lambda tar, m=members: tar[:-header] + m + END
        )
        assert written(tmp_path / "a", mangled) == status


@pytest.mark.parametrize(("name", "status"), ATTACHMENTS.items(), ids=ATTACHMENTS)
def test_C08_an_attachment_that_does_not_fit_its_record_is_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status


def test_C08_more_attachments_than_the_format_allows_are_refused_before_anything_is_opened(tmp_path: Path) -> None:
    assert written(tmp_path / "a", craft(counts=(3, 200_001))) == "E_LIMIT"


def test_C08_an_attachment_larger_than_allowed_is_not_read(tmp_path: Path) -> None:
    name = hashlib.sha256(PICTURE).hexdigest()
    header = member_header(f"att/{name}", 20 * MIB + 1)
    crafted = craft(
        archive=lambda tar: tar[: -len(END)] + header + PICTURE + END,
        edit=lambda fields: fields["payload"].update(plain_bytes=30 * MIB),
        counts=(3, 1),
    )
    assert written(tmp_path / "a", crafted) == "E_LIMIT"


@pytest.mark.parametrize(("name", "status"), RECORDS.items(), ids=RECORDS)
def test_C09_lines_no_honest_program_writes_are_refused(name: str, status: str) -> None:
    assert vector_outcome(name) == status
