"""Who may send what: believed only from the root, only forward, only after the telephone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import package_workshop as shop
import pytest

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.allowed_signers import allowed_signers
from anyue_desktop.exchange.digits import same_digits
from anyue_desktop.exchange.enrolment import (
    EnrolmentRequest,
    admit,
    check_enrolment,
    read_enrolment,
    write_enrolment,
)
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import write_signed
from anyue_desktop.exchange.trust import SHAPES, TrustBundle
from anyue_desktop.exchange.trust_file import accept_trust, write_trust

DOCUMENTS = shop.VECTORS / "documents"


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.status


def written(folder: Path, signer: str = "root", **changes: Any) -> Path:
    path = folder / "trust.tpkg"
    write_trust(path, replace(shop.trust_bundle(), **changes), shop.signing(signer))
    return path


def request(**changes: Any) -> EnrolmentRequest:
    plain = EnrolmentRequest(
        site="t512021107a",
        sign_key=shop.signing("outsider").public,
        recipient=shop.box("stranger").recipient,
        serial=shop.identity(0xCE77),
        nonce="5a" * 32,
        created_at=shop.NOW,
    )
    return replace(plain, **changes)


def held(folder: Path) -> TrustBundle:
    return write_trust(folder / "held.tpkg", shop.trust_bundle(), shop.signing("root"))


def digits() -> str:
    return " ".join(shop.trust_bundle().root_digits.split()[-2:])


def test_a_bundle_comes_back_as_it_was_written_also_from_its_kept_bytes(tmp_path: Path) -> None:
    bundle = replace(shop.trust_bundle(), two_person=True, next_root=shop.signing("new_root").public)
    write_trust(tmp_path / "t", bundle, shop.signing("root"))
    found = accept_trust(tmp_path / "t", shop.NOW, None, digits())
    assert found == bundle
    kept = canonical.encode(inspect_file(tmp_path / "t").fields)
    assert (TrustBundle.parse(kept), TrustBundle.parse(kept).digest) == (found, found.digest)


def test_the_published_bundle_is_accepted() -> None:
    assert accept_trust(DOCUMENTS / "trust-000001.tpkg", shop.NOW, None, digits()) == shop.trust_bundle()


def test_K02_the_first_bundle_needs_the_digits_of_the_card(tmp_path: Path) -> None:
    path = written(tmp_path)
    for typed in ("", "12345 67890", digits()[:5]):
        assert refusal(lambda typed=typed: accept_trust(path, shop.NOW, None, typed)) == "E_TRUST_COUNTY"
    assert accept_trust(path, shop.NOW, None, digits().replace(" ", ""))


def test_typed_digits_may_be_spaced_or_full_width() -> None:
    fingerprint = "15594 74084 79692 26709 64306 84070"
    for typed in ("64306 84070", "6430684070", " ６４３０６　８４０７０ "):
        assert same_digits(fingerprint, typed, 2)
    for typed in ("84070", "84070 64306", "64306 8407", "x"):
        assert not same_digits(fingerprint, typed, 2)


def test_K06_a_bundle_of_another_root_is_refused(tmp_path: Path) -> None:
    foreign = written(tmp_path, "outsider", root=shop.signing("outsider").public, version=2, previous="a" * 64)
    bundle = held(tmp_path)
    assert refusal(lambda: accept_trust(foreign, shop.NOW, bundle)) == "E_KEY_UNKNOWN"


@pytest.mark.parametrize("signer", ["receipt", "site"])
def test_K06_a_bundle_signed_by_a_lesser_key_of_the_county_is_refused(tmp_path: Path, signer: str) -> None:
    bundle = held(tmp_path)
    following = replace(bundle.successor(shop.ISSUED, shop.EXPIRES), two_person=True)
    path = tmp_path / "lesser"
    write_trust(path, following, shop.signing(signer))
    assert refusal(lambda: accept_trust(path, shop.NOW, bundle)) == "E_KEY_UNKNOWN"


def test_a_bundle_that_names_a_root_that_did_not_sign_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t"
    write_signed(path, Purpose.TRUST, shop.trust_bundle().fields(), SHAPES, shop.signing("outsider"))
    assert refusal(lambda: accept_trust(path, shop.NOW, None, digits())) == "E_SENDER"


def test_K03_K04_K05_old_forked_foreign_expired_and_future_bundles_are_refused(tmp_path: Path) -> None:
    first = held(tmp_path)
    second = write_trust(
        tmp_path / "second", first.successor(shop.ISSUED + timedelta(days=1), shop.EXPIRES), shop.signing("root")
    )
    assert accept_trust(tmp_path / "second", shop.NOW, first).version == 2
    assert refusal(lambda: accept_trust(tmp_path / "held.tpkg", shop.NOW, second)) == "E_TRUST_ROLLBACK"
    other = written(tmp_path, two_person=True)
    assert refusal(lambda: accept_trust(other, shop.NOW, first)) == "E_TRUST_FORK"
    loose = written(tmp_path, version=2, previous="a" * 64)
    assert refusal(lambda: accept_trust(loose, shop.NOW, first)) == "E_TRUST_FORK"
    foreign = written(tmp_path, version=2, previous=first.digest, county="county-512022")
    assert refusal(lambda: accept_trust(foreign, shop.NOW, first)) == "E_TRUST_COUNTY"
    assert refusal(lambda: accept_trust(tmp_path / "second", shop.EXPIRES, first)) == "E_TRUST_EXPIRED"
    early = shop.ISSUED - timedelta(days=7)
    assert refusal(lambda: accept_trust(tmp_path / "second", early, first)) == "E_CLOCK_FUTURE"
    assert accept_trust(tmp_path / "held.tpkg", shop.NOW, first) == first


def test_K11_a_new_root_is_believed_only_if_the_old_one_named_it(tmp_path: Path) -> None:
    new = shop.signing("new_root")
    first = held(tmp_path)
    naming = replace(first.successor(shop.ISSUED, shop.EXPIRES), next_root=new.public)
    naming = write_trust(tmp_path / "naming", naming, shop.signing("root"))
    crowned = write_trust(tmp_path / "crowned", naming.successor(shop.ISSUED, shop.EXPIRES), new)
    assert crowned.root == new.public
    assert refusal(lambda: accept_trust(tmp_path / "crowned", shop.NOW, first)) == "E_KEY_UNKNOWN"
    assert accept_trust(tmp_path / "crowned", shop.NOW, accept_trust(tmp_path / "naming", shop.NOW, first)) == crowned


def test_K06_an_enrolment_request_or_a_package_is_no_trust_bundle(tmp_path: Path) -> None:
    bundle = held(tmp_path)
    enrolment = DOCUMENTS / f"enrol-{shop.SITE}.tpkg"
    assert refusal(lambda: accept_trust(enrolment, shop.NOW, bundle)) == "E_SIG_FORMAT"
    assert refusal(lambda: accept_trust(shop.VECTORS / "good.tpkg", shop.NOW, bundle)) == "E_SIG_FORMAT"


def test_a_bundle_with_something_encrypted_behind_it_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path)) as archive:
        manifest, signature = (archive.read(name) for name in archive.namelist())
    path = tmp_path / "laden"
    path.write_bytes(shop.contained(manifest, signature, b"payload"))
    assert refusal(lambda: accept_trust(path, shop.NOW, held(tmp_path))) == "E_CONTAINER"


def test_K07_no_flipped_bit_of_a_bundle_is_accepted(tmp_path: Path) -> None:
    path = written(tmp_path, certificates=shop.trust_bundle().certificates[:1])
    content = path.read_bytes()
    bundle = shop.trust_bundle()
    for offset in range(0, len(content), 3):
        changed = bytearray(content)
        changed[offset] ^= 1 << offset % 8
        path.write_bytes(changed)
        assert refusal(lambda: accept_trust(path, shop.NOW, bundle)).startswith("E_")


def test_an_enrolment_request_proves_possession_of_its_key(tmp_path: Path) -> None:
    path = tmp_path / "e"
    write_enrolment(path, request(), shop.signing("outsider"))
    assert read_enrolment(path) == request()
    write_enrolment(path, request(), shop.signing("site"))
    assert refusal(lambda: read_enrolment(path)) == "E_SENDER"


def test_K01_a_swapped_key_or_site_shows_other_digits() -> None:
    shown = {
        request().digits,
        request(sign_key=shop.signing("early").public).digits,
        request(recipient=shop.box("second_stranger").recipient).digits,
        request(site="t512021107b").digits,
    }
    assert len(shown) == 4
    assert all(len(one) == 35 and [len(group) for group in one.split()] == [5] * 6 for one in shown)


def test_an_admitted_laptop_gets_a_certificate_and_the_others_keep_theirs() -> None:
    bundle = admit(shop.trust_bundle(), request(), shop.NOW, shop.NOW + timedelta(days=730))
    assert bundle.certificates[:-1] == shop.trust_bundle().certificates
    row = bundle.current("t512021107a", shop.NOW)
    assert row is not None
    assert (row.sign_key, row.recipient, row.serial, row.township) == (
        request().sign_key,
        request().recipient,
        request().serial,
        "512021107",
    )


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sign_key": shop.signing("site").public}, "E_ENROL_DUPKEY"),
        ({"recipient": shop.box("site").recipient}, "E_ENROL_DUPKEY"),
        ({"site": shop.SITE}, "E_ENROL_SITE"),
        ({"site": shop.SITE, "replaces": "SHA256:" + "A" * 43}, "E_ENROL_SITE"),
        ({"site": "t512022107a"}, "E_TRUST_COUNTY"),
    ],
)
def test_K08_taken_keys_taken_sites_and_other_counties_are_refused(changes: dict[str, Any], status: str) -> None:
    assert refusal(lambda: check_enrolment(shop.trust_bundle(), request(**changes))) == status


def test_a_site_renews_its_key_by_naming_the_old_one_and_may_keep_its_box() -> None:
    old = shop.signing("site").public.fingerprint
    renewal = request(site=shop.SITE, replaces=old, recipient=shop.box("site").recipient)
    bundle = admit(shop.trust_bundle(), renewal, shop.NOW, shop.NOW + timedelta(days=730))
    assert len(bundle.rows_of(shop.SITE)) == 2
    current = bundle.current(shop.SITE, shop.NOW)
    assert current is not None
    assert current.sign_key == renewal.sign_key


def test_a_revoked_site_can_be_enrolled_again_with_new_keys() -> None:
    bundle = shop.trust_bundle().revoke(shop.SITE, shop.NOW)
    assert [row.revoked_at for row in bundle.rows_of(shop.SITE)] == [shop.NOW]
    assert bundle.current(shop.SITE, shop.NOW) is None
    check_enrolment(bundle, request(site=shop.SITE))


def test_the_list_for_ssh_keygen_leaves_out_revoked_keys() -> None:
    text = allowed_signers(shop.trust_bundle())
    assert text == (DOCUMENTS / "allowed_signers").read_text()
    assert "t512021104a" not in text
    assert f'{shop.SITE} namespaces="tpkg-package-v1,tpkg-enrol-v1",valid-after="20260901000000Z"' in text
    assert "valid-" not in allowed_signers(shop.trust_bundle(), dates=False)


def test_a_bundle_for_longer_than_a_year_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="year"):
        written(tmp_path, expires_at=shop.ISSUED + timedelta(days=400))
