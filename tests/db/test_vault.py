from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.db.canonical import canonical
from anyue_desktop.db.kdf import FLOOR, Cost, calibrated
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.vault import Keys, Vault

FIRST = "山羊-水牛-黄牛-骏马"
SECOND = "Zebra 走过 17 座桥"
THIRD = "苹果 梨子 桃子 李子"
UNIT = {"edition": "township", "code": "512021100000", "name": "岳阳镇"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vault, Keys]:
    """One administrator; made once, since every derivation of a key takes its time."""
    made = Vault(tmp_path_factory.mktemp("alone"))
    return made, made.create(UNIT, "张三", FIRST, cost=FLOOR)


@pytest.fixture(scope="module")
def together(alone: tuple[Vault, Keys], tmp_path_factory: pytest.TempPathFactory) -> tuple[Vault, Keys]:
    """An administrator and an entry clerk, 李四."""
    made = Vault(tmp_path_factory.mktemp("together"))
    copy_keys(alone[0], made)
    return made, made.add_operator(alone[1], "李四", SECOND, [Role.ENTRY], name="李四娃")


@pytest.fixture
def admin(vault: Vault, alone: tuple[Vault, Keys]) -> Keys:
    copy_keys(alone[0], vault)
    return alone[1]


@pytest.fixture
def with_clerk(vault: Vault, together: tuple[Vault, Keys]) -> Keys:
    copy_keys(together[0], vault)
    return together[1]


def copy_keys(source: Vault, target: Vault) -> None:
    for old, new in zip(source.file.copies, target.file.copies, strict=True):
        shutil.copy(old, new)


def status_of(action: Callable[[], object]) -> str:
    with pytest.raises(Unusable) as caught:
        action()
    return caught.value.status


def edit(vault: Vault, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(vault.file.copies[0].read_bytes())
    change(content)
    for copy in vault.file.copies:
        copy.write_text(canonical(content), encoding="utf-8")


def test_the_right_passphrase_gives_the_same_keys_each_time(vault: Vault, admin: Keys) -> None:
    again = vault.unlock("张三", FIRST)
    assert (again.dek, again.identity) == (admin.dek, admin.identity)
    assert again.open_signing_seed() == admin.open_signing_seed()
    assert len(again.dek) == len(again.open_signing_seed()) == 32


def test_a_wrong_passphrase_and_an_unknown_operator_are_told_apart(vault: Vault, admin: Keys) -> None:
    assert status_of(lambda: vault.unlock("张三", "山羊-水牛-黄牛-骏驴")) == "E_PASSPHRASE"
    assert status_of(lambda: vault.unlock("李四", FIRST)) == "E_OPERATOR_UNKNOWN"


def test_a_passphrase_typed_in_decomposed_form_is_the_same_passphrase(vault: Vault) -> None:
    vault.create(UNIT, "a", "caf\u00e9 山羊 水牛 9527", cost=FLOOR)
    assert vault.unlock("a", "cafe\u0301 山羊 水牛 9527").operator.login == "a"


def test_an_added_operator_opens_the_same_database(vault: Vault, with_clerk: Keys) -> None:
    entry = vault.unlock("李四", SECOND)
    assert entry.dek == with_clerk.dek
    assert entry.operator.name == "李四娃"
    assert [one.login for one in vault.operators()] == ["张三", "李四"]


def test_L05_an_entry_clerk_cannot_open_the_signing_seed_even_with_own_tools(vault: Vault, admin: Keys) -> None:
    vault.add_operator(admin, "李四", SECOND, [Role.ENTRY, Role.PROTECT])
    entry = vault.unlock("李四", SECOND)
    assert not entry.may_sign
    with pytest.raises(UserError, match="只有审核人"):
        entry.open_signing_seed()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(entry.sealed_seed, [pyrage.x25519.Identity.from_str(entry.identity)])


def test_a_new_reviewer_gets_the_seed_and_a_former_one_loses_it(vault: Vault, with_clerk: Keys) -> None:
    with_clerk = vault.set_roles(with_clerk, "李四", [Role.ENTRY, Role.REVIEWER])
    assert vault.unlock("李四", SECOND).open_signing_seed() == with_clerk.open_signing_seed()
    vault.set_roles(with_clerk, "李四", [Role.ENTRY])
    with pytest.raises(UserError):
        vault.unlock("李四", SECOND).open_signing_seed()


def test_an_administrator_who_may_not_sign_cannot_make_a_reviewer(vault: Vault, admin: Keys) -> None:
    vault.add_operator(admin, "李四", SECOND, [Role.ADMIN])
    other = vault.unlock("李四", SECOND)
    with pytest.raises(UserError, match="只有审核人"):
        vault.set_roles(other, "李四", [Role.ADMIN, Role.REVIEWER])


def test_only_an_with_clerkistrator_manages_operators(vault: Vault, with_clerk: Keys) -> None:
    entry = vault.unlock("李四", SECOND)
    for action in (
        lambda: vault.add_operator(entry, "王五", THIRD, [Role.ENTRY]),
        lambda: vault.remove_operator(entry, "张三"),
        lambda: vault.set_roles(entry, "李四", Role),
        lambda: vault.reset_passphrase(entry, "张三", THIRD),
    ):
        with pytest.raises(UserError, match="只有管理员"):
            action()


def test_the_last_with_clerkistrator_and_the_last_reviewer_stay(vault: Vault, with_clerk: Keys) -> None:
    with pytest.raises(UserError, match="至少要留一名管理员"):
        vault.set_roles(with_clerk, "张三", [Role.REVIEWER])
    with pytest.raises(UserError, match="至少要留一名审核人"):
        vault.set_roles(with_clerk, "张三", [Role.ADMIN])
    with pytest.raises(UserError, match="不能删除自己"):
        vault.remove_operator(with_clerk, "张三")
    assert vault.unlock("张三", FIRST).operator.roles == frozenset(Role)


def test_a_login_is_used_once(vault: Vault, admin: Keys) -> None:
    with pytest.raises(UserError, match="已经有人使用"):
        vault.add_operator(admin, "张三", SECOND, [Role.ENTRY])


def test_a_removed_operator_is_unknown(vault: Vault, with_clerk: Keys) -> None:
    vault.remove_operator(with_clerk, "李四")
    assert status_of(lambda: vault.unlock("李四", SECOND)) == "E_OPERATOR_UNKNOWN"
    assert vault.unlock("张三", FIRST).dek == with_clerk.dek


def test_ones_own_passphrase_is_changed_with_the_old_one(vault: Vault, admin: Keys) -> None:
    assert status_of(lambda: vault.change_passphrase(admin, SECOND, THIRD)) == "E_PASSPHRASE"
    vault.change_passphrase(admin, FIRST, THIRD)
    assert status_of(lambda: vault.unlock("张三", FIRST)) == "E_PASSPHRASE"
    assert vault.unlock("张三", THIRD).open_signing_seed() == admin.open_signing_seed()


def test_an_administrator_gives_a_forgetful_reviewer_a_new_passphrase(vault: Vault, admin: Keys) -> None:
    admin = vault.add_operator(admin, "李四", SECOND, [Role.REVIEWER])
    vault.reset_passphrase(admin, "李四", THIRD)
    assert status_of(lambda: vault.unlock("李四", SECOND)) == "E_PASSPHRASE"
    assert vault.unlock("李四", THIRD).open_signing_seed() == admin.open_signing_seed()


def test_the_county_opens_the_data_with_the_recovery_key_but_cannot_sign(vault: Vault, admin: Keys) -> None:
    county = pyrage.x25519.Identity.generate()
    vault.set_recovery(admin, str(county.to_public()))
    content = vault.file.read()
    assert pyrage.decrypt(content.dek, [county]) == admin.dek
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content.signing, [county])


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda c: c["operators"][1].update(roles=["entry", "reviewer"]), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c["operators"][1]["kdf"].update(m_kib=1024), "E_KDF_PARAMS"),
        (lambda c: c["operators"][1]["kdf"].update(t=10_000), "E_KDF_PARAMS"),
        (lambda c: c["operators"][1]["kdf"].update(t=3), "E_PASSPHRASE"),
        (lambda c: c["operators"][1].update(sealed=c["operators"][0]["sealed"]), "E_PASSPHRASE"),
        (lambda c: c["operators"][1].update(recipient=c["operators"][0]["recipient"]), "E_PASSPHRASE"),
        (lambda c: c["operators"].pop(0), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c.update(recovery=str(pyrage.x25519.Identity.generate().to_public())), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c.update(gen=c["gen"] + 5), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c["unit"].update(code="512021101000"), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c.update(dek=c["xk"]), "E_KEYSLOTS_TAMPERED"),
        (lambda c: c.update(version=2), "E_KEYSLOTS_NEWER"),
        (lambda c: c.pop("mac"), "E_KEYSLOTS_DAMAGED"),
    ],
    ids=[
        "role", "weak", "slow", "other", "swapped", "recipient", "dropped", "recovery", "gen", "unit", "dek", "newer",
        "mac",
    ],
)  # fmt: skip
def test_L03_an_edited_key_file_is_refused(
    vault: Vault, with_clerk: Keys, change: Callable[[dict[str, Any]], None], status: str
) -> None:
    edit(vault, change)
    assert status_of(lambda: vault.unlock("李四", SECOND)) == status


def test_one_damaged_or_missing_copy_of_the_key_file_is_made_good_by_the_other(vault: Vault, admin: Keys) -> None:
    first, second = vault.file.copies
    first.write_bytes(first.read_bytes()[:100])
    assert vault.unlock("张三", FIRST).dek == admin.dek
    first.unlink()
    assert vault.unlock("张三", FIRST).dek == admin.dek
    second.unlink()
    assert status_of(lambda: vault.unlock("张三", FIRST)) == "E_KEYSLOTS_MISSING"


def test_the_newer_copy_counts_when_writing_was_cut_short(vault: Vault, admin: Keys) -> None:
    older = vault.file.copies[1].read_bytes()
    vault.add_operator(admin, "李四", SECOND, [Role.ENTRY])
    vault.file.copies[1].write_bytes(older)
    assert vault.unlock("李四", SECOND).dek == admin.dek


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format":1}', b"[" * 100_000])
def test_a_damaged_key_file_says_so(vault: Vault, content: bytes) -> None:
    for copy in vault.file.copies:
        copy.write_bytes(content)
    assert status_of(lambda: vault.unlock("张三", FIRST)) == "E_KEYSLOTS_DAMAGED"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b'"gen":1', b'"gen":1e999'),
        lambda text: text.replace(b'"m_kib":65536', b'"m_kib":1e999'),
        lambda text: text.replace("张三".encode(), b"\\ud800"),
    ],
    ids=["endless generation", "endless memory", "half a character"],
)
def test_L03_values_no_program_writes_are_damage_and_no_bug(
    vault: Vault, admin: Keys, change: Callable[[bytes], bytes]
) -> None:
    changed = change(vault.file.copies[0].read_bytes())
    assert changed != vault.file.copies[0].read_bytes()
    for copy in vault.file.copies:
        copy.write_bytes(changed)
    assert status_of(lambda: vault.unlock("张三", FIRST)) == "E_KEYSLOTS_DAMAGED"


def test_a_second_set_of_keys_is_never_made_over_the_first(vault: Vault, admin: Keys) -> None:
    assert status_of(lambda: vault.create(UNIT, "李四", SECOND, cost=FLOOR)) == "E_WORKSPACE_EXISTS"


@pytest.mark.parametrize("cost", [Cost(65_535, 3, 4), Cost(65_536, 1, 4), Cost(65_536, 3, 9), Cost(2_000_000, 3, 4)])
def test_a_cost_outside_the_bounds_is_refused(vault: Vault, cost: Cost) -> None:
    assert status_of(lambda: vault.create(UNIT, "张三", FIRST, cost=cost)) == "E_KDF_PARAMS"
    assert not vault.file.exists()


def test_the_cost_found_for_this_machine_is_within_the_bounds() -> None:
    cost = calibrated()
    cost.check()
    assert cost.passes == 3


def test_keys_never_show_their_secrets(admin: Keys) -> None:
    shown = repr(admin) + str(admin)
    assert admin.dek.hex() not in shown
    assert repr(admin.dek) not in shown
    assert "AGE-SECRET-KEY" not in shown
