"""What a township seals, its county reads, and nobody else."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import package_workshop as shop
import pyrage
import pytest

from anyue_desktop.core.errors import Cancelled, Refused, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.authentic import Desk, Receiver, RefusedPackage
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.inspection import check_sealed, inspect_file
from anyue_desktop.exchange.outgoing import AttachmentSource
from anyue_desktop.exchange.package import open_package, write_package
from anyue_desktop.exchange.parts import PART_SIZE
from anyue_desktop.exchange.records import Attachment, AttachmentRef, Put, Record

Write = Callable[..., Path]


def nothing_known(_site: str) -> ChainState | None:
    return None


def read(path: Path, desk: Desk | None = None) -> list[Record | Attachment]:
    return list(open_package(path, desk or shop.county_desk(), nothing_known).records())


def many(count: int) -> Iterator[Put]:
    for number in range(count):
        data = {"name": "张玉珍", "remark": f"{number:0300d}", "age": number}
        yield Put("person", shop.identity(number), 1, None, "2026-11-19T16:20:00+08:00", "王芳", "李强", data)


def test_the_county_reads_the_records_that_the_township_sealed(tmp_path: Path) -> None:
    records = shop.sample_records()
    sealed = write_package(tmp_path / "out" / "a.tpkg", shop.heading(), records, shop.signing("site"))
    incoming = open_package(sealed.path, shop.county_desk(), nothing_known)
    found = list(incoming.records())
    assert found == records
    assert [one.hash for one in found if not isinstance(one, Attachment)] == [one.hash for one in records]
    assert (incoming.site, incoming.digest, incoming.manifest.records) == (shop.SITE, sealed.digest, 3)
    assert incoming.manifest.heading == shop.heading()
    assert not incoming.clock_behind


def test_the_recovery_key_opens_the_package_too(tmp_path: Path) -> None:
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), shop.sample_records(), shop.signing("site"))
    desk = replace(shop.county_desk(), receiver=Receiver(shop.COUNTY, (shop.box("recovery"),)))
    assert read(sealed.path, desk) == shop.sample_records()


def test_a_package_sealed_before_the_recovery_key_was_replaced_is_still_taken_in(tmp_path: Path) -> None:
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), shop.sample_records(), shop.signing("site"))
    desk = shop.county_desk()
    changed = replace(desk, trust=replace(desk.trust, recovery=shop.box("stranger").recipient))
    with pytest.raises(Refused) as caught:
        read(sealed.path, changed)
    assert caught.value.status == "E_RECIPIENT"
    former = Receiver(shop.COUNTY, (shop.box("county"),), frozenset({shop.box("recovery").recipient}))
    assert read(sealed.path, replace(changed, receiver=former)) == shop.sample_records()


def test_records_fill_several_parts_and_come_back_in_order(tmp_path: Path) -> None:
    count = PART_SIZE * 5 // 4 // 480
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), many(count), shop.signing("site"))
    with zipfile.ZipFile(sealed.path) as archive:
        plain = pyrage.decrypt(archive.read("payload.age"), [shop.box("county").identity])
    assert b"records/000002.jsonl.gz" in plain
    found = [one.id for one in read(sealed.path) if isinstance(one, Put)]
    assert found == [shop.identity(number) for number in range(count)]


def test_attachments_travel_behind_their_records(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(70_000)
    right = Attachment(hashlib.sha256(picture).hexdigest(), picture)
    reference = AttachmentRef(right.sha256, len(picture), "image/png", "照片.png")
    record = replace(next(many(1)), attachments=(reference,))
    source = AttachmentSource(right.sha256, len(picture), lambda: picture)
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), [record], shop.signing("site"), [source])
    assert read(sealed.path) == [record, right]


@pytest.mark.parametrize(("sha256", "size"), [("7d" * 32, 500), (hashlib.sha256(bytes(500)).hexdigest(), 499)])
def test_an_attachment_that_is_not_what_was_announced_stops_the_sealing(tmp_path: Path, sha256: str, size: int) -> None:
    wrong = AttachmentSource(sha256, size, lambda: bytes(500))
    with pytest.raises(Refused) as caught:
        write_package(tmp_path / "a.tpkg", shop.heading(), many(1), shop.signing("site"), [wrong])
    assert caught.value.status == "E_ATT_HASH"
    assert list(tmp_path.iterdir()) == []


def test_while_sealing_no_record_lies_readable_on_the_disk(tmp_path: Path) -> None:
    seen: list[bytes] = []

    def watched() -> Iterator[Put]:
        for number, record in enumerate(many(25_000)):
            if number == 24_999:
                folder = Path("/proc/self/fd")
                for handle in folder.iterdir():
                    target = str(handle.readlink()) if handle.is_symlink() else ""
                    if str(tmp_path) in target:
                        seen.append(handle.read_bytes())
            yield record

    write_package(tmp_path / "a.tpkg", shop.heading(), watched(), shop.signing("site"))
    assert any(len(content) > 100_000 for content in seen)
    assert not any(b"\x1f\x8b\x08" in content[:64] or "张玉珍".encode() in content for content in seen)


def test_a_cancelled_or_failing_sealing_leaves_nothing_behind(tmp_path: Path) -> None:
    progress = Progress()

    def stopped() -> Iterator[Put]:
        for number, record in enumerate(many(5000)):
            if number == 3000:
                progress.cancel()
            yield record

    with pytest.raises(Cancelled):
        write_package(tmp_path / "a.tpkg", shop.heading(), stopped(), shop.signing("site"), (), progress)
    with pytest.raises(Refused):
        write_package(tmp_path / "a.tpkg", shop.heading(), [*many(2), *many(1)], shop.signing("site"))
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_cannot_travel_is_named(tmp_path: Path) -> None:
    record = replace(next(many(1)), data={"name": "张\u202e玉珍"})
    with pytest.raises(Refused, match=rf"person {record.id}") as caught:
        write_package(tmp_path / "a.tpkg", shop.heading(), [record], shop.signing("site"))
    assert caught.value.status == "E_JSON_STRING"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="无法写入"):
        write_package(tmp_path / "file" / "a.tpkg", shop.heading(), [], shop.signing("site"))


def test_leaving_the_records_half_way_ends_the_decrypting_thread(tmp_path: Path) -> None:
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), many(12_000), shop.signing("site"))
    records = open_package(sealed.path, shop.county_desk(), nothing_known).records()
    assert len(list(itertools.islice(records, 10))) == 10
    records.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name == "age"]


def test_progress_counts_the_records_that_were_read(tmp_path: Path) -> None:
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), many(1000), shop.signing("site"))
    reports: list[tuple[str, int, int]] = []
    progress = Progress(lambda stage, done, total: reports.append((stage, done, total)))
    list(open_package(sealed.path, shop.county_desk(), nothing_known).records(progress))
    progress.stage("end")
    assert ("读取记录", 0, 1000) in reports


def test_a_township_checks_its_own_file_without_the_countys_keys(tmp_path: Path) -> None:
    sealed = write_package(tmp_path / "a.tpkg", shop.heading(), many(10), shop.signing("site"))
    assert check_sealed(sealed.path, shop.signing("site").public).records == 10
    with pytest.raises(Refused) as caught:
        check_sealed(sealed.path, shop.signing("other_site").public)
    assert caught.value.status == "E_KEY_UNKNOWN"
    content = bytearray(sealed.path.read_bytes())
    content[-900] ^= 1
    sealed.path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        check_sealed(sealed.path, shop.signing("site").public)
    assert caught.value.status == "E_CONTAINER"


def test_inspection_says_what_the_file_says_of_itself(package: Write) -> None:
    path = package()
    found = inspect_file(path)
    assert (found.fields["sender"]["site"], found.size) == (shop.SITE, path.stat().st_size)
    assert re.fullmatch(r"[0-9]{8}", found.check_code)
    assert int(found.check_code) == int(found.digest, 16) % 10**8


def test_a_refusal_before_authentication_names_nobody_and_after_it_names_the_sender(package: Write) -> None:
    with pytest.raises(Refused) as unknown:
        read(package(signer="outsider"))
    assert not isinstance(unknown.value, RefusedPackage)
    with pytest.raises(RefusedPackage) as foreign:
        read(package(heading=shop.heading(recipient="county-512022")))
    assert foreign.value.manifest.heading.sender == shop.SITE
    assert not foreign.value.counted


def test_only_rejected_content_counts_in_the_chain_not_damage_on_the_way(package: Write) -> None:
    with pytest.raises(RefusedPackage) as rejected:
        read(package(counts=(9, 0)))
    assert (rejected.value.status, rejected.value.counted) == ("E_COUNT", True)
    with pytest.raises(RefusedPackage) as lies:
        read(package(edit=lambda fields: fields["payload"].update(sha256="ab" * 32)))
    assert (lies.value.status, lies.value.counted) == ("E_PAYLOAD_HASH", False)


def test_a_renewed_key_goes_on_where_the_old_one_stopped(tmp_path: Path) -> None:
    desk = shop.county_desk()
    renewed = shop.certificate("outsider", shop.SITE, 9)
    trust = replace(desk.trust, certificates=(*desk.trust.certificates, renewed))
    for signer in ("site", "outsider"):
        sealed = write_package(tmp_path / "a.tpkg", shop.heading(), many(1), shop.signing(signer))
        assert read(sealed.path, replace(desk, trust=trust)) == list(many(1))


def test_what_no_county_would_take_in_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "a.tpkg"
    nameless = replace(next(many(1)), by="")
    for heading, records, status in (
        (shop.heading(), [nameless], "E_REC_SCHEMA"),
        (shop.heading(sender="office"), [], "E_MANIFEST"),
        (shop.heading(recipient_keys=()), [], "E_MANIFEST"),
    ):
        with pytest.raises(Refused) as caught:
            write_package(target, heading, records, shop.signing("site"))
        assert caught.value.status == status
    with pytest.raises(ValueError, match="first"):
        write_package(target, shop.heading(sequence=2), [], shop.signing("site"))
    assert list(tmp_path.iterdir()) == []
