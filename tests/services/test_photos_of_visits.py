"""Photographs of a visit: kept encrypted, carried only when asked, the same at the county."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from service_desk import MONTH, Desks, Forger, add_visit, value
from sqlalchemy import inspect

from anyue_desktop.core import pictures
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.types import PhotoRef
from anyue_desktop.db.exchange_tables import PhotoContent
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.records import AttachmentRef
from anyue_desktop.services.photos import Photo
from anyue_desktop.services.workspace import Workspace

VISIT = "elder_visit"


def photograph(shade: int = 100) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(target, "JPEG")
    return target.getvalue()


def with_photos(workspace: Workspace, case: str, *shades: int) -> str:
    """Registers a visit with photographs."""
    refs = tuple(workspace.records.album.keep(photograph(one), f"入户{one}.jpg") for one in shades)
    return add_visit(workspace, case, photos=refs)


def hashes(workspace: Workspace, visit: str) -> list[str]:
    return [PhotoRef.of(one).sha256 for one in workspace.records.get(VISIT, visit)["photos"] or ()]


def send(desks: Desks, *, photos: bool) -> int:
    """Reports the month; returns how many photographs the package holds."""
    sealed = desks.township.reporting.seal(MONTH, desks.stick, photos=photos)
    (taken,) = desks.receive(sealed.path)
    assert (taken.status, taken.returned) == ("OK", 0)
    return int(inspect_file(sealed.path).fields["counts"]["attachments"])


def test_a_photograph_arrives_as_it_was_kept(desks: Desks, cases: list[str]) -> None:
    visit = with_photos(desks.township, cases[0], 10, 20)
    assert desks.township.records.get(VISIT, visit)["photo_count"] == 2
    assert send(desks, photos=True) == 2
    assert hashes(desks.county, visit) == hashes(desks.township, visit)
    for sha256 in hashes(desks.county, visit):
        content = desks.county.records.album.content(sha256)
        assert content == desks.township.records.album.content(sha256)
        assert pictures.digest_of(content) == sha256


def test_a_name_written_with_loose_accents_travels(desks: Desks, cases: list[str]) -> None:
    ref = desks.township.records.album.keep(photograph(10), "caf\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}.jpg")
    add_visit(desks.township, cases[0], photos=(ref,))
    assert send(desks, photos=True) == 1


def test_photographs_stay_at_home_unless_asked_for(desks: Desks, cases: list[str]) -> None:
    visit = with_photos(desks.township, cases[0], 10)
    assert send(desks, photos=False) == 0
    assert hashes(desks.county, visit) == []
    assert value(desks.county, "select count(*) from photo_content") == 0


def test_what_the_county_has_acknowledged_is_named_and_not_sent_again(desks: Desks, cases: list[str]) -> None:
    visit = with_photos(desks.township, cases[0], 10)
    assert send(desks, photos=True) == 1
    desks.answer()
    more = desks.township.records.album.keep(photograph(20), "第二张.jpg")
    refs = (*desks.township.records.get(VISIT, visit)["photos"], more)
    desks.township.records.set(VISIT, visit, {"photos": refs})
    assert send(desks, photos=True) == 1
    assert hashes(desks.county, visit) == hashes(desks.township, visit)
    desks.answer()
    desks.township.records.set(VISIT, visit, {"photos": refs[1:]})
    assert send(desks, photos=False) == 0
    assert hashes(desks.county, visit) == [PhotoRef.of(more).sha256]


def test_a_photograph_nobody_sent_is_returned_and_sent_with_the_correction(desks: Desks, cases: list[str]) -> None:
    visit = with_photos(desks.township, cases[0], 10)
    assert send(desks, photos=True) == 1
    desks.answer()
    with desks.county.store.work("丢失") as work:
        work.session.connection().exec_driver_sql("DELETE FROM photo_content")
    desks.township.records.set(VISIT, visit, {"visit_method": "1", "visitor_name": "王芳"})
    desks.receive(desks.township.reporting.seal(MONTH, desks.stick, photos=True).path)
    assert desks.returns() == {visit: "R_ATT_MISSING"}
    result = desks.answer()
    assert [(one.id, one.field) for one in result.records] == [(visit, "photos")]
    desks.township.records.set(VISIT, visit, {"visitor_name": "李强"})
    assert send(desks, photos=True) == 1
    assert desks.returns() == {}
    assert desks.county.records.album.content(hashes(desks.county, visit)[0])


def test_a_register_without_photographs_takes_none(desks: Desks) -> None:
    forger = Forger(desks)
    ref = AttachmentRef("a" * 64, 5, "image/jpeg", "x.jpg")
    forger.send(person := forger.person(attachments=(ref,)))
    assert desks.returns() == {person.id: "R_SCHEMA"}


def test_a_change_of_photographs_is_in_the_history_and_can_be_put_back(desks: Desks, cases: list[str]) -> None:
    records = desks.township.records
    visit = with_photos(desks.township, cases[0], 10, 20)
    before = hashes(desks.township, visit)
    records.set(VISIT, visit, {"photos": records.get(VISIT, visit)["photos"][:1]})
    (change,) = (one for one in records.history(VISIT, visit)[0].changes if one.field == "photos")
    assert (change.old, change.new) == ("2张：入户10.jpg、入户20.jpg", "1张：入户10.jpg")
    records.put_back(VISIT, visit, "photos", 1)
    assert hashes(desks.township, visit) == before


def test_photographs_are_exported_only_with_a_reason_that_is_logged(
    desks: Desks, cases: list[str], tmp_path: Path
) -> None:
    album = desks.township.records.album
    visit = with_photos(desks.township, cases[0], 10)
    photos = album.listed(VISIT, desks.township.records.get(VISIT, visit)["photos"])
    with pytest.raises(UserError, match="要写明原因"):
        album.save(photos, tmp_path / "照片", " ")
    (path,) = album.save(photos, tmp_path / "照片", "县局抽查")
    assert (path.name, path.read_bytes()) == ("01-入户10.jpg", album.content(photos[0].sha256))
    assert "县局抽查" in value(desks.township, "select obj from operation order by n desc limit 1")


def test_the_county_looks_at_photographs_as_it_looks_at_the_record(desks: Desks, cases: list[str]) -> None:
    visit = with_photos(desks.township, cases[0], 10)
    send(desks, photos=True)
    (photo,) = desks.county.records.album.listed(VISIT, desks.county.records.get(VISIT, visit)["photos"])
    assert (photo.name, photo.here) == ("入户10.jpg", True)
    assert Image.open(io.BytesIO(desks.county.records.album.shown(photo.sha256))).size == (96, 72)


def test_a_name_from_a_package_is_harmless_on_every_disk(desks: Desks, cases: list[str], tmp_path: Path) -> None:
    album = desks.township.records.album
    sha256 = PhotoRef.of(album.keep(photograph(10), "x.jpg")).sha256
    (path,) = album.save([Photo(sha256, 1, "..\\..\\C:evil<1>?.jpg", here=True)], tmp_path / "照片", "抽查")
    assert (path.parent, path.name) == (tmp_path / "照片", "01-______C_evil_1__.jpg")


def test_looking_a_photograph_up_does_not_read_its_content(desks: Desks) -> None:
    sha256 = PhotoRef.of(desks.township.records.album.keep(photograph(10), "x.jpg")).sha256
    with desks.township.store.read() as session:
        assert "content" in inspect(session.get_one(PhotoContent, sha256)).unloaded


def test_L01_no_photograph_lies_readable_on_the_disk(desks: Desks, cases: list[str]) -> None:
    with_photos(desks.township, cases[0], 10)
    send(desks, photos=True)
    for path in (*desks.township.folder.rglob("*"), *desks.stick.rglob("*")):
        if path.is_file():
            assert b"JFIF" not in path.read_bytes(), path
