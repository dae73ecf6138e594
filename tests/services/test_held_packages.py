"""A package of a newer program waits at the county, outside the chain, until this program can read it; and wishes."""

from __future__ import annotations

import pytest
from service_desk import Desks, Forger

from anyue_desktop.core.errors import UserError
from anyue_desktop.exchange import manifest, signed
from anyue_desktop.exchange.purpose import Purpose


def held(desks: Desks) -> list[tuple[int, str]]:
    return [(one.sequence, one.code) for one in desks.county.receiving.held()]


@pytest.fixture
def forger(desks: Desks) -> Forger:
    forger = Forger(desks)
    assert forger.send(forger.person(1)).status == "OK"
    return forger


def test_a_newer_package_is_held_told_to_the_township_and_taken_in_after_the_upgrade(
    desks: Desks, forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    forger.schema = 2
    first, second = forger.person(3), forger.person(5)
    assert [forger.send(one).status for one in (first, second)] == ["E_SCHEMA_NEWER"] * 2
    assert held(desks) == [(2, "E_SCHEMA_NEWER"), (3, "E_SCHEMA_NEWER")]
    assert all(one.file.exists() for one in desks.county.receiving.held())
    for path in (desks.stick).rglob("*.tpkg"):
        path.unlink()
    assert [one.status for one in desks.county.receiving.receive([])] == ["E_SCHEMA_NEWER"] * 2
    assert held(desks) == [(2, "E_SCHEMA_NEWER"), (3, "E_SCHEMA_NEWER")]

    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 2)
    taken = desks.county.receiving.receive([])
    assert [(one.status, one.sequence, one.new) for one in taken] == [("OK", 2, 1), ("OK", 3, 1)]
    assert held(desks) == []
    assert list(desks.county.store.workspace.inbox.glob("held/*")) == []
    assert len(list(desks.county.store.workspace.inbox.glob("*.tpkg"))) == 3


def test_the_receipt_says_held_and_later_accepted(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.report()
    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 0)  # the county's program is the older one
    assert desks.report().status == "E_SCHEMA_NEWER"
    desks.answer()
    assert [one.state for one in desks.township.reporting.packages()] == ["accepted", "held"]
    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 1)
    assert [one.status for one in desks.county.receiving.receive([])] == ["OK"]
    desks.answer()
    assert [one.state for one in desks.township.reporting.packages()] == ["accepted", "accepted"]


def test_a_file_whose_manifest_a_newer_program_wrote_is_held_under_its_signer(
    desks: Desks, forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(signed, "VERSION", 2)
        path = forger.write(forger.person(3))
    assert desks.receive(path)[0].status == "E_VERSION_NEWER"
    (one,) = desks.county.receiving.held()
    assert (one.site, one.sequence, one.code) == (desks.site, 0, "E_VERSION_NEWER")
    monkeypatch.setattr(signed, "VERSION", 2)
    assert [one.status for one in desks.county.receiving.receive([])] == ["OK"]
    assert held(desks) == []


def test_a_held_package_received_otherwise_meanwhile_is_held_no_more(
    desks: Desks, forger: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    forger.schema = 2
    path = forger.write(forger.person(3))
    assert desks.receive(path)[0].status == "E_SCHEMA_NEWER"
    monkeypatch.setitem(manifest.SCHEMA_VERSIONS, Purpose.PACKAGE, 2)
    assert sorted(one.status for one in desks.receive(path)) == ["E_REPLAY", "OK"]
    assert held(desks) == []


@pytest.mark.parametrize(
    ("what", "words"), [("update_app", "升级程序"), ("update_trust", "接收新的信任表"), ("resend", "再写一次 U 盘")]
)
def test_what_the_county_asks_for_is_told_until_it_is_withdrawn(
    desks: Desks, cases: list[str], what: str, words: str
) -> None:
    desks.report()
    desks.county.asking.ask(desks.site, what)
    for _ in range(2):
        assert [one.what for one in desks.answer().asked] == [what]
        assert any(words in one.told() for one in desks.township.receipts.asked())
    desks.county.asking.withdraw(desks.site, what)
    assert desks.answer().asked == []
    with pytest.raises(UserError, match="没有向设备"):
        desks.county.asking.withdraw(desks.site, what)


def test_what_is_done_is_asked_for_no_more(desks: Desks, cases: list[str]) -> None:
    desks.report()
    desks.county.asking.ask(desks.site, "update_app")
    made = desks.county.county_enrolment.set_two_person(desks.stick, required=True)
    desks.county.asking.ask(desks.site, "update_trust")
    desks.report()
    assert [one.what for one in desks.county.asking.open()] == ["update_trust"]
    desks.township.enrolment.accept(made.path, "")
    desks.report()
    assert desks.county.asking.open() == []


def test_only_what_the_format_knows_is_asked_of_who_has_reported(desks: Desks) -> None:
    with pytest.raises(UserError, match="没有“dance”这种要求"):
        desks.county.asking.ask(desks.site, "dance")
    with pytest.raises(UserError, match="还没有上报过"):
        desks.county.asking.ask(desks.site, "full")
