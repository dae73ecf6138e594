"""Weights and limits of the local code lists are the unit's own; a score is that of the weights at the time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from service_desk import elder, id_number
from sqlalchemy import select

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.tables import Operation
from anyue_desktop.services.workspace import Workspace, open_workspace

WEIGHT = ("child_risk_factor", "B01", "weight")


@pytest.fixture
def child(township: Workspace) -> str:
    person = elder(2)["person"] | {"id_number": id_number(2, date(2016, 3, 2)), "hukou_kind": "1"}
    case = {"child_types": ("99",), "main_type": "99", "enrol_date": date(2025, 1, 5), "person": person}
    saved = township.records.save("child_case", case)
    assert saved.saved, saved.problems
    return saved.id


def assess(township: Workspace, child: str, *factors: str, **values: Any) -> str:
    given = {"child_case_id": child, "assessed_on": date(2026, 11, 10), "factors": factors, "assessor": "王芳"}
    saved = township.records.save("child_risk_assessment", {**given, **values})
    assert saved.saved, saved.problems
    return saved.id


def shown(township: Workspace, identity: str) -> tuple[int, str]:
    stored = township.records.get("child_risk_assessment", identity)
    return stored["score"], stored["risk_level"]


def test_a_changed_weight_makes_the_score_of_what_is_assessed_from_now_on(township: Workspace, child: str) -> None:
    before = assess(township, child, "B01")
    assert shown(township, before) == (20, "1")
    township.code_settings.change({WEIGHT: 60})
    after = assess(township, child, "B01", assessed_on=date(2026, 11, 11))
    assert shown(township, after) == (60, "3")
    assert shown(township, before) == (20, "1")


def test_an_old_assessment_keeps_its_score_when_something_else_of_it_changes(township: Workspace, child: str) -> None:
    old = assess(township, child, "B01")
    township.code_settings.change({WEIGHT: 60})
    assert township.records.set("child_risk_assessment", old, {"assessor": "李强"}).saved
    assert shown(township, old) == (20, "1")
    assert township.checking.run().errors == 0
    wider = township.records.set("child_risk_assessment", old, {"factors": ("B01", "B05"), "risk_level": None})
    assert wider.saved
    assert shown(township, old) == (70, "3")


def test_limits_and_intervals_can_be_changed_too(township: Workspace, child: str) -> None:
    township.code_settings.change({("risk_level", "3", "child_score"): 90, ("risk_level", "3", "child_days"): 15})
    assert shown(township, assess(township, child, "B03", "B04")) == (80, "2")
    filled = township.records.fill("child_case", {"risk_level": "3", "person": {}})
    assert filled["visit_interval_days"] == 15


def test_a_change_is_logged_with_its_numbers_and_outlives_the_session(township: Workspace) -> None:
    township.code_settings.change({WEIGHT: 35})
    with township.store.read() as session:
        (logged,) = session.scalars(select(Operation).where(Operation.act == "修改评分权重"))
    assert json.loads(logged.obj)["changed"] == {"child_risk_factor/B01/weight": 35}
    reopened = Workspace(township.store)
    assert reopened.code_settings.attributes() == {WEIGHT: 35}
    reopened.code_settings.restore("child_risk_factor")
    assert reopened.code_settings.attributes() == {}


def test_what_equals_the_programs_own_value_is_not_kept(township: Workspace) -> None:
    township.code_settings.change({WEIGHT: 35})
    township.code_settings.change({WEIGHT: 20})
    assert township.code_settings.attributes() == {}


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (WEIGHT, 201, "“照料人70岁以上或病残”的分值应在0到200之间，现为201"),
        (("risk_level", "2", "child_score"), 60, "应从0起逐级升高，现为：低（绿）0、中（黄）60、高（红）60"),
        (("risk_level", "1", "child_score"), 5, "应从0起逐级升高"),
        (("child_risk_factor", "Z9", "weight"), 5, "没有“Z9 weight”这一项"),
        (("sex", "1", "weight"), 5, "“sex”没有可以修改的分值"),
    ],
)
def test_a_value_out_of_place_is_refused(
    township: Workspace, place: tuple[str, str, str], value: int, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        township.code_settings.change({place: value})
    assert township.code_settings.attributes() == {}


def test_only_who_manages_the_workspace_changes_weights(township: Workspace, opened: Callable[..., Workspace]) -> None:
    words = "春天-云朵-流星-蓝天"
    township.accounts.add("张三", words, ["entry"])
    folder = township.folder
    township.close()
    clerk = open_workspace(folder, "张三", words)
    try:
        with pytest.raises(UserError, match="管理"):
            clerk.code_settings.change({WEIGHT: 30})
    finally:
        clerk.close()
