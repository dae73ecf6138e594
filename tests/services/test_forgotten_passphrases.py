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
from anyue_desktop.services.query import Query
from anyue_desktop.services.unlocking import CountyUnlocking, UnlockAsked, ask_county, recover
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
