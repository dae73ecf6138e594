"""The county's backup put back: the archive brings back what came since, receipts go on, and nobody reports anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from service_desk import WORDS, Desks, add_elder, add_visit, stored

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.safekeeping import restore
from anyue_desktop.services.workspace import open_workspace


@pytest.fixture
def put_back(desks: Desks, tmp_path: Path) -> Iterator[Callable[..., None]]:
    """Puts a backup in place of the county's workspace, or on a new computer without archive and receipts."""

    def put(backup: Path, *, archive: bool = True) -> None:
        folder = desks.county.folder
        desks.county.close()
        if not archive:
            folder = tmp_path / "新电脑"
        restore(folder, backup, "李局", WORDS)
        desks.county = open_workspace(folder, "李局", WORDS)

    yield put
    desks.county.close()


@pytest.fixture
def lost(desks: Desks, cases: list[str], tmp_path: Path) -> tuple[Path, str, str]:
    """A backup of the county, and what two townships' packages brought and changed since."""
    desks.report()
    desks.answer()
    backup = desks.county.safekeeping.backup(tmp_path / "县局.tbak")
    seen = add_visit(desks.township, cases[0])
    desks.report()
    desks.answer()
    added = add_elder(desks.township, 8)
    desks.report()
    desks.answer()
    return backup, seen, added


def there(desks: Desks, register: str) -> set[str]:
    return set(desks.county.records.ids(Query(register)))


def test_the_archive_brings_back_what_came_since_the_backup(
    desks: Desks, lost: tuple[Path, str, str], put_back: Callable[..., None]
) -> None:
    backup, seen, added = lost
    before = stored(desks.county)
    put_back(backup)
    assert (there(desks, "elder_visit"), desks.county.receiving.forgotten()) == (set(), 2)
    results = desks.county.receiving.receive([])
    assert [(one.status, one.sequence) for one in results] == [("OK", 2), ("OK", 3)]
    assert there(desks, "elder_visit") == {seen}
    assert added in there(desks, "elder_case")
    now = stored(desks.county)
    assert {name: now[name] for name in now if name != "history"} == {
        name: before[name] for name in before if name != "history"
    }
    assert desks.county.receiving.forgotten() == 0
    with pytest.raises(UserError, match="没有找到上报包"):
        desks.county.receiving.receive([])


def test_the_next_package_of_a_township_finds_no_gap(
    desks: Desks, lost: tuple[Path, str, str], cases: list[str], put_back: Callable[..., None]
) -> None:
    put_back(lost[0])
    add_visit(desks.township, cases[1], date(2026, 11, 12))
    sealed = desks.seal()
    preview = desks.receive(sealed.path, preview=True)
    assert [(one.status, one.sequence) for one in preview] == [("OK", 2), ("OK", 3), ("OK", 4)]
    assert [(one.status, one.sequence) for one in desks.receive(sealed.path)] == [("OK", 2), ("OK", 3), ("OK", 4)]
    assert desks.returns() == {}


@pytest.mark.parametrize("archive", [True, False])
def test_receipts_go_on_above_those_the_township_has_taken(
    desks: Desks, lost: tuple[Path, str, str], put_back: Callable[..., None], archive: bool
) -> None:
    put_back(lost[0], archive=archive)
    answer = desks.answer()
    assert answer.status == "OK"
    assert desks.answer().status == "OK"
    assert [one.state for one in desks.township.reporting.packages()] == ["accepted"] * 3


def test_receipts_go_on_when_only_the_database_is_older_than_the_outbox(
    desks: Desks, cases: list[str], tmp_path: Path
) -> None:
    desks.report()
    folder = desks.county.folder
    desks.county.close()
    older = (folder / "main.db").read_bytes()
    desks.county = open_workspace(folder, "李局", WORDS)
    desks.answer()
    desks.answer()
    desks.county.close()
    for path in folder.glob("main.db-*"):
        path.unlink()
    (folder / "main.db").write_bytes(older)
    desks.county = open_workspace(folder, "李局", WORDS)
    assert desks.answer().status == "OK"
    desks.county.close()


def test_without_the_archive_the_county_asks_for_the_packages_and_the_township_brings_them_again(
    desks: Desks, lost: tuple[Path, str, str], cases: list[str], put_back: Callable[..., None]
) -> None:
    backup, seen, added = lost
    put_back(backup, archive=False)
    shutil.rmtree(desks.stick / "TPKG")
    add_visit(desks.township, cases[1], date(2026, 11, 12))
    sealed = desks.seal()
    (gap,) = desks.receive(sealed.path)
    assert (gap.status, gap.message) == ("E_GAP", "前面还有没收到的上报包（缺少第 2 至第 3 包）")
    assert [(one.site, one.words) for one in desks.county.asking.open()] == [
        (desks.site, "重新带来上报包（第 2 包起）")
    ]
    answer = desks.answer()
    assert any("把第 2 包起的上报包再带一次" in words for words in answer.more_words())
    copied = desks.township.reporting.copy_unanswered(desks.stick)
    assert [path.name[-11:-5] for path in copied] == ["000002", "000003", "000004"]
    assert [one.status for one in desks.receive()] == ["OK", "OK", "OK"]
    assert {seen} < there(desks, "elder_visit")
    assert added in there(desks, "elder_case")
    assert desks.county.asking.open() == []
    assert desks.answer().asked == []


def test_everything_is_asked_for_and_brought_where_packages_are_lost_on_both_sides(
    desks: Desks, lost: tuple[Path, str, str], put_back: Callable[..., None]
) -> None:
    backup, seen, added = lost
    put_back(backup, archive=False)
    desks.county.asking.ask(desks.site, "full")
    assert desks.answer().asked[0].what == "full"
    assert desks.township.reporting.begins_anew()
    taken = desks.report()
    assert taken.status == "OK"
    assert there(desks, "elder_visit") == {seen}
    assert added in there(desks, "elder_case")
    assert desks.county.asking.open() == []
    desks.answer()
    assert not desks.township.reporting.begins_anew()


def test_a_package_that_was_taken_back_does_not_come_back_by_itself(
    desks: Desks, cases: list[str], put_back: Callable[..., None], tmp_path: Path
) -> None:
    backup = desks.county.safekeeping.backup(tmp_path / "县局.tbak")
    desks.report()
    desks.county.receiving.take_back(desks.site, 1)
    assert [path.name for path in desks.county.store.workspace.inbox.glob("taken-back/*")] != []
    put_back(backup)
    assert desks.county.receiving.forgotten() == 0
    assert [one.status for one in desks.receive()] == ["OK"]
