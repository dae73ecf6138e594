"""双人审核: only where the county's trust bundle asks for it, a second person looks at every record first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from service_desk import WORDS, Desks, Forger, add_visit, state, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.workspace import open_workspace

COLLEAGUE, COLLEAGUE_WORDS = "李强", "水牛-黄牛-骏马-山羊"


def ask(desks: Desks, *, required: bool = True) -> None:
    """The county changes its policy and the township takes the bundle in."""
    made = desks.county.county_enrolment.set_two_person(desks.stick, required=required)
    assert desks.township.enrolment.accept(made.path, "").two_person is required


@pytest.fixture
def two(desks: Desks) -> Iterator[Desks]:
    """An office of two under a county that asks for two."""
    desks.township.accounts.add(COLLEAGUE, COLLEAGUE_WORDS, ["entry", "reviewer"])
    ask(desks)
    yield desks
    desks.township.close()


def sit_down(desks: Desks, login: str, words: str) -> None:
    """Another operator logs in at the township's laptop."""
    folder = desks.township.folder
    desks.township.close()
    desks.township = open_workspace(folder, login, words)


def review_everything(desks: Desks) -> tuple[int, int]:
    waiting = desks.township.reviewing.waiting()
    done = desks.township.reviewing.approve([(one.register, one.id) for one in waiting])
    return done.reviewed, done.own


def test_nobody_is_asked_to_review_unless_the_county_says_so(desks: Desks, cases: list[str]) -> None:
    assert not desks.county.county_enrolment.two_person()
    assert (desks.township.reviewing.waiting(), desks.township.reviewing.count()) == ([], 0)
    sealed = desks.seal()
    assert (sealed.unreviewed, desks.receive(sealed.path)[0].returned) == (0, 0)


def test_what_nobody_else_reviewed_stays_out_of_the_package_and_is_listed(two: Desks, cases: list[str]) -> None:
    sealed = two.seal()
    assert (sealed.unreviewed, sealed.counts) == (6, {"report_package": 1})
    waiting = two.township.reviewing.waiting()
    assert {(one.title, one.change, one.by, one.own) for one in waiting} == {
        ("人员基础信息", "新增", "王芳", True),
        ("特殊困难老年人档案", "新增", "王芳", True),
    }
    assert two.township.reviewing.count() == 6


def test_a_colleague_reviews_and_then_everything_goes(two: Desks, cases: list[str]) -> None:
    assert review_everything(two) == (0, 6)
    sit_down(two, COLLEAGUE, COLLEAGUE_WORDS)
    assert review_everything(two) == (6, 0)
    assert two.township.reviewing.count() == 0
    taken = two.report()
    assert (taken.new, taken.returned) == (7, 0)
    two.answer()
    assert state(two, cases[0]) == "县局已接收"


def test_a_record_changed_after_its_review_waits_again(two: Desks, cases: list[str]) -> None:
    sit_down(two, COLLEAGUE, COLLEAGUE_WORDS)
    review_everything(two)
    sit_down(two, "王芳", WORDS)
    two.township.records.set("elder_case", cases[0], {"risk_level": "3"})
    (again,) = two.township.reviewing.waiting()
    assert (again.id, again.change, again.by, again.own) == (cases[0], "新增", "王芳", True)
    assert two.seal().unreviewed == 1


def test_a_visit_of_a_case_nobody_reviewed_waits_for_it(two: Desks, cases: list[str]) -> None:
    sit_down(two, COLLEAGUE, COLLEAGUE_WORDS)
    seen = add_visit(two.township, cases[0])
    sit_down(two, "王芳", WORDS)
    two.township.reviewing.approve([("elder_visit", seen)])
    sealed = two.seal()
    assert (sealed.unreviewed, sealed.waiting) == (6, 1)


def test_a_deletion_is_reviewed_like_any_change(two: Desks, cases: list[str]) -> None:
    sit_down(two, COLLEAGUE, COLLEAGUE_WORDS)
    review_everything(two)
    two.report()
    two.township.records.delete("elder_case", cases[0], "误录")
    assert [one.change for one in two.township.reviewing.waiting()] == ["删除"]
    assert two.report().removed == 0
    sit_down(two, "王芳", WORDS)
    assert review_everything(two) == (1, 0)
    assert two.report(asked=[two.site]).removed == 1


def test_only_a_reviewer_reviews(two: Desks, cases: list[str]) -> None:
    two.township.accounts.add("张敏", "骏马-山羊-水牛-黄牛", ["entry"])
    sit_down(two, "张敏", "骏马-山羊-水牛-黄牛")
    with pytest.raises(UserError, match="审核只有“审核”的操作员"):
        review_everything(two)


def test_C15_who_reviews_what_they_entered_is_returned_where_the_county_forbids_it(desks: Desks) -> None:
    forger = Forger(desks)
    own = forger.person(3, by="王芳", reviewer="王芳")
    assert forger.send(own).returned == 0
    ask(desks)
    again = forger.person(5, by="王芳", reviewer="王芳")
    other = forger.person(7, by="王芳", reviewer="李强")
    taken = forger.send(again, other)
    assert (taken.new, taken.returned) == (1, 1)
    assert desks.returns() == {again.id: "R_SELF_REVIEW"}
    ask(desks, required=False)
    assert forger.send(forger.person(9, by="王芳", reviewer="王芳")).returned == 0


def test_what_was_on_its_way_when_the_county_began_to_ask_comes_back_and_goes_again(
    desks: Desks, cases: list[str]
) -> None:
    desks.township.accounts.add(COLLEAGUE, COLLEAGUE_WORDS, ["entry", "reviewer"])
    desks.report()
    desks.township.records.set("elder_case", cases[0], {"risk_level": "3"})
    sealed = desks.seal()
    ask(desks)
    assert desks.receive(sealed.path)[0].returned == 1
    desks.answer()
    assert state(desks, cases[0]) == "已退回"
    sit_down(desks, COLLEAGUE, COLLEAGUE_WORDS)
    assert review_everything(desks) == (1, 0)
    taken = desks.report()
    assert (taken.changed, taken.returned, desks.returns()) == (1, 0, {})
    assert value(desks.county, "select risk_level from elder_case where id = :id", id=cases[0]) == "3"
    desks.township.close()
