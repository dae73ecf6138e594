"""Wrong passphrases make one wait, across restarts, and are told in the log; one program at a time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from db_people import PASSPHRASE, Made

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Unusable
from anyue_desktop.db.store import Store
from anyue_desktop.db.tries import FILE, Tries
from anyue_desktop.db.vault import Vault


def fail(folder: Path, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Unusable) as wrong:
            Vault(folder).unlock("张三", "不对的密码-不对的密码")
        assert wrong.value.status == "E_PASSPHRASE"


def earlier(folder: Path, seconds: int) -> None:
    """Puts the last failure back in time."""
    found = json.loads((folder / FILE).read_text())
    last = datetime.fromisoformat(found["last"]) - timedelta(seconds=seconds)
    (folder / FILE).write_text(json.dumps({**found, "last": clock.stamp(last)}))


def test_after_five_wrong_ones_even_the_right_one_must_wait(made: Made) -> None:
    fail(made.folder, 4)
    Vault(made.folder).unlock("张三", PASSPHRASE)
    fail(made.folder, 1)
    with pytest.raises(Unusable) as waiting:
        Vault(made.folder).unlock("张三", PASSPHRASE)
    assert waiting.value.status == "E_UNLOCK_WAIT"
    assert "秒" in waiting.value.message
    assert 28 <= Tries(made.folder).left() <= 30
    earlier(made.folder, 31)
    assert Vault(made.folder).unlock("张三", PASSPHRASE).operator.login == "张三"


def test_the_wait_doubles_and_a_clock_set_back_does_not_lengthen_it(made: Made) -> None:
    fail(made.folder, 5)
    earlier(made.folder, 31)
    fail(made.folder, 1)
    assert 58 <= Tries(made.folder).left() <= 60
    earlier(made.folder, -86_400)
    assert Tries(made.folder).left() == 60


def test_failures_are_told_in_the_log_by_the_next_who_comes_in(made: Made) -> None:
    fail(made.folder, 3)
    with Store.open(made.folder, Vault(made.folder).unlock("张三", PASSPHRASE)) as store, store.read() as session:
        told = session.connection().exec_driver_sql("select obj from operation where act = 'unlock.failed'").fetchall()
    assert [json.loads(row[0]) for row in told] == [{"times": 3}]
    assert not (made.folder / FILE).exists()


def test_a_damaged_note_of_failures_locks_nobody_out(made: Made) -> None:
    (made.folder / FILE).write_text("{")
    assert Vault(made.folder).unlock("张三", PASSPHRASE).operator.login == "张三"


def test_a_second_program_says_so_and_does_no_harm(made: Made) -> None:
    with Store.open(made.folder, made.keys) as first:
        with pytest.raises(Unusable) as busy:
            Store.open(made.folder, Vault(made.folder).unlock("张三", PASSPHRASE))
        assert (busy.value.status, "另一个窗口" in busy.value.message) == ("E_WORKSPACE_BUSY", True)
        assert first.verify() == []
