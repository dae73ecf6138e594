"""Certificates that end, are extended or revoked one by one, and a county that changes its root."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from service_desk import Desks, add_visit

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.db.reviewers_only import unlocked
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.trust_file import write_trust
from anyue_desktop.services import documents
from anyue_desktop.services.unlocking import recover_county
from anyue_desktop.services.workspace import Workspace, open_workspace


def standings(desks: Desks) -> list[tuple[str, bool]]:
    """Returns how the township's certificates stand, the newest first; and whether each key is its present one."""
    own = SigningKey(desks.township.store.keys.open_signing_seed()).public.fingerprint
    found = [one for one in desks.county.county_enrolment.certificates() if one.site == desks.site]
    return [(one.state, one.key == own) for one in found]


def renewed(desks: Desks) -> str:
    """The township gets a new signing key, which the county approves; returns the fingerprint of the former one."""
    former = SigningKey(desks.township.store.keys.open_signing_seed()).public.fingerprint
    request = desks.township.enrolment.request(desks.stick, renew=True)
    approved = desks.county.county_enrolment.approve(request.path, desks.stick, request.fingerprint)
    desks.township.enrolment.accept(approved.path, "")
    return former


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setenv("ANYUE_TODAY", day.isoformat())


def test_P14_only_a_leavers_key_is_revoked_and_the_laptop_goes_on_with_the_new_one(
    desks: Desks, cases: list[str]
) -> None:
    desks.report()
    stolen = desks.township.store.keys.open_signing_seed()
    former = renewed(desks)
    assert standings(desks) == [("可以上报", True), ("以前的密钥", False)]
    made = desks.county.county_enrolment.revoke(desks.site, desks.stick, former)
    assert standings(desks) == [("可以上报", True), ("已注销", False)]
    desks.township.enrolment.accept(made.path, "")
    assert desks.report().status == "OK"
    assert SigningKey(stolen).public.fingerprint == former
    with pytest.raises(UserError, match="的密钥“SHA256:none”"):
        desks.county.county_enrolment.revoke(desks.site, desks.stick, "SHA256:none")


def test_a_package_on_its_way_under_the_revoked_key_is_refused_and_everything_asked_for_heals_it(
    desks: Desks, cases: list[str]
) -> None:
    desks.report()
    desks.answer()
    seen = add_visit(desks.township, cases[0])
    late = desks.seal().path
    former = renewed(desks)
    made = desks.county.county_enrolment.revoke(desks.site, desks.stick, former)
    desks.township.enrolment.accept(made.path, "")
    assert desks.receive(late)[0].status == "E_KEY_REVOKED"
    assert desks.report().status == "E_GAP"
    desks.county.asking.ask(desks.site, "full")
    desks.answer()
    assert desks.report().status == "OK"
    assert desks.county.records.get("elder_visit", seen)["case_id"] == cases[0]


def test_a_certificate_about_to_end_is_told_on_both_sides_and_extended_with_the_same_key(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desks.township.enrolment.warnings() == []
    on(monkeypatch, date(2027, 11, 1))  # the bundle ends first, a year after it was signed
    made = desks.county.county_enrolment.trust(desks.stick)
    desks.township.enrolment.accept(made.path, "")
    on(monkeypatch, date(2028, 10, 10))
    (bundle, certificate) = desks.township.enrolment.warnings()
    assert "信任表将于 2028-10-31 到期" in bundle
    assert "本机的登记将于 2028-11-22 到期" in certificate
    assert desks.township.dashboard.enrolment_warnings() == [bundle, certificate]
    assert standings(desks) == [("快到期", True)]
    longer = desks.county.county_enrolment.extend(desks.site, desks.stick)
    desks.township.enrolment.accept(longer.path, "")
    assert desks.township.enrolment.warnings() == []
    assert standings(desks) == [("可以上报", True)]
    assert desks.report().status == "OK"


def test_K05_an_expired_bundle_is_told_and_the_township_reports_all_the_same(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, date(2027, 12, 1))
    assert "已于 2027-11-23 到期" in desks.township.enrolment.warnings()[0]
    assert desks.report().status == "OK"


def test_an_ended_certificate_is_renewed_by_a_new_key_too(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, date(2029, 1, 5))
    assert standings(desks) == [("已到期", True)]
    renewed(desks)
    assert desks.township.enrolment.state() == "enrolled"
    assert desks.report().status == "OK"


def test_a_revoked_laptop_is_not_extended(desks: Desks) -> None:
    desks.county.county_enrolment.revoke(desks.site, desks.stick)
    with pytest.raises(UserError, match="已经注销，不能延长"):
        desks.county.county_enrolment.extend(desks.site, desks.stick)


def test_K11_a_county_announces_its_next_root_and_changes_to_it(desks: Desks, cases: list[str]) -> None:
    county = desks.county.county_enrolment
    before = county.root_fingerprint()
    announced = county.announce_root(desks.stick)
    assert (county.root_fingerprint(), county.announced() != "") == (before, True)
    desks.township.enrolment.accept(announced.path, "")
    new = county.announced()
    changed = county.change_root(desks.stick)
    assert (county.root_fingerprint(), changed.root_fingerprint, county.announced()) == (new, new, "")
    assert desks.township.enrolment.accept(changed.path, "").fingerprint == new
    assert desks.report().status == "OK"
    assert desks.answer().status == "OK"
    again = county.set_two_person(desks.stick, required=True)
    assert desks.township.enrolment.accept(again.path, "").two_person


def test_nobody_but_a_reviewer_can_open_the_root_to_come(desks: Desks) -> None:
    county, keys = desks.county.county_enrolment, desks.county.store.keys
    county.announce_root(desks.stick)
    (safe,) = desks.county.folder.glob("*保管")
    secret = SigningKey.from_openssh((safe / "新根密钥.openssh").read_bytes()).to_bytes()
    with desks.county.store.read() as session:
        kept = documents.held(session, documents.NEXT_ROOT)
    assert kept is not None and secret not in kept
    assert unlocked(keys.dek, kept) is None  # which everybody who enters records holds
    assert unlocked(keys.open_signing_seed(), kept) == secret


def test_a_change_of_root_cut_off_half_way_is_brought_to_its_end(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    county = desks.county.county_enrolment
    county.announce_root(desks.stick)
    new = county.announced()
    with monkeypatch.context() as power_cut:
        power_cut.setattr(county, "_sign", lambda *_: (_ for _ in ()).throw(OSError("断电")))
        with pytest.raises(OSError):
            county.change_root(desks.stick)
    changed = county.change_root(desks.stick)
    assert (changed.root_fingerprint, county.announced()) == (new, "")
    assert desks.township.enrolment.accept(changed.path, "").fingerprint == new


def test_K11_a_root_nobody_announced_is_not_believed(desks: Desks, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="还没有公布"):
        desks.county.county_enrolment.change_root(desks.stick)
    with desks.county.store.read() as session:
        bundle = documents.trust_bundle(session)
    assert bundle is not None
    thief = SigningKey.generate()
    forged = bundle.successor(clock.now(), clock.now() + timedelta(days=300))
    forged = type(forged)(**{**vars(forged), "root": thief.public, "digest": ""})
    path = tmp_path / "trust-000009.tpkg"
    write_trust(path, forged, thief)
    with pytest.raises(Refused) as refused:
        desks.township.enrolment.accept(path, "")
    assert refused.value.status == "E_KEY_UNKNOWN"


def test_a_laptop_that_missed_the_announcement_finds_it_beside_the_new_bundle(
    desks: Desks, neighbour: Workspace
) -> None:
    county = desks.county.county_enrolment
    county.announce_root(desks.stick)
    for path in desks.stick.glob("trust-*"):
        path.unlink()
    changed = county.change_root(desks.stick)
    assert len(list(desks.stick.glob("trust-*.tpkg"))) == 2
    assert desks.township.enrolment.accept(changed.path, "").enrolled
    later = county.trust(desks.stick / "再来")
    assert neighbour.enrolment.accept(later.path, "").enrolled


def test_a_county_that_changed_its_root_comes_in_with_the_new_root_key_only(desks: Desks) -> None:
    (safe,) = desks.county.folder.glob("*保管")
    desks.county.county_enrolment.announce_root(desks.stick)
    desks.county.county_enrolment.change_root(desks.stick)
    folder, fresh = desks.county.folder, "春天-云朵-流星-蓝天"
    desks.county.close()
    with pytest.raises(UserError, match="不是本县现在的根密钥"):
        recover_county(folder, safe / "恢复密钥.agekey", "李局", fresh, safe / "根密钥.openssh")
    recover_county(folder, safe / "恢复密钥.agekey", "李局", fresh, safe / "新根密钥.openssh")
    desks.county = open_workspace(folder, "李局", fresh)
    assert desks.township.enrolment.accept(desks.county.county_enrolment.trust(desks.stick).path, "").enrolled
    desks.county.close()


def test_only_one_root_is_announced_at_a_time(desks: Desks) -> None:
    desks.county.county_enrolment.announce_root(desks.stick)
    with pytest.raises(UserError, match="已经公布过"):
        desks.county.county_enrolment.announce_root(desks.stick)
    desks.county.county_enrolment.set_two_person(desks.stick, required=True)
    assert desks.county.county_enrolment.announced() != ""
