"""设备登记 between a township's laptop and the county, and what the operation log may say."""

from __future__ import annotations

from pathlib import Path

import pytest
from service_desk import WORDS, Desks, add_elder, add_visit, dump, id_number, value

from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.workspace import Workspace, create_township


@pytest.fixture
def newcomer(township: Workspace, desks: Desks) -> Workspace:
    """The laptop of 天马乡 that was never enrolled; its site is taken by another."""
    return township


def last_groups(digits: str) -> str:
    return " ".join(digits.split()[-2:])


def test_a_request_repeats_itself_until_it_is_answered(township: Workspace, tmp_path: Path) -> None:
    assert township.enrolment.state() == "none"
    first = township.enrolment.request(tmp_path)
    written = first.path.read_bytes()
    again = township.enrolment.request(tmp_path)
    assert (again.fingerprint, again.path.read_bytes()) == (first.fingerprint, written)
    assert township.enrolment.state() == "requested"
    assert len(first.fingerprint.split()) == 6


def test_an_enrolled_laptop_may_report_and_knows_its_county(desks: Desks) -> None:
    assert desks.township.enrolment.state() == "enrolled"
    assert desks.site in desks.county.county_enrolment.sites()


def test_K01_the_county_enrols_nobody_whose_digits_differ_from_those_on_the_telephone(
    desks: Desks, newcomer: Workspace
) -> None:
    request = newcomer.enrolment.request(desks.stick)
    groups = request.fingerprint.split()
    with pytest.raises(Refused) as refused:
        desks.county.county_enrolment.approve(request.path, desks.stick, " ".join([*groups[:5], "00000"]))
    assert refused.value.status == "E_ENROL_DIGITS"
    assert list(desks.stick.glob("trust-*")) == []


def test_K08_a_site_that_is_taken_is_not_given_twice(desks: Desks, newcomer: Workspace) -> None:
    request = newcomer.enrolment.request(desks.stick)
    before = dump(desks.county)
    with pytest.raises(Refused) as refused:
        desks.county.county_enrolment.approve(request.path, desks.stick, request.fingerprint)
    assert refused.value.status == "E_ENROL_SITE"
    assert dump(desks.county) == before


def test_K02_the_first_list_of_senders_is_believed_only_with_the_digits_of_the_card(
    desks: Desks, newcomer: Workspace
) -> None:
    trust = desks.county.county_enrolment.trust(desks.stick)
    with pytest.raises(Refused) as refused:
        newcomer.enrolment.accept(trust.path, "00000 00000")
    assert refused.value.status == "E_TRUST_COUNTY"
    accepted = newcomer.enrolment.accept(trust.path, last_groups(trust.root_fingerprint))
    assert (accepted.county, accepted.trust_version) == ("county-512021", 3)


def test_K03_an_older_list_of_senders_does_not_come_back(desks: Desks) -> None:
    old = desks.county.county_enrolment.trust(desks.stick).path
    new = desks.county.county_enrolment.revoke(desks.site, desks.stick)
    card = last_groups(new.root_fingerprint)
    assert not desks.township.enrolment.accept(new.path, card).enrolled
    with pytest.raises(Refused) as refused:
        desks.township.enrolment.accept(old, card)
    assert refused.value.status == "E_TRUST_ROLLBACK"
    with pytest.raises(UserError, match="不在县局信任表的有效名单里"):
        desks.seal()


def test_only_a_listed_laptop_is_revoked(desks: Desks) -> None:
    with pytest.raises(UserError, match="信任表里没有设备“t512021101z”"):
        desks.county.county_enrolment.revoke("t512021101z", desks.stick)


def test_the_operation_log_of_both_desks_names_nobody(desks: Desks, tmp_path: Path) -> None:
    case = add_elder(desks.township, 2, "周春英", person={"emergency_name": "周小军"})
    seen = add_visit(desks.township, case, health="1")
    desks.township.records.set("elder_case", case, {"person.phone": "13990128888"})
    desks.township.printing.print_ledger(LedgerOrder("L1", "2026-11"), tmp_path / "L1.pdf")
    desks.township.exporting.export("elder_case", tmp_path / "名单.xlsx")
    desks.report()
    desks.county.returning.give_back(desks.site, "elder_visit", seen, "请核对周春英的健康状况", "health")
    desks.answer()
    desks.township.records.delete("elder_visit", seen, "周春英本人未见到")
    for workspace in (desks.township, desks.county):
        log = value(workspace, "select group_concat(act || obj, ' ') from operation")
        said = [word for word in ("周春英", "周小军", id_number(2), "139901", "健康") if word in log]
        assert said == []
        assert workspace.safekeeping.verify().ok


def test_a_real_county_enrols_no_practice_township(desks: Desks, practice: Workspace, tmp_path: Path) -> None:
    request = practice.enrolment.request(tmp_path)
    assert request.site.endswith("z")
    with pytest.raises(UserError, match="练习台账"):
        desks.county.county_enrolment.approve(request.path, tmp_path, request.fingerprint)


def test_the_letter_of_practice_is_no_laptops(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="z 只供练习"):
        create_township(tmp_path / "新", "天马乡", "王芳", WORDS, letter="z", cost=FLOOR)
