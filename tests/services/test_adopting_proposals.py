"""采用建议: proposals of the rules become the record's in one action, with a history."""

from __future__ import annotations

from datetime import date

from service_desk import add_elder, add_visit, elder, id_number

from anyue_desktop.services.workspace import Workspace


def child(serial: int, born: date, **case: object) -> dict[str, object]:
    person = elder(serial)["person"] | {"id_number": id_number(serial, born), "hukou_kind": "1"}
    given = {"child_types": ("01",), "main_type": "01", "enrol_date": date(2024, 1, 5), "risk_level": "1"}
    return {**given, **case, "person": person}


def test_a_left_behind_child_of_sixteen_leaves_by_one_action(township: Workspace) -> None:
    saved = township.records.save("child_case", child(2, date(2010, 11, 3)))
    (proposed,) = township.records.suggestions("child_case", [saved.id])
    assert proposed.words == "退出日期＝2026-11-03，退出原因＝年满16周岁（留守）"
    assert township.records.adopt("child_case", saved.id).saved
    stored = township.records.get("child_case", saved.id)
    assert (stored["exit_date"], stored["exit_reason"]) == (date(2026, 11, 3), "01")
    newest = township.records.history("child_case", saved.id)[0]
    assert newest.action == "采用建议"
    assert {change.label for change in newest.changes} == {"退出日期", "退出原因"}
    assert township.records.suggestions("child_case", [saved.id]) == []


def test_a_change_of_type_is_seen_in_the_history(township: Workspace) -> None:
    first = child(2, date(2016, 3, 2), child_types=("99",), main_type="99", father_state="03", mother_state="05")
    saved = township.records.save("child_case", first)
    assert township.records.adopt("child_case", saved.id, ("kind_03",)).saved
    (change,) = township.records.history("child_case", saved.id)[0].changes
    assert (change.label, change.old, change.new) == ("儿童类别", "其他困境儿童", "事实无人抚养儿童、其他困境儿童")


def test_proposals_that_follow_from_each_other_are_one_change(township: Workspace) -> None:
    case = add_elder(township, 2, "周春英")
    add_visit(township, case, date(2026, 11, 10), visit_result="8")
    assert township.records.adopt("elder_case", case).saved
    stored = township.records.get("elder_case", case)
    assert (stored["exit_date"], stored["exit_reason"]) == (date(2026, 11, 10), "01")
    assert (stored["person"]["life_status"], stored["person"]["death_date"]) == ("2", date(2026, 11, 10))
    assert len(township.records.history("elder_case", case)) == 2
    assert township.checking.run().errors == 0


def test_several_classes_are_taken_over_together(township: Workspace) -> None:
    person = {"disability_grade": "1", "disability_type": "4", "relief_class": "2"}
    case = add_elder(township, 2, self_care_level="3", person=person)
    assert {one.problem.code for one in township.records.suggestions("elder_case", [case])} == {
        "kind_04", "kind_05", "kind_07",
    }  # fmt: skip
    assert township.records.adopt("elder_case", case).saved
    assert township.records.get("elder_case", case)["categories"] == ("01", "04", "05", "07")


def test_only_what_was_named_is_taken_over(township: Workspace) -> None:
    case = add_elder(township, 2, self_care_level="3", person={"relief_class": "2"})
    township.records.adopt("elder_case", case, ("kind_07",))
    assert township.records.get("elder_case", case)["categories"] == ("01", "07")


def test_what_was_kept_with_a_reason_is_not_proposed_again(township: Workspace) -> None:
    case = add_elder(township, 2, self_care_level="3")
    township.checking.explain("elder_case", case, "kind_04", "康复中，暂不列入")
    assert township.records.suggestions("elder_case", [case]) == []
    township.records.adopt("elder_case", case)
    assert township.records.get("elder_case", case)["categories"] == ("01",)
