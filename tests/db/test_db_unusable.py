"""Each way a workspace can be unusable, really produced; nothing is lost by it."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from db_people import PASSPHRASE, Made, person, row
from sqlalchemy import Connection, event, func, select, text
from sqlalchemy.exc import OperationalError

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db.engine import connect
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Vault
from anyue_desktop.registers import Person


def status_of(action: Callable[[], object]) -> str:
    with pytest.raises(Unusable) as caught:
        action()
    return caught.value.status


def people(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_missing_workspace_and_a_missing_database_are_told(made: Made, tmp_path: Path) -> None:
    assert status_of(lambda: Store.open(tmp_path / "无", made.keys)) == "E_WORKSPACE_MISSING"
    (made.folder / "main.db").rename(made.folder / "elsewhere.db")
    assert status_of(lambda: Store.open(made.folder, made.keys)) == "E_WORKSPACE_MISSING"
    (made.folder / "elsewhere.db").rename(made.folder / "main.db")
    Store.open(made.folder, made.keys).close()


def test_a_missing_key_file_is_told_and_the_database_is_untouched(made: Made) -> None:
    before = (made.folder / "main.db").read_bytes()
    for name in ("keyslots.json", "keyslots.json.2"):
        (made.folder / name).unlink()
    assert status_of(lambda: Vault(made.folder).unlock("张三", PASSPHRASE)) == "E_KEYSLOTS_MISSING"
    assert (made.folder / "main.db").read_bytes() == before


def test_a_new_workspace_is_not_made_over_one_whose_key_file_is_gone(made: Made) -> None:
    for name in ("keyslots.json", "keyslots.json.2"):
        (made.folder / name).unlink()
    assert status_of(lambda: Store.create(made.folder, {}, "李四", PASSPHRASE)) == "E_WORKSPACE_EXISTS"


@pytest.mark.parametrize("place", [5, 20, 100, 2000])
def test_a_damaged_first_page_is_damage_and_not_a_wrong_passphrase(made: Made, place: int) -> None:
    database = made.folder / "main.db"
    content = bytearray(database.read_bytes())
    content[place] ^= 1
    database.write_bytes(content)
    keys = Vault(made.folder).unlock("张三", PASSPHRASE)
    assert status_of(lambda: Store.open(made.folder, keys)) == "E_WORKSPACE_DAMAGED"


def test_L02_any_damaged_page_is_found_by_verifying(store: Store) -> None:
    with store.work("录入") as work:
        work.insert_many(Person, [row(number) for number in range(300)])
    assert store.verify() == []
    store.close()
    database = store.workspace.database
    whole = database.read_bytes()
    for page in range(10, len(whole) // 4096, 9):
        content = bytearray(whole)
        content[page * 4096 + 77] ^= 0x10
        database.write_bytes(content)
        try:
            with Store.open(store.workspace.folder, store.keys) as damaged:
                statuses = {finding.status for finding in damaged.verify()}
        except Unusable as error:
            statuses = {error.status}
        assert "E_WORKSPACE_DAMAGED" in statuses, page
    database.write_bytes(whole)
    with Store.open(store.workspace.folder, store.keys) as again:
        assert people(again) == 300


def test_L07_a_page_put_back_in_time_is_found_by_its_history(store: Store) -> None:
    with store.work("录入") as work:
        work.session.add(one := person(1))
    store.close()
    database = store.workspace.database
    old = database.read_bytes()
    with Store.open(store.workspace.folder, store.keys) as again, again.work("修改") as work:
        work.session.get_one(Person, one.id).phone = "13800000000"
    connection = connect(database, store.keys.dek)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='person'").fetchone()[0]
    connection.close()
    content = bytearray(database.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = old[(root - 1) * 4096 : root * 4096]
    database.write_bytes(content)
    with Store.open(store.workspace.folder, store.keys) as again:
        findings = again.verify()
    assert any(one.id in finding.place and finding.status == "E_AUDIT_BROKEN" for finding in findings)


def test_a_file_of_a_newer_program_is_refused_untouched(made: Made) -> None:
    connection = connect(made.folder / "main.db", made.keys.dek)
    connection.execute("UPDATE alembic_version SET version_num='9001'")
    connection.close()
    before = (made.folder / "main.db").read_bytes()
    assert status_of(lambda: Store.open(made.folder, made.keys)) == "E_WORKSPACE_NEWER"
    assert (made.folder / "main.db").read_bytes() == before


def test_L04_an_old_key_file_put_back_is_refused(store: Store) -> None:
    copies = {path: path.read_bytes() for path in store.vault.file.copies}
    Operators(store).add("李四", "苹果 梨子 桃子 李子", [Role.ENTRY])
    store.close()
    for path, content in copies.items():
        path.write_bytes(content)
    keys = Vault(store.workspace.folder).unlock("张三", PASSPHRASE)
    assert status_of(lambda: Store.open(store.workspace.folder, keys)) == "E_KEYSLOTS_ROLLBACK"


def test_a_power_cut_between_key_file_and_database_is_made_good(store: Store) -> None:
    store.vault.add_operator(store.keys, "李四", "苹果 梨子 桃子 李子", [Role.ENTRY])
    store.close()
    keys = Vault(store.workspace.folder).unlock("李四", "苹果 梨子 桃子 李子")
    with Store.open(store.workspace.folder, keys) as again:
        assert again.setting("keyslots.gen") == keys.generation


@pytest.fixture
def read_only(made: Made) -> Iterator[Path]:
    """The workspace in a folder this process may read but not write, also when the tests run as root."""
    place = Path(tempfile.mkdtemp())
    shutil.copytree(made.folder, place / "台账")
    everything = [place, *place.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield place / "台账"
    if root:
        os.seteuid(0)
    for path in everything:
        path.chmod(0o755)
    shutil.rmtree(place)


def test_a_folder_that_cannot_be_written_is_told(read_only: Path) -> None:
    before = (read_only / "main.db").read_bytes()
    keys = Vault(read_only).unlock("张三", PASSPHRASE)
    assert status_of(lambda: Store.open(read_only, keys)) == "E_WORKSPACE_READONLY"
    assert status_of(lambda: Vault(read_only).set_recovery(keys, None)) == "E_WORKSPACE_READONLY"
    assert status_of(lambda: Store.create(read_only / "新", {}, "a", PASSPHRASE)) == "E_WORKSPACE_READONLY"
    assert (read_only / "main.db").read_bytes() == before


def limit_growth(store: Store, more_pages: int) -> None:
    """Lets the database grow by so many pages, then SQLite finds its disk full."""

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + more_pages}")

    event.listen(store._engine, "begin", limit)


def test_a_full_disk_is_told_and_loses_only_the_action_it_stopped(store: Store) -> None:
    with store.work("录入") as work:
        work.session.add(person(1))
    before = store.audit_head()
    limit_growth(store, 5)

    def fill() -> None:
        with store.work("导入") as work:
            work.insert_many(Person, [row(number) for number in range(2, 500)])

    assert status_of(fill) == "E_WORKSPACE_FULL"
    assert (people(store), store.audit_head()) == (1, before)
    assert store.verify() == []


def test_a_disk_that_stops_writing_is_told(store: Store) -> None:
    with store.work("录入") as work:
        work.session.add(person(1))
    largest = store.workspace.database.stat().st_size + 200_000
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        with store.work("导入") as work:
            work.insert_many(Person, [row(number) for number in range(2, 5000)])

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        assert status_of(fill) == "E_WORKSPACE_DISK"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert people(store) == 1
    with store.work("录入") as work:
        work.session.add(person(2))
    assert people(store) == 2


def test_a_disk_full_while_the_key_file_is_written_leaves_the_old_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    add = partial(store.vault.add_operator, store.keys, "李四", "苹果 梨子 桃子 李子", [Role.ENTRY])
    assert status_of(add) == "E_WORKSPACE_FULL"
    monkeypatch.undo()
    assert [one.login for one in store.vault.operators()] == ["张三"]
    assert Vault(store.workspace.folder).unlock("张三", PASSPHRASE).dek == store.keys.dek


def test_a_killed_program_leaves_the_workspace_whole_and_free(made: Made) -> None:
    script = (
        "import os, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from db_people import row\n"
        "from anyue_desktop.db.store import Store; from anyue_desktop.db.vault import Vault\n"
        "from anyue_desktop.registers import Person\n"
        "folder = Path(sys.argv[1]); store = Store.open(folder, Vault(folder).unlock('张三', sys.argv[3]))\n"
        "with store.work('录入') as work: work.insert_many(Person, [row(1)])\n"
        "with store.work('导入') as work:\n"
        "    work.insert_many(Person, [row(number) for number in range(2, 3000)])\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    arguments = [sys.executable, "-c", script, str(made.folder), str(Path(__file__).parent), PASSPHRASE]
    killed = subprocess.run(arguments, check=False, cwd=Path(__file__).parents[2])
    assert killed.returncode == -9
    with Store.open(made.folder, made.keys) as again:
        assert people(again) == 1
        assert again.verify() == []


def test_the_lock_is_held_by_the_operating_system_not_by_a_file_left_behind(made: Made) -> None:
    (made.folder / ".lock").touch()
    Store.open(made.folder, made.keys).close()


def test_a_statement_sqlite_cannot_do_is_a_bug_and_no_status(store: Store) -> None:
    with pytest.raises(OperationalError), store.read() as session:
        session.execute(text("SELECT * FROM no_such_table"))


def test_a_damaged_copy_of_the_key_file_is_reported_and_mended_at_the_next_opening(store: Store) -> None:
    first, second = store.vault.file.copies
    whole = first.read_bytes()
    first.write_bytes(b"{}")
    second.unlink()
    assert [(one.status, one.place) for one in store.verify()] == [
        ("E_KEYSLOTS_DAMAGED", "keyslots.json"),
        ("E_KEYSLOTS_MISSING", "keyslots.json.2"),
    ]
    second.write_bytes(whole)
    store.close()
    Store.open(store.workspace.folder, store.keys).close()
    assert first.read_bytes() == second.read_bytes() == whole


def test_a_workspace_that_could_not_be_made_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
    try:
        assert (
            status_of(lambda: Store.create(tmp_path / "新", {}, "张三", PASSPHRASE, cost=FLOOR)) == "E_WORKSPACE_DISK"
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in (tmp_path / "新").iterdir() if path.is_file()] == []
    Store.create(tmp_path / "新", {}, "张三", PASSPHRASE, cost=FLOOR).close()
