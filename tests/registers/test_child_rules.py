"""What is said about children's files, entrustments, visits, risk and reports, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from register_street import FAR_VILLAGE, OTHER_VILLAGE, TODAY, TOWNSHIP, VILLAGE, Asked, Street, uuid

from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.core.field import Privacy
from anyue_desktop.core.problem import Kind
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.child_kinds import suggested_types
from anyue_desktop.registers.child_risk_assessment import level_of

KID = {
    "id": uuid(1),
    "name": "周小春",
    "birth_date": date(2016, 3, 2),
    "hukou_kind": "1",
    "life_status": "1",
    "residence_division": VILLAGE,
}
CASE = {
    "id": uuid(2),
    "person_id": KID["id"],
    "township_code": TOWNSHIP,
    "child_types": ("01",),
    "main_type": "01",
    "father_state": "01",
    "mother_state": "01",
    "has_entrusted": True,
    "actual_carer_kind": "1",
    "guardianship_level": "1",
    "school_stage": "3",
    "school_name": "天马小学",
    "dropout": False,
    "risk_level": "1",
    "visit_interval_days": 180,
    "enrol_date": date(2025, 1, 1),
}
CARE = {
    "id": uuid(3),
    "child_case_id": CASE["id"],
    "carer_name": "吴桂英",
    "carer_id_number": "512099197005011274",
    "carer_relation": "62",
    "carer_health": "10",
    "carer_capable": True,
    "excluded_grounds": ("00",),
    "child_heard": True,
    "agreement_signed": True,
    "signed_on": date(2026, 1, 5),
    "told_village": True,
    "told_school": True,
    "contact_frequency": "3",
}
VISIT = {
    "id": uuid(4),
    "child_case_id": CASE["id"],
    "visit_date": date(2026, 11, 10),
    "visit_method": "1",
    "visit_result": "1",
    "saw_child": True,
    "danger_found": ("00",),
    "actions": ("00",),
    "created_at": "2026-11-10T10:00:00+08:00",
}
RISK = {"id": uuid(5), "child_case_id": CASE["id"], "assessed_on": date(2026, 11, 10), "factors": ("B01",)}
REPORT = {
    "id": uuid(6),
    "child_case_id": CASE["id"],
    "found_at": "2026-11-10 09:30",
    "report_types": ("05",),
    "reported_at": "2026-11-10 09:45",
    "reported_to": ("1", "2"),
    "stage": "1",
}
WARNING, ERROR = Kind.WARNING, Kind.ERROR
HURT = {**REPORT, "id": uuid(7)}


def kid(**changes: Any) -> Street:
    return Street(person=[{**KID, **changes}], child_case=[CASE])


def file(**changes: Any) -> Street:
    return Street(person=[KID], child_case=[{**CASE, **changes}])


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands after every moment of this file."""
    monkeypatch.setenv(FIXED_DAY, "2026-11-24")


case = Asked("child_case", CASE, kid())
care = Asked("care_entrustment", CARE, kid())
visit = Asked("child_visit", VISIT, kid())
risk = Asked("child_risk_assessment", RISK, kid())
report = Asked("child_report", REPORT, kid())


@pytest.mark.parametrize("asked", [case, care, visit, risk, report], ids=lambda asked: asked.register.name)
def test_a_good_record_has_no_fault(asked: Asked) -> None:
    assert asked.said() == {}


# files


def test_a_child_is_under_eighteen_on_the_day_of_enrolment() -> None:
    grown = kid(birth_date=date(2007, 1, 1))
    found = case.said(grown, child_types=("08",), main_type="08", school_stage="5", enrol_date=date(2025, 1, 1))
    assert found["too_old"] is ERROR
    assert "too_old" not in case.said(grown, child_types=("08",), main_type="08", enrol_date=date(2024, 12, 31))


def test_a_left_behind_child_is_under_sixteen_on_the_day_of_enrolment() -> None:
    older = kid(birth_date=date(2009, 1, 1))
    assert case.said(older, school_stage="4")["too_old_left_behind"] is ERROR
    assert "too_old_left_behind" not in case.said(older, school_stage="4", enrol_date=date(2024, 12, 31))
    assert "too_old_left_behind" not in case.said(older, child_types=("08",), main_type="08", school_stage="4")


def test_at_sixteen_and_eighteen_leaving_is_suggested() -> None:
    sixteen, eighteen = kid(birth_date=date(2010, 11, 23)), kid(birth_date=date(2008, 11, 23))
    older = {"school_stage": "5", "enrol_date": date(2024, 1, 1)}
    assert case.said(sixteen, **older) == {"sixteen": WARNING}
    assert case.said(kid(birth_date=date(2010, 11, 24)), **older) == {}
    assert case.said(sixteen, **older, child_types=("01", "08")) == {"sixteen": WARNING}
    assert case.said(sixteen, **older, child_types=("08",), main_type="08") == {}
    assert case.said(eighteen, **older, child_types=("08",), main_type="08") == {"grown_up": WARNING}
    left = {"exit_date": date(2026, 11, 23), "exit_reason": "02"}
    assert case.said(eighteen, **older, child_types=("08",), main_type="08", **left) == {}


def test_one_child_has_one_open_file() -> None:
    other = {**CASE, "id": uuid(8)}
    assert case.said(Street(person=[KID], child_case=[other])) == {"second_case": ERROR}
    closed = {**other, "exit_date": date(2026, 1, 1)}
    assert case.said(Street(person=[KID], child_case=[closed])) == {}


def test_the_main_type_is_one_of_the_types() -> None:
    assert case.said(main_type="08") == {"main_type": ERROR}


@pytest.mark.parametrize(
    ("father", "mother", "expected"),
    [
        ("03", "08", {"03"}),  # both cannot raise the child
        ("09", "05", {"03"}),  # one dead, the other in prison
        ("10", "12", {"03"}),
        ("09", "09", {"02"}),
        ("09", "02", set()),
        ("09", "13", set()),  # divorced is not missing
        ("15", "08", set()),
        ("08", None, set()),
    ],
)
def test_the_parents_suggest_whether_nobody_raises_the_child(
    father: str, mother: str | None, expected: set[str]
) -> None:
    assert set(suggested_types({"father_state": father, "mother_state": mother}, {})) == expected


@pytest.mark.parametrize(
    ("person", "own", "expected"),
    [
        ({"disability_grade": "3"}, {}, {"08"}),
        ({"health_status": "22"}, {}, {"07"}),
        ({"relief_class": "1"}, {}, {"05"}),
        ({"relief_class": "3"}, {}, {"04"}),
        ({"relief_class": "4"}, {}, {"06"}),
        ({"relief_class": "1"}, {"child_types": ("03",)}, set()),
        ({}, {"guardianship_type": "6"}, {"09"}),
        ({}, {"improper_care": ("01",)}, {"10"}),
    ],
)
def test_what_else_is_known_suggests_types(person: dict[str, Any], own: dict[str, Any], expected: set[str]) -> None:
    assert set(suggested_types(own, person)) == expected


def test_suggested_types_are_for_the_officer_to_confirm() -> None:
    found = {"child_types": ("07",), "main_type": "07"}
    assert case.said(father_state="03", mother_state="05", **found) == {"kind_03": WARNING}
    assert case.said(kid(disability_grade="2")) == {"kind_08": WARNING}
    chosen = {"child_types": ("03",), "main_type": "03"}
    assert case.said(father_state="03", mother_state="05", **chosen) == {}
    assert case.said(father_state="03", mother_state="02", **chosen) == {"not_kind_03": WARNING}


def test_a_left_behind_child_has_nobody_at_home_who_could_be_a_guardian() -> None:
    assert case.said(mother_state="02") == {"not_kind_01": WARNING}
    assert case.said(father_state="02", mother_state="02") == {"not_kind_01": WARNING}
    assert case.said(mother_state="15") == {}
    assert case.said(kid(hukou_kind="2")) == {"town_child": WARNING}
    wanted = case.missing(has_entrusted=None)
    assert {"entrust_reason", "has_entrusted", "both_away_since"} <= wanted
    assert "both_away_since" not in case.missing(mother_state="15")


def test_parents_are_named_unless_that_cannot_be_had() -> None:
    wanted = case.missing(info_father="1", info_mother="2", single_parent=True)
    assert {"father_name", "father_work_place", "single_parent_reason"} <= wanted
    assert "mother_name" not in wanted
    assert "father_work_place" not in case.missing(father_state="02")
    number = "512099197005011274"
    assert case.said(father_id=number, mother_id=number) == {"same_parents": ERROR}


def test_a_child_in_nobodys_care_is_at_high_risk_and_asks_for_a_report() -> None:
    alone = {"has_entrusted": False, "actual_carer_kind": "3"}
    assert case.said(**alone) == {"no_carer_risk": WARNING, "report_wanted": WARNING}
    assert case.said(**alone, risk_level="3", visit_interval_days=30) == {"report_wanted": WARNING}
    reported = Street(person=[KID], child_case=[CASE], child_report=[REPORT])
    assert case.said(reported, **alone, risk_level="3", visit_interval_days=30) == {}
    assert case.said(actual_carer_kind="3") == {"carer_disagrees": WARNING}


def test_nobody_under_sixteen_lives_alone_and_nobody_under_eight_is_unattended() -> None:
    high = {"risk_level": "3", "visit_interval_days": 30}
    poor = {"guardianship_level": "3", **high}
    assert case.said(guardianship_type="6", child_types=("01", "09"), **high) == {"report_wanted": WARNING}
    assert case.said(improper_care=("08",), **poor) == {"report_wanted": WARNING}
    assert case.said(improper_care=("08",), guardianship_level="3") == {"alone_risk": WARNING, "report_wanted": WARNING}
    assert case.said(improper_care=("07",), **poor) == {"older_07": WARNING, "report_wanted": WARNING}
    small = kid(birth_date=date(2019, 11, 24))
    assert case.said(small, improper_care=("07",), school_stage="2", **poor) == {"report_wanted": WARNING}
    sixteen = {"school_stage": "5", "child_types": ("08",), "main_type": "08", "enrol_date": date(2024, 1, 1)}
    assert (
        case.said(kid(birth_date=date(2010, 1, 1)), improper_care=("08",), **{**poor, **sixteen})["older_08"] is WARNING
    )


def test_maltreatment_asks_for_a_report() -> None:
    found = case.said(guardianship_level="3", improper_care=("05",), child_types=("01", "10"))
    assert found == {"report_wanted": WARNING}


def test_guardianship_that_is_poor_is_described() -> None:
    assert "improper_care" in case.missing(guardianship_level="3")
    assert "improper_care" not in case.missing()
    assert case.said(improper_care=("10",)) == {"guardianship_good": WARNING}


@pytest.mark.parametrize(
    ("born", "stage", "expected"),
    [
        (date(2016, 3, 2), "3", {}),
        (date(2016, 3, 2), "5", {"stage_and_age": WARNING}),
        (date(2014, 3, 2), "5", {}),
        (date(2016, 3, 2), "2", {"stage_and_age": WARNING}),
        (date(2016, 3, 2), "10", {}),
    ],
)
def test_school_and_age_fit_within_three_years(born: date, stage: str, expected: dict[str, Kind]) -> None:
    assert case.said(kid(birth_date=born), school_stage=stage) == expected


def test_a_child_of_school_age_who_left_school_is_at_high_risk() -> None:
    assert case.said(school_stage="9", dropout=True) == {"dropout_risk": WARNING}
    assert case.said(school_stage="9", dropout=True, risk_level="3", visit_interval_days=30) == {}
    assert case.said(school_stage="9", dropout=False) == {"dropout_denied": ERROR}
    assert case.said(school_stage="3", dropout=True, risk_level="3", visit_interval_days=30) == {
        "dropout_disagrees": WARNING
    }
    toddler = kid(birth_date=date(2021, 1, 1))
    assert case.said(toddler, school_stage="9", dropout=True) == {}


def test_the_school_is_named_from_kindergarten_on() -> None:
    assert {"school_name", "is_boarding"} <= case.missing(school_name=None)
    assert not {"school_name", "is_boarding"} & case.missing(school_name=None, school_stage="1")
    assert "is_boarding" not in case.missing(school_stage="2")


def test_orphans_have_a_document() -> None:
    assert "orphan_evidence" in case.missing(child_types=("02",))
    assert "orphan_evidence" not in case.missing()


def test_the_visit_interval_follows_the_risk() -> None:
    for level, days in (("1", 180), ("2", 90), ("3", 30)):
        blank = {"risk_level": level, "visit_interval_days": None}
        assert case.filled(**blank)["visit_interval_days"] == days
        assert case.said(risk_level=level, visit_interval_days=days) == {}
        if days < 180:
            assert case.said(risk_level=level, visit_interval_days=days + 1) == {"interval_long": WARNING}


def test_the_risk_is_that_of_the_last_assessment() -> None:
    earlier = {**RISK, "id": uuid(9), "assessed_on": date(2026, 5, 1), "risk_level": "1"}
    last = {**RISK, "risk_level": "2"}
    street = Street(person=[KID], child_case=[CASE], child_risk_assessment=[last, earlier])
    assert case.filled(street, risk_level=None, visit_interval_days=None)["risk_level"] == "2"
    assert case.said(street) == {"risk_not_assessed": WARNING}
    assert case.said(street, risk_level="2", visit_interval_days=90) == {}


def test_the_director_is_the_one_in_post_in_the_village() -> None:
    def director(**changes: Any) -> Street:
        staff = {"id": uuid(10), "role": "2", "name": "陈志远", "phone": "13990120009", "duty_division": VILLAGE}
        return Street(person=[KID], protect_staff=[{**staff, **changes}])

    filled = case.filled(director())
    assert (filled["director_name"], filled["director_phone"]) == ("陈志远", "13990120009")
    for other in ({"off_date": date(2026, 1, 1)}, {"duty_division": OTHER_VILLAGE}, {"role": "1"}):
        assert case.filled(director(**other)).get("director_name") is None
    assert case.filled(director(), director_name="龚志明")["director_name"] == "龚志明"


def test_a_file_of_somebody_who_died_is_closed() -> None:
    assert case.said(kid(life_status="2")) == {"dead_but_open": ERROR}
    assert case.said(kid(life_status="2"), exit_date=date(2026, 1, 1), exit_reason="06") == {}


def test_leaving_has_a_day_and_a_reason() -> None:
    assert case.said(exit_date=date(2026, 1, 1)) == {"exit_reason": ERROR}
    assert case.said(exit_reason="03") == {"exit_date": ERROR}
    assert case.said(exit_date=date(2026, 1, 1), exit_reason="99") == {"exit_note": ERROR}


def test_a_child_on_the_list_lives_in_the_township() -> None:
    assert case.said(kid(residence_division=FAR_VILLAGE)) == {"lives_elsewhere": WARNING}
    assert case.said(kid(residence_division=OTHER_VILLAGE)) == {}


def test_a_file_is_numbered_as_a_childs() -> None:
    numbering = REGISTERS["child_case"].numbering
    assert numbering is not None
    assert numbering.prefix(CASE) == "AY206C2025"


# entrustments


def test_a_carer_is_grown_up_and_not_the_child() -> None:
    assert care.said(carer_relation="01") == {"self": ERROR}
    assert care.said(carer_id_number="51209920120718018X") == {"carer_too_young": ERROR}
    assert care.said(carer_id_number="512099194103051225") == {"carer_old": WARNING}


def test_whoever_is_ruled_out_by_law_holds_no_entrustment() -> None:
    excluded = {"excluded_grounds": ("02",)}
    assert care.said(**excluded) == {"carer_excluded": ERROR, "report_wanted": WARNING}
    assert care.said(**excluded, ended_on=date(2026, 11, 1)) == {}
    assert care.said(excluded_grounds=("00", "02")) == {"bad_excluded_grounds": ERROR}
    assert care.said(carer_capable=False) == {"carer_unable": ERROR}
    assert care.said(carer_capable=False, ended_on=date(2026, 11, 1)) == {}


@pytest.mark.parametrize(
    ("often", "expected"), [("1", {}), ("3", {}), ("9", {}), *((c, {"contact_rare": WARNING}) for c in "456")]
)
def test_parents_call_at_least_once_a_week(often: str, expected: dict[str, Kind]) -> None:
    assert care.said(contact_frequency=often) == expected


def test_the_child_is_heard_and_school_and_village_are_told() -> None:
    undone = {"child_heard": False, "told_village": False, "told_school": False, "agreement_signed": False}
    assert care.said(**undone) == dict.fromkeys(
        ("child_unheard", "village_untold", "school_untold", "not_signed"), WARNING
    )
    assert care.said(**undone, ended_on=date(2026, 11, 1)) == {}


def test_the_days_of_an_entrustment_follow_each_other() -> None:
    assert "signed_on" in care.missing(signed_on=None)
    assert care.said(ended_on=date(2026, 1, 4)) == {"ended_on_early": ERROR}
    assert care.said(valid_until=date(2026, 1, 4), ended_on=date(2026, 2, 1)) == {"valid_until_early": ERROR}
    assert care.said(valid_until=date(2026, 11, 22)) == {"expired": WARNING}
    assert care.said(valid_until=date(2026, 11, 23)) == {"runs_out": WARNING}
    assert care.said(valid_until=date(2026, 12, 23)) == {"runs_out": WARNING}
    assert care.said(valid_until=date(2026, 12, 24)) == {}


def test_a_child_is_entrusted_to_one_at_a_time() -> None:
    other = {**CARE, "id": uuid(11), "ended_on": None}
    assert care.said(Street(care_entrustment=[other])) == {"second_entrustment": ERROR}
    assert care.said(Street(care_entrustment=[{**other, "ended_on": date(2026, 1, 1)}])) == {}
    assert care.said(Street(care_entrustment=[other]), ended_on=date(2026, 11, 1)) == {}


def test_the_file_agrees_with_the_entrustment() -> None:
    assert care.said(file(has_entrusted=False)) == {"case_says_none": WARNING}
    assert care.said(carer_health="30") == {"carer_ill": WARNING}
    assert care.said(file(risk_level="2"), carer_health="30") == {}


# visits


def test_a_visit_lies_within_the_file() -> None:
    assert visit.said(file(enrol_date=date(2026, 11, 11))) == {"visit_before_enrolment": ERROR}
    assert visit.said(file(exit_date=date(2026, 11, 9))) == {"visit_after_exit": ERROR}


def test_a_visit_keyed_late_is_said_in_the_words_of_the_register() -> None:
    late = {**VISIT, "visit_date": date(2026, 9, 1)}
    (found,) = [
        problem for problem in REGISTERS["child_visit"].check(late, TODAY, kid()) if problem.kind is not Kind.MISSING
    ]
    assert found.message == "走访（回访）日期 2026-09-01 距录入已70天，属于补录"


def test_whoever_was_reached_was_asked() -> None:
    asked = {"living", "study", "health", "mental", "guardianship_level", "parent_contact", "needs"}
    assert asked | {"home_safety"} <= visit.missing()
    assert "home_safety" not in visit.missing(visit_method="2", visit_result="2", saw_child=False)
    assert not asked & visit.missing(visit_result="4", saw_child=False)


def test_result_and_sight_agree() -> None:
    assert visit.said(saw_child=False) == {"not_seen": ERROR}
    assert visit.said(visit_result="2") == {"seen_after_all": WARNING}
    assert visit.said(visit_method="2") == {"seen_by_telephone": WARNING}


def test_the_way_of_visiting_fills_the_result_and_the_director_visits() -> None:
    blank = {"visit_result": None, "saw_child": None}
    street = file(director_name="陈志远")
    filled = visit.filled(street, **blank)
    assert [filled[key] for key in ("visit_result", "saw_child", "visitor_name", "visitor_type")] == [
        "1", True, "陈志远", "04",
    ]  # fmt: skip
    called = visit.filled(street, **blank, visit_method="2", visitor_name="王芳")
    assert (called["visit_result"], called["saw_child"], called.get("visitor_type")) == ("2", False, None)


def test_danger_asks_for_a_report_and_for_the_police() -> None:
    assert visit.said(danger_found=("05",)) == {"report_wanted": WARNING, "police_not_told": WARNING}
    assert visit.said(danger_found=("05",), actions=("11",)) == {"report_wanted": WARNING}
    reported = Street(person=[KID], child_case=[CASE], child_report=[REPORT])
    assert visit.said(reported, danger_found=("05",), actions=("11",)) == {}
    assert visit.said(mental="4") == {"report_wanted": WARNING}
    assert visit.said(home_safety=("04",)) == {}
    small = Street(person=[{**KID, "birth_date": date(2019, 1, 1)}], child_case=[CASE])
    assert visit.said(small, home_safety=("04",)) == {"report_wanted": WARNING}


@pytest.mark.parametrize("key", ["danger_found", "home_safety", "needs", "actions"])
def test_nothing_excludes_everything_else(key: str) -> None:
    assert visit.said(**{key: ("00", "01")}) == {f"bad_{key}": ERROR}


def test_a_child_out_of_school_is_named_to_the_school_office() -> None:
    assert visit.said(study="4") == {"school_not_told": WARNING}
    assert visit.said(study="4", actions=("06",)) == {}


def test_guardianship_seen_otherwise_than_in_the_file_is_said() -> None:
    assert visit.said(guardianship_level="2") == {"guardianship_changed": WARNING}
    assert visit.said(guardianship_level="1") == {}


def test_the_same_visit_and_the_same_words_are_noticed() -> None:
    other = {**VISIT, "id": uuid(12)}
    assert visit.said(Street(child_visit=[other])) == {"twice_a_day": WARNING}
    copied = [
        {**VISIT, "id": uuid(20 + number), "child_case_id": uuid(40 + number), "summary": "一切正常"}
        for number in range(4)
    ]
    assert visit.said(Street(child_visit=copied), summary="一切正常") == {"copied_summary": WARNING}
    assert visit.said(Street(child_visit=copied[1:]), summary="一切正常") == {}


def test_what_is_left_to_do_has_a_day() -> None:
    assert "follow_up_due" in visit.missing(follow_up="1")
    assert "follow_up_result" in visit.missing(follow_up="3")
    assert visit.said(follow_up_due=date(2026, 11, 9)) == {"follow_up_due_early": ERROR}


# risk


@pytest.mark.parametrize(("score", "level"), [(0, "1"), (29, "1"), (30, "2"), (59, "2"), (60, "3"), (400, "3")])
def test_the_score_gives_the_level(score: int, level: str) -> None:
    assert level_of(score, TODAY) == level


@pytest.mark.parametrize(
    ("factors", "score", "level", "following"),
    [
        (("B01",), 20, "1", date(2027, 11, 10)),
        (("B01", "B05"), 30, "2", date(2027, 5, 10)),
        (("B01", "B03"), 60, "3", date(2027, 2, 10)),
        (("A01",), 100, "3", date(2027, 2, 10)),
    ],
)
def test_factors_give_score_level_and_the_next_assessment(
    factors: tuple[str, ...], score: int, level: str, following: date
) -> None:
    filled = risk.filled(factors=factors)
    assert (filled["score"], filled["risk_level"], filled["next_on"]) == (score, level, following)


def test_the_next_assessment_is_on_a_day_that_exists() -> None:
    assert risk.filled(factors=("A01",), assessed_on=date(2025, 11, 30))["next_on"] == date(2026, 2, 28)


def test_without_factors_nothing_is_worked_out() -> None:
    filled = risk.filled(factors=None)
    assert (filled["score"], filled.get("risk_level"), filled["next_on"]) == (None, None, None)


def test_a_level_is_raised_freely_and_lowered_for_a_reason() -> None:
    assert risk.said(risk_level="3") == {}
    assert risk.filled(risk_level="3")["risk_level"] == "3"
    assert risk.said(factors=("A01",), risk_level="2") == {"level_lowered": ERROR}
    assert risk.said(factors=("A01",), risk_level="2", level_reason="已由祖母照料") == {}


def test_an_assessment_before_enrolment_is_noticed() -> None:
    assert risk.said(assessed_on=date(2024, 12, 31)) == {"before_enrolment": WARNING}


# reports


@pytest.mark.parametrize("kind", ["01", "02", "03", "04", "05", "06", "07"])
def test_what_the_state_council_names_goes_to_the_police(kind: str) -> None:
    assert report.said(report_types=(kind,), reported_to=("2",)) == {"police_missing": ERROR}
    assert report.said(report_types=(kind,)) == {}


def test_other_harm_asks_about_the_police() -> None:
    assert report.said(report_types=("16",), reported_to=("2",)) == {"police_missing": WARNING}
    assert report.said(report_types=("00",)) == {"no_type": ERROR}


def test_a_report_follows_what_was_found_at_once() -> None:
    assert report.said(reported_at="2026-11-10 09:29") == {"reported_before_found": ERROR}
    assert report.said(reported_at="2026-11-11 09:30") == {}
    assert report.said(reported_at="2026-11-11 09:31") == {"reported_late": WARNING}


def test_nothing_was_found_or_reported_later_than_now(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = {"found_at": "2026-11-23 00:00", "reported_at": "2026-11-23 00:00"}
    assert report.said(**moments) == {}
    monkeypatch.setenv(FIXED_DAY, "2026-11-22")
    assert report.said(**moments) == {"found_at_future": ERROR, "reported_at_future": ERROR}
    assert report.said(found_at="2026-11-24 08:00")["bad_found_at"] is ERROR


def test_each_stage_says_what_was_done() -> None:
    assert not {"emergency_action", "evaluation", "closed_on"} & report.missing()
    assert {"emergency_action", "evaluation"} <= report.missing(stage="3")
    assert "intervention" in report.missing(stage="4")
    closed = report.missing(stage="5")
    assert "closed_on" in closed
    assert "intervention" not in closed
    assert report.said(closed_on=date(2026, 11, 12)) == {"closed_early": ERROR}
    assert report.said(stage="5", closed_on=date(2026, 11, 9)) == {"closed_before_report": ERROR}


def test_a_child_who_is_not_registered_can_be_reported() -> None:
    assert report.said(child_case_id=None) == {}


# what may be shown


@pytest.mark.parametrize(
    "name", ["child_case", "care_entrustment", "child_visit", "child_risk_assessment", "child_report"]
)
def test_what_is_said_of_a_child_or_the_family_is_sensitive(name: str) -> None:
    about_officials = {"director_name", "director_phone", "helper_name", "visitor_name", "assessor"}
    about_carers = {"carer_name", "carer_relation", "carer_phone"}
    about_the_visit = {"visit_date", "visit_result"}
    allowed = about_officials | about_carers | about_the_visit
    personal = {one.key for one in REGISTERS[name].fields if one.section and one.privacy is Privacy.PERSONAL}
    assert personal <= allowed


def test_nobody_prints_who_reported() -> None:
    assert not [one.key for one in REGISTERS["child_report"].fields if one.printed]
