"""The county's answer: signed, sealed to one site, cumulative, and compared with what was really sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import package_workshop as shop
import pytest

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.authentic import Desk, Receiver, RefusedPackage
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.package import open_package
from anyue_desktop.exchange.receipt import Receipt, open_receipt, write_receipt
from anyue_desktop.exchange.receipt_lines import (
    Acknowledgement,
    ReceiptLine,
    Request,
    Return,
    Transfer,
    encode_line,
    read_line,
)
from anyue_desktop.exchange.trust import SignerKey

AT = "2026-11-23T16:00:00+08:00"
SENT = {(shop.CHAIN, 1): "a1" * 32, (shop.CHAIN, 2): "a2" * 32}
LINES: list[ReceiptLine] = [
    Acknowledgement(shop.CHAIN, 1, "a1" * 32, "accepted", 120, 3, AT),
    Acknowledgement(shop.CHAIN, 2, "a2" * 32, "rejected", 0, 0, AT, "E_COUNT"),
    Return(shop.identity(7), "R_DUP_PERSON", "与某镇登记的人员重复", 3, "b3" * 32, "id_number"),
    Request("resend", 2),
    Request("update_app"),
    Transfer(shop.identity(8), "t512021102a"),
]


def sent(chain: str, sequence: int) -> str | None:
    return SENT.get((chain, sequence))


def written(folder: Path, lines: list[ReceiptLine] | None = None, signer: str = "receipt", **changes: Any) -> Path:
    path = folder / "r.tpkg"
    write_receipt(path, shop.receipt_heading(**changes), lines or LINES, shop.signing(signer))
    return path


def taken_in(path: Path, desk: Desk | None = None, last: int = 0, **options: Any) -> Receipt:
    return open_receipt(path, desk or shop.site_desk(), last, sent, **options)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.status


def test_the_township_reads_what_the_county_said(tmp_path: Path) -> None:
    receipt = taken_in(written(tmp_path))
    assert list(receipt.lines) == LINES
    assert [one.sequence for one in receipt.acknowledgements] == [1, 2]
    assert [one.code for one in receipt.returns] == ["R_DUP_PERSON"]
    assert [one.what for one in receipt.requests] == ["resend", "update_app"]
    assert [one.to_site for one in receipt.transfers] == ["t512021102a"]


def test_the_published_receipt_answers_the_published_package() -> None:
    digest = inspect_file(shop.VECTORS / "good.tpkg").digest
    path = shop.VECTORS / "documents" / f"r-{shop.SITE}-000001.tpkg"
    receipt = open_receipt(path, shop.site_desk(), 0, lambda _chain, _sequence: digest)
    assert list(receipt.lines) == shop.sample_answer(digest)


@pytest.mark.parametrize("line", LINES)
def test_every_line_survives_its_spelling(line: ReceiptLine) -> None:
    assert read_line(encode_line(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        b'{"t":"gift"}',
        b"{}",
        b'{"t":1}',
        encode_line(LINES[5]).replace(b'"id"', b'"iv"'),
        encode_line(LINES[3]).replace(b"resend", b"delete"),
        encode_line(LINES[2]).replace(b"R_DUP_PERSON", b"R_ANYTHING"),
    ],
)
def test_an_unknown_or_misshapen_line_is_refused(line: bytes) -> None:
    assert refusal(lambda: read_line(line)) == "E_REC_SCHEMA"


def test_A01_a_receipt_that_no_receipt_key_signed_is_refused(tmp_path: Path) -> None:
    for signer in ("outsider", "site", "root"):
        path = written(tmp_path, signer=signer)
        assert refusal(lambda path=path: taken_in(path)) == "E_KEY_UNKNOWN"


def test_A01_a_package_is_no_receipt_and_a_receipt_no_package(tmp_path: Path) -> None:
    assert refusal(lambda: taken_in(shop.VECTORS / "good.tpkg")) == "E_SIG_FORMAT"
    path = written(tmp_path)
    assert refusal(lambda: open_package(path, shop.county_desk(), lambda _site: None)) == "E_SIG_FORMAT"
    with pytest.raises(ValueError, match="receipt"):
        write_receipt(path, shop.heading(), LINES, shop.signing("receipt"))


def test_A02_a_receipt_for_another_site_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, recipient="t512021102a")
    assert refusal(lambda: taken_in(path)) == "E_RECIPIENT"
    other = replace(shop.site_desk(), receiver=Receiver("t512021102a", (shop.box("other_site"),)))
    assert refusal(lambda: taken_in(written(tmp_path), other)) == "E_RECIPIENT"


def test_an_expired_or_revoked_receipt_key_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    desk = shop.site_desk()
    key = shop.signing("receipt").public
    for row, status in (
        (SignerKey(key, shop.ISSUED, shop.NOW - timedelta(days=1)), "E_KEY_EXPIRED"),
        (SignerKey(key, shop.ISSUED, shop.EXPIRES, shop.NOW), "E_KEY_REVOKED"),
    ):
        judged = replace(desk, trust=replace(desk.trust, receipt_keys=(row,)))
        assert refusal(lambda judged=judged: taken_in(path, judged)) == status


def test_A03_an_old_receipt_cannot_hide_what_a_newer_one_returned(tmp_path: Path) -> None:
    path = written(tmp_path, sequence=4, previous="cc" * 32)
    assert taken_in(path, last=1).manifest.heading.sequence == 4
    assert refusal(lambda: taken_in(path, last=4)) == "E_REPLAY"


def test_A04_an_acknowledged_package_this_laptop_never_made_stops_everything(tmp_path: Path) -> None:
    path = written(tmp_path, [replace(LINES[0], digest="ee" * 32)])
    with pytest.raises(RefusedPackage) as caught:
        taken_in(path)
    assert (caught.value.status, caught.value.manifest.heading.sender) == ("E_ACK_FORK", shop.COUNTY)


def test_an_acknowledged_sequence_beyond_the_own_is_stopped_except_after_a_restore(tmp_path: Path) -> None:
    path = written(tmp_path, [replace(LINES[0], sequence=9)])
    assert refusal(lambda: taken_in(path)) == "E_ACK_UNKNOWN"
    assert taken_in(path, after_restore=True).acknowledgements[0].sequence == 9
    forged = written(tmp_path, [replace(LINES[0], digest="ee" * 32)])
    assert refusal(lambda: taken_in(forged, after_restore=True)) == "E_ACK_FORK"


def test_a_damaged_receipt_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    content = bytearray(path.read_bytes())
    content[-700] ^= 1
    path.write_bytes(content)
    assert refusal(lambda: taken_in(path)) == "E_CONTAINER"
