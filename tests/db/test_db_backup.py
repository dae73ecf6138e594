from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from db_people import PASSPHRASE, UNIT, row
from sqlalchemy import func, select

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.db.backup import read_manifest, verify_backup, write_backup
from anyue_desktop.db.container import write_members
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.restore import backup_keys, restore_backup
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Vault
from anyue_desktop.registers import Person


@pytest.fixture
def saved(store: Store, tmp_path: Path) -> Path:
    with store.work("录入") as work:
        work.insert_many(Person, [row(number) for number in range(50)])
    target = tmp_path / "岳阳镇-20261123.tbak"
    store.backup(target)
    return target


def people(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def status_of(action) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Unusable) as caught:
        action()
    return caught.value.status


def test_a_backup_says_what_it_holds(store: Store, saved: Path) -> None:
    manifest = read_manifest(saved, store.keys.dek)
    assert manifest["type"] == "backup"
    assert manifest["db_id"] == store.keys.db_id
    assert manifest["counts"]["person"] == 50
    assert manifest["unit"] == UNIT
    assert manifest["audit"]["len"] == store.audit_head().length - 1  # the backup itself is logged afterwards


def test_a_backup_is_a_plain_zip_of_stored_members_without_readable_data(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        assert archive.namelist() == ["manifest.json", "manifest.json.mac", "main.db", "keyslots.json"]
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    content = saved.read_bytes()
    assert b"SQLite format 3" not in content
    assert "芳00001".encode() not in content
    assert b"512099000000000001" not in content


def test_nothing_but_the_backup_is_left_beside_it(saved: Path) -> None:
    assert {path.name for path in saved.parent.iterdir()} == {saved.name, "台账"}


def test_a_backup_can_be_verified_again(store: Store, saved: Path) -> None:
    assert verify_backup(saved, store.keys.dek)["counts"]["person"] == 50


@pytest.mark.parametrize("place", [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999])
def test_L12_one_changed_byte_makes_a_backup_bad(store: Store, saved: Path, place: float) -> None:
    content = bytearray(saved.read_bytes())
    content[int(len(content) * place)] ^= 1
    saved.write_bytes(content)
    try:
        verify_backup(saved, store.keys.dek)
    except Unusable as error:
        assert error.status == "E_BACKUP_BAD"
    else:
        assert place >= 0.97  # only names and dates in the ZIP directory may differ without harm


def test_a_cut_backup_and_something_else_are_bad(store: Store, saved: Path) -> None:
    whole = saved.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"not a backup"):
        saved.write_bytes(content)
        assert status_of(lambda: verify_backup(saved, store.keys.dek)) == "E_BACKUP_BAD"
    assert status_of(lambda: verify_backup(saved.with_name("missing.tbak"), store.keys.dek)) == "E_BACKUP_BAD"


def test_a_database_swapped_into_a_backup_is_found_even_if_it_holds_the_same(store: Store, tmp_path: Path) -> None:
    members: list[dict[str, bytes]] = []
    for path in (tmp_path / "a.tbak", tmp_path / "b.tbak"):
        write_backup(store._engine, store.keys, store.workspace, path)
        with zipfile.ZipFile(path) as archive:
            members.append({name: archive.read(name) for name in archive.namelist()})
    first, second = members
    mixed = tmp_path / "mixed.tbak"
    write_members(mixed, {**first, "main.db": second["main.db"]})
    assert status_of(lambda: verify_backup(mixed, store.keys.dek)) == "E_BACKUP_BAD"


def test_L12_a_stick_that_writes_something_else_gives_no_backup(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bad.tbak"

    def flaky_copy(source: BinaryIO, out: BinaryIO, length: int) -> None:
        content = bytearray(source.read())
        content[len(content) // 2] ^= 1
        out.write(content)

    monkeypatch.setattr(shutil, "copyfileobj", flaky_copy)
    assert status_of(lambda: store.backup(target)) == "E_BACKUP_BAD"
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError):
        store.backup(tmp_path / "file" / "x.tbak")


def test_a_restored_workspace_is_as_it_was_and_says_so(store: Store, saved: Path) -> None:
    head = read_manifest(saved, store.keys.dek)["audit"]
    with store.work("录入") as work:
        work.insert_many(Person, [row(number) for number in range(100, 110)])
    store.close()
    restore_backup(store.workspace.folder, saved, store.keys)
    with Store.open(store.workspace.folder, store.keys) as restored:
        assert people(restored) == 50
        assert restored.verify() == []
        assert restored.audit_head().length == head["len"] + 2  # restored, then logged in
    aside = store.workspace.folder / "main.db.before-restore"
    assert aside.stat().st_size > 0


def test_a_lost_workspace_comes_back_from_its_backup_alone(store: Store, saved: Path, tmp_path: Path) -> None:
    store.close()
    shutil.rmtree(store.workspace.folder)
    keys = backup_keys(saved, "张三", PASSPHRASE)
    folder = tmp_path / "新电脑"
    restore_backup(folder, saved, keys)
    with Store.open(folder, Vault(folder).unlock("张三", PASSPHRASE)) as restored:
        assert people(restored) == 50


def test_restoring_does_not_bring_removed_operators_back(store: Store, tmp_path: Path) -> None:
    operators = Operators(store)
    operators.add("李四", "苹果 梨子 桃子 李子", [Role.ENTRY])
    saved = tmp_path / "a.tbak"
    store.backup(saved)
    store.keys = store.vault.remove_operator(store.keys, "李四")
    store.close()
    restore_backup(store.workspace.folder, saved, store.keys)
    assert [one.login for one in Vault(store.workspace.folder).operators()] == ["张三"]
    Store.open(store.workspace.folder, store.keys).close()


def test_a_backup_under_an_earlier_key_brings_its_own_key_file(store: Store, saved: Path) -> None:
    Operators(store).change_key()
    store.close()
    keys = backup_keys(saved, "张三", PASSPHRASE)
    restore_backup(store.workspace.folder, saved, keys)
    with Store.open(store.workspace.folder, Vault(store.workspace.folder).unlock("张三", PASSPHRASE)) as restored:
        assert people(restored) == 50


def test_a_backup_of_another_unit_is_refused_and_nothing_changes(store: Store, saved: Path, tmp_path: Path) -> None:
    other = Store.create(tmp_path / "别处", UNIT, "李四", PASSPHRASE, cost=FLOOR)
    other.close()
    before = (tmp_path / "别处" / "main.db").read_bytes()
    assert status_of(lambda: restore_backup(tmp_path / "别处", saved, store.keys)) == "E_BACKUP_FOREIGN"
    assert (tmp_path / "别处" / "main.db").read_bytes() == before


def test_a_bad_backup_changes_nothing(store: Store, saved: Path) -> None:
    store.close()
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 1
    saved.write_bytes(content)
    assert status_of(lambda: restore_backup(store.workspace.folder, saved, store.keys)) == "E_BACKUP_BAD"
    with Store.open(store.workspace.folder, store.keys) as again:
        assert people(again) == 50
    assert not (store.workspace.folder / "main.db.before-restore").exists()


def test_a_workspace_in_use_is_not_restored_over(store: Store, saved: Path) -> None:
    assert status_of(lambda: restore_backup(store.workspace.folder, saved, store.keys)) == "E_WORKSPACE_BUSY"
    assert people(store) == 50
