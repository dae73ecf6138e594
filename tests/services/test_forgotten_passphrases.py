"""忘记密码: the county opens what nobody at the township can, once, for the one who asked, within a week."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from service_desk import WORDS, Desks, add_elder, value

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused, Unusable, UserError
from anyue_desktop.db.keyslots import KeySlotFile
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.services.query import Query
from anyue_desktop.services.unlocking import CountyUnlocking, UnlockAsked, ask_county, recover, recover_county
from anyue_desktop.services.workspace import Workspace, open_workspace

FRESH = "春天-云朵-流星-蓝天"


@pytest.fixture
def recovery(desks: Desks) -> Path:
    """The recovery key as it lies in the county's safe."""
    (found,) = desks.county.folder.glob("*保管/恢复密钥.agekey")
    return found


@pytest.fixture
def asked(desks: Desks) -> Iterator[UnlockAsked]:
    """A township that locked itself out, with its request on the stick."""
    add_elder(desks.township, 2)
    desks.township.close()
    yield ask_county(desks.township.folder, "王芳", desks.stick)


def county(desks: Desks) -> CountyUnlocking:
    return CountyUnlocking(desks.county.store)


def reopened(desks: Desks, login: str = "王芳", words: str = FRESH) -> Workspace:
    return open_workspace(desks.township.folder, login, words)


def status_of(error: pytest.ExceptionInfo[Unusable]) -> str:
    return error.value.status


def test_L11_a_forgotten_passphrase_is_healed_by_stick_and_telephone(
    desks: Desks, asked: UnlockAsked, recovery: Path
) -> None:
    before = KeySlotFile(desks.township.folder).read()
    assert county(desks).preview(asked.path) == asked
    assert len(asked.fingerprint.split()) == 6
    answered = county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    assert [len(group) for group in answered.code.split()] == [5] * 5
    done = recover(desks.township.folder, answered.path, answered.code, "王芳", FRESH)
    assert (done.login, done.may_review, done.must_enrol) == ("王芳", True, True)
    with pytest.raises(Unusable) as old:
        open_workspace(desks.township.folder, "王芳", WORDS)
    assert status_of(old) == "E_PASSPHRASE"
    desks.township = reopened(desks)
    assert len(desks.township.records.ids(Query("elder_case"))) == 1
    logged = "select count(*) from operation where act = 'unlock.recovered'"
    assert value(desks.township, logged) == 1
    after = KeySlotFile(desks.township.folder).read()
    # an old copy of the key file with the passphrase of its day holds a key that opens nothing any more
    KeySlotFile(desks.township.folder).write(before)
    desks.township.close()
    with pytest.raises(Unusable):
        open_workspace(desks.township.folder, "王芳", WORDS)
    KeySlotFile(desks.township.folder).write(after)
    desks.township = reopened(desks)


def test_the_new_signing_key_must_be_enrolled_before_anything_is_reported(
    desks: Desks, asked: UnlockAsked, recovery: Path, tmp_path: Path
) -> None:
    answered = county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    recover(desks.township.folder, answered.path, answered.code, "王芳", FRESH)
    desks.township = reopened(desks)
    assert desks.township.enrolment.state() == "none"
    with pytest.raises(UserError, match="签名密钥不在县局信任表"):
        desks.seal()
    request = desks.township.enrolment.request(desks.stick)
    approved = desks.county.county_enrolment.approve(request.path, tmp_path, request.fingerprint)
    desks.township.enrolment.accept(approved.path, "")
    assert desks.township.enrolment.state() == "enrolled"
    assert desks.report().status == "OK"
    desks.township.close()


def test_L11_an_answer_opens_once_for_the_one_who_asked(desks: Desks, asked: UnlockAsked, recovery: Path) -> None:
    folder = desks.township.folder
    answered = county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    wrong = answered.code[:-1] + str((int(answered.code[-1]) + 1) % 10)
    with pytest.raises(Unusable) as code:
        recover(folder, answered.path, wrong, "王芳", FRESH)
    with pytest.raises(Unusable) as other:
        recover(folder, answered.path, answered.code, "李强", FRESH)
    with pytest.raises(UserError, match="密码太短"):
        recover(folder, answered.path, answered.code, "王芳", "短")
    recover(folder, answered.path, answered.code.replace(" ", ""), "王芳", FRESH)
    with pytest.raises(Unusable) as again:
        recover(folder, answered.path, answered.code, "王芳", WORDS)
    assert [status_of(one) for one in (code, other, again)] == [
        "E_UNLOCK_CODE", "E_UNLOCK_FOREIGN", "E_UNLOCK_FOREIGN"
    ]  # fmt: skip
    ask_county(folder, "王芳", desks.stick)
    with pytest.raises(Unusable) as stale:
        recover(folder, answered.path, answered.code, "王芳", WORDS)
    assert status_of(stale) == "E_UNLOCK_FOREIGN"


def test_L11_on_the_eighth_day_an_answer_opens_nothing(
    desks: Desks, asked: UnlockAsked, recovery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    later = clock.today() + timedelta(days=8)
    monkeypatch.setenv(clock.FIXED_DAY, later.isoformat())
    with pytest.raises(Unusable) as late:
        recover(desks.township.folder, answered.path, answered.code, "王芳", FRESH)
    assert status_of(late) == "E_UNLOCK_EXPIRED"


def test_the_county_answers_only_digits_it_heard_with_the_key_from_its_safe(
    desks: Desks, asked: UnlockAsked, recovery: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as heard:
        county(desks).answer(asked.path, recovery, desks.stick, "11111 " * 6)
    assert heard.value.status == "E_UNLOCK_DIGITS"
    foreign = tmp_path / "别的.agekey"
    foreign.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(UserError, match="恢复密钥打不开"):
        county(desks).answer(asked.path, foreign, desks.stick, asked.fingerprint)
    swapped = json.loads(asked.path.read_text())
    asked.path.write_text(json.dumps({**swapped, "login": "李强"}))
    with pytest.raises(Refused):
        county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    ask_county(desks.township.folder, "王芳", desks.stick)
    desks.county.county_enrolment.revoke(desks.site, tmp_path)
    with pytest.raises(UserError, match="不在有效的信任表里"):
        county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    assert list(desks.stick.glob("unlock-response*")) == []


def test_where_another_reviewer_is_left_the_signing_key_stays_and_everybody_is_told(
    desks: Desks, recovery: Path
) -> None:
    desks.township.accounts.add("李强", "山羊-水牛-云朵-流星", ["reviewer", "admin"])
    desks.township.close()
    folder = desks.township.folder
    asked = ask_county(folder, "王芳", desks.stick)
    answered = county(desks).answer(asked.path, recovery, desks.stick, asked.fingerprint)
    done = recover(folder, answered.path, answered.code, "王芳", FRESH)
    assert (done.may_review, done.must_enrol) == (False, False)
    other = reopened(desks, "李强", "山羊-水牛-云朵-流星")
    assert other.enrolment.state() == "enrolled"
    assert "“王芳”在" in other.accounts.news()
    assert other.accounts.news() == ""
    other.accounts.set_roles("王芳", ["entry", "reviewer", "admin"])
    other.close()
    desks.township = reopened(desks)
    assert desks.township.accounts.news() == ""
    add_elder(desks.township, 4)
    assert desks.report().status == "OK"
    desks.township.close()


def test_a_laptop_that_knows_no_county_cannot_ask_it(fresh: object, township: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有接收过县局的信任表"):
        ask_county(township.folder, "王芳", tmp_path)


@pytest.fixture
def locked_out(desks: Desks) -> Iterator[tuple[Path, Path, Path]]:
    """A county nobody can open any more: its folder, its recovery key and its root key from the safe."""
    (safe,) = desks.county.folder.glob("*保管")
    desks.county.close()
    yield desks.county.folder, safe / "恢复密钥.agekey", safe / "根密钥.openssh"
    desks.county.close()


def test_L11_a_county_that_forgot_its_passphrase_comes_in_with_the_keys_from_the_safe(
    desks: Desks, locked_out: tuple[Path, Path, Path]
) -> None:
    folder, recovery, root = locked_out
    before = KeySlotFile(folder).read()
    assert recover_county(folder, recovery, "李局", FRESH, root) == "李局"
    with pytest.raises(Unusable) as old:
        open_workspace(folder, "李局", WORDS)
    assert status_of(old) == "E_PASSPHRASE"
    desks.county = open_workspace(folder, "李局", FRESH)
    assert value(desks.county, "select count(*) from operation where act = 'unlock.recovered'") == 1
    add_elder(desks.township, 2)
    assert desks.report().status == "OK"
    assert desks.answer().status == "OK"
    made = desks.county.county_enrolment.trust(desks.stick)  # the root is the same
    assert desks.township.enrolment.accept(made.path, "").enrolled
    desks.county.close()
    KeySlotFile(folder).write(before)
    with pytest.raises(Unusable) as stale:
        open_workspace(folder, "李局", WORDS)
    assert status_of(stale) == "E_KEYSLOTS_ROLLBACK"


def test_L11_the_only_reviewer_of_a_county_needs_the_root_key_and_the_right_one(
    desks: Desks, locked_out: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    folder, recovery, root = locked_out
    other = tmp_path / "别的.openssh"
    other.write_bytes(SigningKey.generate().openssh())
    strange = tmp_path / "别的.agekey"
    strange.write_bytes(BoxKey.generate().to_bytes())
    for files, sentence in (
        ((recovery, None), "唯一的审核人，还需要封存的根密钥"),
        ((recovery, other), "不是本县现在的根密钥"),
        ((recovery, recovery), "不是根密钥文件"),
        ((strange, root), "恢复密钥打不开这个台账"),
    ):
        with pytest.raises(UserError, match=sentence):
            recover_county(folder, files[0], "李局", FRESH, files[1])
    desks.county = open_workspace(folder, "李局", WORDS)
    with pytest.raises(UserError, match="这是乡镇的台账"):
        recover_county(desks.township.folder, recovery, "王芳", FRESH)


def test_L11_another_operator_of_the_county_hears_of_it_and_one_without_the_root_key_reviews_no_more(
    desks: Desks, recovery: Path
) -> None:
    desks.county.accounts.add("赵敏", "水牛-黄牛-骏马-山羊", ["entry", "reviewer"])
    folder = desks.county.folder
    desks.county.close()
    recover_county(folder, recovery, "李局", FRESH)
    desks.county = open_workspace(folder, "李局", FRESH)
    assert not desks.county.operator.may_sign
    desks.county.close()
    desks.county = open_workspace(folder, "赵敏", "水牛-黄牛-骏马-山羊")
    assert "“李局”在" in (news := desks.county.accounts.news())
    assert "用封存的恢复密钥重新设了密码" in news
    assert desks.county.county_enrolment.trust(desks.stick).path.exists()
    desks.county.close()
