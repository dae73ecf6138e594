"""Forged, replayed, renamed and flooding files meet a real county workspace; its records must not notice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from service_desk import WORDS, Desks, Forger, dump, stored, value

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.enrolment import EnrolmentRequest, write_enrolment
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.trust import TrustBundle
from anyue_desktop.services import documents
from anyue_desktop.services.receiving import package_files
from anyue_desktop.services.workspace import Workspace


def test_P01_no_flipped_bit_reaches_the_records(desks: Desks) -> None:
    forger = Forger(desks)
    path = forger.write(forger.person())
    content = path.read_bytes()
    before = dump(desks.county)
    for offset in range(3, len(content), len(content) // 40):
        changed = bytearray(content)
        changed[offset] ^= 1 << offset % 8
        path.write_bytes(changed)
        (refused,) = desks.receive(path)
        assert refused.status in ("E_CONTAINER", "E_TRUNCATED", "E_SIZE")
    assert dump(desks.county) == before
    path.write_bytes(content)
    assert desks.receive(path)[0].new == 1


def test_P19_a_replay_changes_nothing_and_the_receipt_can_be_had_again(desks: Desks, cases: list[str]) -> None:
    desks.report()
    first = desks.county.returning.receipt(desks.site, desks.stick)
    assert desks.receive()[0].status == "E_REPLAY"
    again = desks.county.returning.receipt(desks.site, desks.stick)
    assert again.path != first.path
    assert desks.township.receipts.take([again.path]).accepted == first.accepted == 7


def test_P28_a_file_swapped_after_it_was_listed_is_judged_by_what_was_copied(desks: Desks) -> None:
    forger = Forger(desks)
    path = forger.write(forger.person())
    false = forger.write(forger.person(3)).read_bytes()  # the second of the chain in place of the first
    swapped: list[str] = []

    def swap(stage: str, _done: int, _total: int) -> None:
        if not swapped:
            path.write_bytes(false)
            swapped.append(stage)

    (found,) = desks.county.receiving.receive([path], progress=Progress(swap))
    assert (swapped, found.status) == (["接收上报包"], "E_GAP")
    assert value(desks.county, "select count(*) from person") == 0


def test_C14_statements_hidden_in_names_of_tables_and_fields_go_nowhere(desks: Desks) -> None:
    forger = Forger(desks)
    good = forger.person()
    before = stored(desks.county)
    for old, new, status in (
        (b'"t":"person"', b'"t":"person;drop table person"', "E_REC_SCHEMA"),
        (b'"name":', b'"name\\" = 1; drop table person; --":', "E_JSON_KEY"),
    ):
        (refused,) = desks.receive(forger.write_lines(good.line.replace(old, new)))
        assert refused.status == status
    assert stored(desks.county) == before


@pytest.mark.parametrize(
    "text", ["'); drop table person; --", "=1+1", "=cmd|' /C calc'!A0", '<img src="//198.51.100.7/a.png">', "{{7*7}}"]
)
def test_C12_C14_a_statement_in_a_value_is_a_value(desks: Desks, text: str) -> None:
    forger = Forger(desks)
    assert forger.send(forger.person(data={"remark": text})).new == 1
    assert value(desks.county, "select remark from person") == text


KILLED = """
import os, sys, signal
from pathlib import Path
from anyue_desktop.services import workspace as workspaces
from anyue_desktop.services.merging import Merge
folder, package, login, words, after = sys.argv[1:]
take, taken = Merge._take_batch, [0]
def counted(self, batch):
    take(self, batch)
    taken[0] += 1
    if taken[0] > int(after):
        os.kill(os.getpid(), signal.SIGKILL)
import anyue_desktop.services.merging as merging
merging.RECORDS_AT_ONCE = 20
Merge._take_batch = counted
workspaces.open_workspace(Path(folder), login, words).receiving.receive([Path(package)])
"""


def test_C18_a_county_killed_while_it_receives_has_nothing_half_taken_in(desks: Desks) -> None:
    forger = Forger(desks)
    path = forger.write(*(forger.person(serial) for serial in range(1, 100)))
    before = stored(desks.county)
    folder = desks.county.folder
    keys = desks.county.store.keys
    desks.county.close()
    command = [sys.executable, "-c", KILLED, str(folder), str(path), "李局", WORDS, "3"]
    killed = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    desks.county = Workspace(Store.open(folder, keys))
    assert desks.county.store.verify() == []
    assert stored(desks.county) == before
    assert desks.receive(path)[0].new == 99


def test_K05_a_township_whose_list_has_expired_can_still_report(
    desks: Desks, cases: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYUE_TODAY", "2028-01-10")  # the list was good for a year, the certificate for two
    sealed = desks.township.reporting.seal("2027-12", desks.stick)
    assert desks.receive(sealed.path)[0].taken_in


def test_K10_a_hijacked_renewal_without_the_telephone_changes_nothing(desks: Desks) -> None:
    """The hijacker asks in the site's name, naming its old key; on the telephone the township reads other digits."""
    heard = desks.township.enrolment.request(desks.stick).fingerprint
    signer, box = SigningKey.generate(), BoxKey.generate()
    (own,) = trust_of(desks.county).rows_of(desks.site)
    request = EnrolmentRequest(
        desks.site, signer.public, box.recipient, new_id(), "5a" * 32, clock.now(), own.sign_key.fingerprint
    )
    path = desks.stick / f"enrol-{desks.site}.tpkg"
    write_enrolment(path, request, signer)
    before = dump(desks.county)
    with pytest.raises(Refused) as refused:
        desks.county.county_enrolment.approve(path, desks.stick, heard)
    assert refused.value.status == "E_ENROL_DIGITS"
    assert dump(desks.county) == before
    assert trust_of(desks.county).rows_of(desks.site) == (own,)


def trust_of(workspace: Workspace) -> TrustBundle:
    with workspace.store.read() as session:
        bundle = documents.trust_bundle(session)
    assert bundle is not None
    return bundle


def test_U04_a_flood_of_files_beside_the_folder_is_cut_short(desks: Desks) -> None:
    for number in range(5000):  # enough to see that it is cut short; each file costs the test, not the program
        (desks.stick / f"{number:06d}.tpkg").touch()
    began = time.process_time()
    assert len(package_files([desks.stick])) <= 2000
    assert time.process_time() - began < 2


def test_U04_a_link_to_a_file_of_the_county_is_not_read(desks: Desks, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (desks.stick / "TPKG").mkdir()
    for folder in (desks.stick, desks.stick / "TPKG"):
        (folder / "a.tpkg").symlink_to(secret)
    forger = Forger(desks)
    path = forger.write(forger.person())
    assert [Path(one.file) for one in desks.receive()] == [path]


def test_U04_files_that_cannot_be_read_do_not_keep_the_others_out(desks: Desks) -> None:
    forger = Forger(desks)
    path = forger.write(forger.person())
    os.mkfifo(desks.stick / "pipe.tpkg")
    found = desks.receive(desks.stick / "gone.tpkg", desks.stick / "pipe.tpkg", path)
    assert [one.status for one in found] == ["OK", "E_USB_READ", "E_USB_READ"]


def test_U05_a_file_named_after_another_site_is_taken_as_what_it_is(desks: Desks, neighbour: Workspace) -> None:
    forger = Forger(desks)
    path = forger.write(forger.person())
    other = path.with_name(path.name.replace(desks.site, neighbour.unit.site))
    path.rename(other)
    (found,) = desks.receive(other)
    assert (found.status, found.site) == ("OK", desks.site)


def test_U05_a_false_file_under_the_name_of_a_received_one_does_not_replace_it(desks: Desks, cases: list[str]) -> None:
    sealed = desks.seal()
    desks.receive(sealed.path)
    content = sealed.path.read_bytes()
    inbox = desks.county.store.workspace.inbox
    sealed.path.write_bytes(b"junk")
    assert desks.receive(sealed.path)[0].status == "E_CONTAINER"
    sealed.path.write_bytes(content)
    assert desks.receive(sealed.path, preview=True)[0].status == "E_REPLAY"
    assert [path.read_bytes() for path in inbox.iterdir()] == [content]


def test_U05_every_package_that_took_its_place_is_kept_under_a_name_of_the_countys(desks: Desks) -> None:
    forger = Forger(desks)
    paths = [forger.write(forger.person()), forger.write_lines(b'{"t":"person"}')]
    contents = [path.read_bytes() for path in paths]
    for path in paths:
        desks.receive(path.rename(desks.stick / "x.tpkg"))
    kept = sorted(desks.county.store.workspace.inbox.iterdir())
    assert [path.read_bytes() for path in kept] == contents
    assert [path.name[:18] for path in kept] == [f"{desks.site}-00000{number}" for number in (1, 2)]


def test_U05_a_receipt_is_kept_under_a_name_of_the_townships(desks: Desks, cases: list[str]) -> None:
    desks.report()
    receipt = desks.county.returning.receipt(desks.site, desks.stick).path
    content = receipt.read_bytes()
    desks.township.receipts.take([receipt.rename(desks.stick / "main.db.tpkg")])
    (kept,) = desks.township.store.workspace.inbox.iterdir()
    assert (kept.name[:20], kept.read_bytes()) == (f"r-{desks.site}-000001"[:20], content)


def test_L01_no_file_of_a_county_or_a_township_that_has_reported_tells_a_name(
    desks: Desks, cases: list[str], tmp_path: Path
) -> None:
    desks.report()
    desks.answer()
    desks.township.safekeeping.automatic()
    files = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {name.split("/")[1] for name in files if name.startswith("乡镇")} >= {"outbox", "inbox", "backup", "main.db"}
    for name, content in files.items():
        for secret in ("周丙英", "周戊英", "13990120002", "SQLite format 3", WORDS):
            assert secret.encode() not in content, name
