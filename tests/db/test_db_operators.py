from __future__ import annotations

import json

import pytest
from db_people import PASSPHRASE, person
from sqlalchemy import func, select, text

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.db.engine import connect
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.opening import rekey
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Keys, Vault
from anyue_desktop.registers import Person

SECOND = "苹果 梨子 桃子 李子"


@pytest.fixture
def operators(store: Store) -> Operators:
    with store.work("录入") as work:
        work.session.add(person(1))
    return Operators(store)


def reopened(store: Store, login: str = "张三", words: str = PASSPHRASE) -> Store:
    store.close()
    return Store.open(store.workspace.folder, Vault(store.workspace.folder).unlock(login, words))


def people(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Person)) or 0


def test_an_added_operator_opens_the_workspace_under_his_own_name(store: Store, operators: Operators) -> None:
    added = operators.add("李四", SECOND, [Role.ENTRY])
    with reopened(store, "李四", SECOND) as his:
        assert his.keys.operator == added
        with his.work("录入") as work:
            work.session.add(fresh := person(2))
        assert fresh.created_by == added.id


def test_changes_of_operators_are_logged_without_names_or_secrets(store: Store, operators: Operators) -> None:
    operators.add("李四", SECOND, [Role.ENTRY])
    operators.set_roles("李四", [Role.ENTRY, Role.PROTECT])
    operators.reset_passphrase("李四", "蜜蜂 蝴蝶 蜻蜓 蚂蚁")
    operators.change_passphrase(PASSPHRASE, "山坡 山谷 山顶 河岸")
    with store.read() as session:
        rows = session.execute(text("SELECT act, obj FROM operation ORDER BY n DESC LIMIT 4")).all()
    assert [act for act, _ in rows] == ["operator.passphrase", "operator.reset", "operator.roles", "operator.added"]
    assert json.loads(rows[1][1])["roles"] == ["entry", "protect"]
    assert "李四" not in str(rows)
    with reopened(store, "张三", "山坡 山谷 山顶 河岸") as again:
        assert people(again) == 1


def test_L13_a_removed_operator_cannot_open_the_newer_file_with_what_he_kept(
    store: Store, operators: Operators
) -> None:
    operators.add("李四", SECOND, [Role.ENTRY])
    kept = store.vault.unlock("李四", SECOND)
    operators.remove("李四")
    assert people(store) == 1
    with store.work("录入") as work:
        work.session.add(person(2))
    store.close()
    with pytest.raises(Unusable) as caught:
        Store.open(store.workspace.folder, kept)
    assert caught.value.status == "E_WORKSPACE_DAMAGED"
    with pytest.raises(Exception, match="not a database"):
        connect(store.workspace.database, kept.dek)
    with reopened(store) as again:
        assert people(again) == 2
        assert again.verify() == []


@pytest.mark.parametrize("encrypted_anew", [False, True])
def test_a_change_of_key_cut_short_is_finished_at_the_next_opening(
    store: Store, operators: Operators, encrypted_anew: bool
) -> None:
    old = store.keys.dek
    between = store.vault.begin_key_change(store.keys)
    if encrypted_anew:
        rekey(store._engine, between.dek)
    with reopened(store) as again:
        assert again.keys.dek == between.dek != old
        assert people(again) == 1
        assert again.verify() == []
    content = store.vault.file.read()
    assert content.previous == b""
    with reopened(store) as again:
        assert people(again) == 1


def test_an_operator_without_the_right_changes_nothing(store: Store, operators: Operators) -> None:
    operators.add("李四", SECOND, [Role.ENTRY])
    with reopened(store, "李四", SECOND) as his:
        before = his.audit_head()
        with pytest.raises(UserError, match="只有管理员"):
            Operators(his).add("王五", SECOND, [Role.ADMIN])
        assert his.audit_head() == before


def test_keys_of_another_workspace_open_nothing(store: Store) -> None:
    foreign = Keys(**{**vars(store.keys), "dek": bytes(32)})
    store.close()
    with pytest.raises(Unusable) as caught:
        Store.open(store.workspace.folder, foreign)
    assert caught.value.status == "E_WORKSPACE_DAMAGED"
