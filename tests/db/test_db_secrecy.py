from __future__ import annotations

import logging
from pathlib import Path

import pytest
from db_people import PASSPHRASE, person
from sqlalchemy import text

from anyue_desktop.db.store import Store

NAME, NUMBER = "欧阳秘密", "512099198001010017"


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_L01_no_file_of_the_workspace_holds_a_readable_name_or_number(store: Store, tmp_path: Path) -> None:
    with store.work("录入") as work:
        work.session.add(one := person(1, name=NAME, id_number=NUMBER))
    with store.work("修改") as work:
        work.session.get_one(type(one), one.id).phone = "13812345678"
    store.drafts.save("person", one.id, {"name": NAME})
    store.backup(store.workspace.backup / "a.tbak")
    files = everything_below(tmp_path)
    assert {"台账/main.db", "台账/main.db-wal", "台账/main.db-shm", "台账/backup/a.tbak"} <= set(files)
    for name, content in files.items():
        for secret in (NAME.encode(), NUMBER.encode(), b"13812345678", b"SQLite format 3", PASSPHRASE.encode()):
            assert secret not in content, name
        assert store.keys.dek not in content
        assert store.keys.dek.hex().encode() not in content


def test_the_log_names_nobody(store: Store) -> None:
    with store.work("录入", "person") as work:
        work.session.add(person(1, name=NAME, id_number=NUMBER))
    with store.read() as session:
        log = "".join(session.scalars(text("SELECT act || obj FROM operation")))
    assert NAME not in log
    assert NUMBER not in log


def test_L10_neither_errors_nor_logging_show_the_key(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown = [repr(store._engine), str(store._engine.url), repr(store.keys)]
    with pytest.raises(Exception, match="no such table") as caught, store.read() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    shown += [str(caught.value), repr(caught.value), caplog.text]
    with pytest.raises(Exception, match="NOT NULL") as caught, store.work("录入") as work:
        work.session.add_all([person(1, name=NAME, id_type=None), person(2)])
    shown += [str(caught.value), repr(caught.value), caplog.text]
    for one in shown:
        assert NAME not in one
        assert store.keys.dek.hex() not in one
        assert store.keys.identity not in one


def test_a_damaged_page_prints_nothing_to_the_terminal(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    store.close()
    content = bytearray(store.workspace.database.read_bytes())
    content[4096 * 3 + 9] ^= 1
    store.workspace.database.write_bytes(content)
    with Store.open(store.workspace.folder, store.keys) as damaged:
        assert damaged.verify() != []
    assert capfd.readouterr() == ("", "")
