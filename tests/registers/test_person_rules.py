"""What is said about a person's entry, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.registers import REGISTERS

TODAY = Context(date(2026, 11, 23), "512021206000")
PERSON = REGISTERS["person"]
WANG = {
    "id": "p1",
    "name": "王芳",
    "id_type": "111",
    "id_number": "512099194103051225",
    "sex": "2",
    "birth_date": date(1941, 3, 5),
    "township_code": "512021206000",
    "life_status": "1",
}


class Street:
    """Neighbours given in the test."""

    def __init__(self, **registers: list[dict[str, Any]]) -> None:
        self.registers = registers

    def parent(self, register: str, identity: str) -> dict[str, Any] | None:
        return next((row for row in self.registers.get(register, []) if row["id"] == identity), None)

    def others(self, register: str, match: dict[str, Any]) -> list[dict[str, Any]]:
        rows = self.registers.get(register, [])
        return [row for row in rows if all(row.get(key) == value for key, value in match.items())]


def checked(neighbours: Street | None = None, **changes: Any) -> dict[str, Problem]:
    found = PERSON.check({**WANG, **changes}, TODAY, neighbours or Street())
    return {problem.code: problem for problem in found}


def faults(**changes: Any) -> set[str]:
    return {code for code, problem in checked(**changes).items() if problem.kind is not Kind.MISSING}


def missing(**changes: Any) -> set[str]:
    return {problem.field for problem in checked(**changes).values() if problem.kind is Kind.MISSING}


def test_a_whole_entry_has_no_fault() -> None:
    assert faults() == set()


def test_a_name_is_needed_even_for_a_draft() -> None:
    assert checked(name=None)["needs_name"].kind is Kind.ERROR


def test_a_roster_row_with_a_name_alone_is_incomplete_but_not_wrong() -> None:
    found = PERSON.check({"id": "p", "name": "王芳", "id_type": "111"}, TODAY)
    assert {problem.kind for problem in found} == {Kind.MISSING}
    assert "id_number" in {problem.field for problem in found}


def test_no_document_wants_a_reason_instead_of_a_number() -> None:
    assert "id_missing_reason" in missing(id_type="000", id_number=None)
    assert "id_number" not in missing(id_type="000", id_number=None)


def test_a_wrong_check_character_is_an_error_until_somebody_vouches_for_it() -> None:
    wrong = {"id_number": "512099194103051226"}
    assert "number_wrong" in faults(**wrong)
    assert faults(**wrong, id_verified="2") == {"force_note"}
    assert faults(**wrong, id_verified="2", id_force_note="派出所核实") == set()


def test_the_sentence_about_a_wrong_check_character_names_the_right_one() -> None:
    assert "5" in checked(id_number="512099194103051226")["number_wrong"].message


def test_sex_and_birth_date_must_be_those_of_the_number() -> None:
    assert faults(sex="1") == {"sex_disagrees"}
    assert faults(birth_date=date(1941, 2, 8)) == {"birth_disagrees"}


def test_a_passport_number_is_judged_as_a_passport() -> None:
    assert faults(id_type="414", id_number="E12345678") == set()
    assert "number_wrong" in faults(id_type="516", id_number="E12345678")


def test_two_living_people_do_not_share_a_number() -> None:
    twin = {**WANG, "id": "p2", "residence_division": None}
    problem = checked(Street(person=[twin]))["duplicate_number"]
    assert problem.kind is Kind.ERROR
    assert "王芳" in problem.message


def test_a_shared_number_that_somebody_vouched_for_is_only_a_hint() -> None:
    twin = {**WANG, "id": "p2"}
    problem = checked(Street(person=[twin]), id_verified="2", id_force_note="重号")["duplicate_number"]
    assert problem.kind is Kind.WARNING


@pytest.mark.parametrize("difference", [{"life_status": "2"}, {"township_code": "512021101000"}, {"id": "p1"}])
def test_the_dead_other_townships_and_oneself_do_not_count_as_duplicates(difference: dict[str, str]) -> None:
    assert "duplicate_number" not in checked(Street(person=[{**WANG, "id": "p2", **difference}]))


def test_without_a_number_the_same_name_and_birthday_in_a_village_is_a_hint() -> None:
    nameless = {"id_type": "000", "id_number": None, "residence_division": "512021206200"}
    twin = {**WANG, **nameless, "id": "p2"}
    assert checked(Street(person=[twin]), **nameless)["duplicate_name"].kind is Kind.WARNING


def test_an_age_over_120_is_worth_a_second_look() -> None:
    assert "age_unusual" in faults(id_type="000", id_number=None, birth_date=date(1899, 1, 1))


def test_a_death_has_a_date_after_birth_and_a_status() -> None:
    assert "death_date" in missing(life_status="2")
    assert faults(life_status="1", death_date=date(2026, 1, 1)) == {"alive_with_death"}
    assert faults(life_status="2", death_date=date(1940, 1, 1)) == {"death_before_birth"}


def test_nobody_dies_tomorrow() -> None:
    assert "bad_death_date" in faults(life_status="2", death_date=date(2026, 11, 24))


def test_a_serious_illness_is_named() -> None:
    assert "serious_illness" in missing(health_status="22")


def test_a_disability_certificate_is_the_holders() -> None:
    assert faults(disability_cert_no="51209919410305122542") == set()
    assert faults(disability_cert_no="51209919500112231442") == {"certificate_owner"}
    assert faults(disability_cert_no="5120991941030512") == {"certificate_form"}


def test_people_on_tekun_support_are_asked_about_a_home() -> None:
    assert "central_willing" in missing(relief_class="2")
    assert "central_asked_on" in missing(relief_class="3", central_willing="1")
    assert "central_willing" not in missing(relief_class="1")


def test_the_emergency_contact_has_another_telephone() -> None:
    assert faults(phone="13800001111", emergency_phone="13800001111") == {"same_phone"}


def test_a_telephone_and_no_telephone_contradict_each_other() -> None:
    assert faults(phone="13800001111", phone_none=True) == {"phone_none"}


def test_the_number_fills_in_birth_date_and_sex_and_the_name_its_pinyin() -> None:
    filled = PERSON.filled({"name": "王芳", "id_type": "111", "id_number": "512099195001122314"}, TODAY)
    assert (filled["birth_date"], filled["sex"], filled["id_verified"]) == (date(1950, 1, 12), "1", "1")
    assert "wangfang" in filled["name_pinyin"]
    assert "wf" in filled["name_initials"].lower()


def test_what_is_typed_is_not_overwritten_by_what_follows() -> None:
    filled = PERSON.filled({**WANG, "sex": "1"}, TODAY)
    assert filled["sex"] == "1"


def test_pinyin_follows_a_changed_name() -> None:
    assert "lisi" in PERSON.filled({**WANG, "name": "李四", "name_pinyin": "wangfang"}, TODAY)["name_pinyin"]


def test_the_certificate_tells_type_and_grade() -> None:
    filled = PERSON.filled({**WANG, "disability_cert_no": "51209919410305122542"}, TODAY)
    assert (filled["disability_type"], filled["disability_grade"]) == ("4", "2")


def test_the_same_address_is_copied() -> None:
    filled = PERSON.filled({**WANG, "same_address": True, "residence_division": "512021206200"}, TODAY)
    assert filled["hukou_division"] == "512021206200"
