"""A thief, a courier or a neighbour with his own key meets the package on its way: threats P08 to P28."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import package_workshop as shop
import pytest
from package_workshop import outcome, vector_outcome

from anyue_desktop.exchange import authentic
from anyue_desktop.exchange.authentic import RefusedPackage
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.package import open_package, write_package
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import digest_of
from anyue_desktop.exchange.stick import Stick


def test_P08_a_key_the_county_never_listed_is_refused() -> None:
    assert vector_outcome("unknown-sender") == "E_KEY_UNKNOWN"


def test_P09_the_neighbour_cannot_sign_a_package_as_his_own_under_our_name() -> None:
    assert vector_outcome("foreign-sender") == "E_SENDER"
    assert vector_outcome("manifest-other-key") == "E_SENDER"


def test_P10_a_stolen_ciphertext_does_not_fit_another_site() -> None:
    assert {vector_outcome("stolen-payload"), vector_outcome("foreign-site-inside")} == {"E_BINDING"}


def test_P11_an_old_ciphertext_does_not_fit_a_new_manifest_of_its_own_site(tmp_path: Path) -> None:
    assert vector_outcome("own-payload-rewrapped") == "E_BINDING"
    with zipfile.ZipFile(shop.VECTORS / "good.tpkg") as archive:
        manifest, payload = archive.read("manifest.json"), archive.read("payload.age")
    later = shop.heading(sequence=2, previous=digest_of(manifest))
    path = tmp_path / "later.tpkg"
    path.write_bytes(shop.craft(heading=later, payload=lambda _own: payload).build())
    known = {"id": shop.CHAIN, "digests": {"1": digest_of(manifest)}}
    assert outcome(path, known) == "E_BINDING"


@pytest.mark.parametrize("namespace", ["tpkg-receipt-v1", "tpkg-trust-v1", "tpkg-enrol-v1", "file", "git", ""])
def test_P12_a_signature_made_for_another_purpose_is_refused(tmp_path: Path, namespace: str) -> None:
    path = tmp_path / "a.tpkg"
    path.write_bytes(shop.craft(namespace=namespace).build())
    assert outcome(path) == "E_SIG_FORMAT"


def test_P13_one_signature_has_one_spelling() -> None:
    assert {vector_outcome("armour-crlf"), vector_outcome("armour-wider")} == {"E_SIG_FORMAT"}
    assert vector_outcome("signature-plus-order") == "E_SIG_BAD"


def test_P13_the_unused_bits_of_the_last_letter_cannot_be_used(tmp_path: Path) -> None:
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    def with_tail_bits(text: bytes) -> bytes:
        body, padding = re.fullmatch(rb"(.*?)(=+\n-----END SSH SIGNATURE-----\n)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        return body[:-1] + bytes([letters[letters.index(body[-1]) + 1]]) + padding

    path = tmp_path / "a.tpkg"
    path.write_bytes(shop.craft(signature=with_tail_bits).build())
    assert outcome(path) == "E_SIG_FORMAT"


def test_P14_a_key_counts_only_while_it_is_in_force() -> None:
    found = [vector_outcome(f"{state}-sender") for state in ("revoked", "expired", "not-yet-valid")]
    assert found == ["E_KEY_REVOKED", "E_KEY_EXPIRED", "E_KEY_NOT_YET"]


def test_P15_a_revoked_key_cannot_date_its_package_back() -> None:
    assert vector_outcome("revoked-sender-back-dated") == "E_KEY_REVOKED"


def test_P16_a_package_for_somebody_else_is_not_taken_in() -> None:
    assert {vector_outcome("wrong-recipient"), vector_outcome("wrong-recipient-key")} == {"E_RECIPIENT"}
    assert vector_outcome("sealed-to-others") == "E_DECRYPT"


def test_P17_nobody_can_be_added_to_those_who_may_read() -> None:
    assert vector_outcome("eavesdropper-named") == "E_RECIPIENT"
    assert vector_outcome("eavesdropper-hidden") == "E_AGE_HEADER"


def test_P18_the_recovery_key_cannot_be_left_out() -> None:
    assert vector_outcome("recovery-left-out") == "E_AGE_HEADER"


def test_P19_a_replayed_package_is_known(tmp_path: Path) -> None:
    assert vector_outcome("replay") == "E_REPLAY"
    digest = digest_of(zipfile.ZipFile(shop.VECTORS / "good.tpkg").read("manifest.json"))
    former = ChainState(shop.OTHER_CHAIN, {1: "a1" * 32}, frozenset({digest}))
    with pytest.raises(RefusedPackage) as caught:
        open_package(shop.VECTORS / "good.tpkg", shop.DESK, lambda _site: former)
    assert (caught.value.status, caught.value.counted) == ("E_REPLAY", False)


def test_P20_a_package_out_of_order_names_what_is_missing(tmp_path: Path) -> None:
    assert {vector_outcome("gap"), vector_outcome("first-is-second")} == {"E_GAP"}
    third = tmp_path / "third.tpkg"
    third.write_bytes(shop.craft(heading=shop.heading(sequence=3, previous="a2" * 32)).build())
    known = ChainState(shop.CHAIN, {1: "a1" * 32})
    with pytest.raises(RefusedPackage, match="缺少第 2 包") as caught:
        open_package(third, shop.DESK, lambda _site: known)
    assert (caught.value.status, caught.value.counted) == ("E_GAP", False)


def test_P21_the_same_number_with_another_content_is_a_fork() -> None:
    assert vector_outcome("fork") == "E_FORK"


def test_P22_a_package_that_follows_nothing_we_know_is_refused() -> None:
    assert (vector_outcome("wrong-previous"), vector_outcome("other-chain")) == ("E_PREV", "E_CHAIN_UNKNOWN")


def test_P23_numbers_cannot_be_run_forward() -> None:
    assert vector_outcome("fast-forward") == "E_GAP"


def test_P24_neither_version_nor_suite_can_be_lowered(tmp_path: Path) -> None:
    assert (vector_outcome("below-agreed-version"), vector_outcome("other-suite")) == ("E_DOWNGRADE", "E_SUITE")
    rows = [replace(row, suites=("S2",)) if row.site == shop.SITE else row for row in shop.DESK.trust.certificates]
    raised = replace(shop.DESK, trust=replace(shop.DESK.trust, certificates=tuple(rows)))
    assert outcome(shop.VECTORS / "good.tpkg", desk=raised) == "E_SUITE"


def test_P25_what_only_a_newer_program_reads_is_held() -> None:
    found = [vector_outcome(name) for name in ("newer-format", "newer-schema", "critical-extension")]
    assert found == ["E_VERSION_NEWER", "E_SCHEMA_NEWER", "E_CRIT"]


def test_P25_a_held_file_does_not_move_the_chain_and_is_taken_in_after_the_update(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = shop.VECTORS / "newer-schema.tpkg"
    with pytest.raises(RefusedPackage) as caught:
        open_package(path, shop.DESK, lambda _site: None)
    assert not caught.value.counted
    monkeypatch.setitem(authentic.SCHEMA_VERSIONS, Purpose.PACKAGE, 2)  # the updated program reads it
    assert outcome(path) == "OK"


def test_P26_a_county_clock_set_back_is_noticed() -> None:
    slow = shop.county_desk(shop.ISSUED - timedelta(days=3))
    assert outcome(shop.VECTORS / "good.tpkg", desk=slow) == "E_CLOCK_BEHIND"
    recorded = replace(shop.DESK, clock_floor=shop.NOW + timedelta(minutes=1))
    assert outcome(shop.VECTORS / "good.tpkg", desk=recorded) == "E_CLOCK_BEHIND"


def test_P26_a_package_from_the_future_is_refused_and_one_from_the_past_only_noted(tmp_path: Path) -> None:
    assert vector_outcome("made-in-the-future") == "E_CLOCK_FUTURE"
    path = tmp_path / "a.tpkg"
    path.write_bytes(shop.craft(heading=shop.heading(created_at=shop.ISSUED - timedelta(days=900))).build())
    incoming = open_package(path, shop.DESK, lambda _site: None)
    assert incoming.clock_behind
    assert len(list(incoming.records())) == 3


def test_P27_nothing_personal_stands_outside_the_encryption(tmp_path: Path) -> None:
    records = shop.sample_records()
    first, second = (
        write_package(tmp_path / name, shop.heading(), records, shop.signing("site")) for name in ("a", "b")
    )
    content = first.path.read_bytes()
    for secret in ("张玉珍", "512099194803020020", "王芳", "李强", "person", "elder_visit", "1948"):
        assert secret.encode() not in content
    for record in records:  # nor a hash by which a guess could be confirmed
        assert record.hash.encode() not in content
    with zipfile.ZipFile(first.path) as one, zipfile.ZipFile(second.path) as other:
        assert one.read("payload.age") != other.read("payload.age")


def test_P28_what_the_stick_becomes_after_it_was_copied_does_not_matter(tmp_path: Path) -> None:
    source = tmp_path / "TPKG" / "a.tpkg"
    source.parent.mkdir()
    source.write_bytes((shop.VECTORS / "good.tpkg").read_bytes())
    copy = Stick(tmp_path).fetch(source, tmp_path / "inbox")
    incoming = open_package(copy, shop.DESK, lambda _site: None)
    source.write_bytes((shop.VECTORS / "other-suite.tpkg").read_bytes())
    assert list(incoming.records()) == shop.sample_records()
