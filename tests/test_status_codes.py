"""Every outcome a person can be told is really produced by a test."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from anyue_desktop.db.status import Status as Workspace
from anyue_desktop.exchange.status import Status

TESTS = Path(__file__).resolve().parent
VECTORS = json.loads((TESTS / "vectors" / "packages" / "expected.json").read_text(encoding="utf-8"))["packages"]
BY_VECTOR = {one["status"] for one in VECTORS.values()}  # test_package_vectors judges each of them

BUNDLES = (
    "exchange/test_trust_and_enrolment.py::test_K03_K04_K05_old_forked_foreign_expired_and_future_bundles_are_refused"
)
REQUESTS = "exchange/test_trust_and_enrolment.py::test_K08_taken_keys_taken_sites_and_other_counties_are_refused"
EDITED = "db/test_vault.py::test_L03_an_edited_key_file_is_refused"
MERGE, ANSWERS = "services/test_merge_rules.py", "exchange/test_receipts.py"
STICK, UNUSABLE = "exchange/test_stick.py", "db/test_db_unusable.py"
BY_TEST = {
    "E_CLOCK_BEHIND": "exchange/test_threats_on_the_way.py::test_P26_a_county_clock_set_back_is_noticed",
    "E_TRUST_ROLLBACK": BUNDLES,
    "E_TRUST_FORK": BUNDLES,
    "E_TRUST_EXPIRED": BUNDLES,
    "E_TRUST_COUNTY": BUNDLES,
    "E_ENROL_DUPKEY": REQUESTS,
    "E_ENROL_SITE": REQUESTS,
    "E_ENROL_DIGITS": (
        "services/test_enrolling_laptops.py"
        "::test_K01_the_county_enrols_nobody_whose_digits_differ_from_those_on_the_telephone"
    ),
    "E_UNLOCK_DIGITS": (
        "services/test_forgotten_passphrases.py"
        "::test_the_county_answers_only_digits_it_heard_with_the_key_from_its_safe"
    ),
    "E_ACK_FORK": f"{ANSWERS}::test_A04_an_acknowledged_package_this_laptop_never_made_stops_everything",
    "E_ACK_UNKNOWN": (f"{ANSWERS}::test_an_acknowledged_sequence_beyond_the_own_is_stopped_except_after_a_restore"),
    "E_USB_SPACE": f"{STICK}::test_U02_a_full_stick_is_named_as_full",
    "E_USB_WRITE": f"{STICK}::test_U01_a_stick_pulled_while_it_was_written_shows_no_file",
    "E_USB_READBACK": f"{STICK}::test_U03_a_stick_that_gives_back_other_bytes_is_found_out",
    "E_USB_READ": f"{STICK}::test_U04_a_link_or_pipe_or_missing_file_is_not_fetched",
    "R_DUP_PERSON": (
        f"{MERGE}::test_a_person_two_townships_have_stays_with_both_and_the_later_one_hears_only_the_others_name"
    ),
    "R_FORK": f"{MERGE}::test_C11_a_newer_revision_that_does_not_follow_the_countys_is_returned",
    "R_STALE": f"{MERGE}::test_C11_a_revision_no_newer_than_the_countys_is_returned",
    "R_PREV_UNKNOWN": f"{MERGE}::test_a_record_whose_predecessor_the_county_never_saw_is_returned",
    "R_NOT_OWNER": f"{MERGE}::test_C10_a_record_of_another_site_stays_as_its_owner_sent_it",
    "R_TOWNSHIP": f"{MERGE}::test_C10_a_record_that_names_another_township_is_returned",
    "R_SCHEMA": f"{MERGE}::test_C14_content_the_dictionary_does_not_allow_is_returned",
    "R_ATT_MISSING": (
        "services/test_photos_of_visits.py::test_a_photograph_nobody_sent_is_returned_and_sent_with_the_correction"
    ),
    "R_RULE": f"{MERGE}::test_a_record_with_a_logic_error_is_kept_as_sent_and_returned_with_the_rule",
    "R_SELF_REVIEW": (
        "services/test_two_person_review.py"
        "::test_C15_who_reviews_what_they_entered_is_returned_where_the_county_forbids_it"
    ),
    "E_PASSPHRASE": EDITED,
    "E_OPERATOR_UNKNOWN": "db/test_vault.py::test_a_removed_operator_is_unknown",
    "E_KDF_PARAMS": EDITED,
    "E_KEYSLOTS_MISSING": f"{UNUSABLE}::test_a_missing_key_file_is_told_and_the_database_is_untouched",
    "E_KEYSLOTS_DAMAGED": "db/test_vault.py::test_a_damaged_key_file_says_so",
    "E_KEYSLOTS_NEWER": EDITED,
    "E_KEYSLOTS_TAMPERED": EDITED,
    "E_KEYSLOTS_ROLLBACK": f"{UNUSABLE}::test_L04_an_old_key_file_put_back_is_refused",
    "E_WORKSPACE_MISSING": f"{UNUSABLE}::test_a_missing_workspace_and_a_missing_database_are_told",
    "E_WORKSPACE_EXISTS": f"{UNUSABLE}::test_a_new_workspace_is_not_made_over_one_whose_key_file_is_gone",
    "E_WORKSPACE_DAMAGED": f"{UNUSABLE}::test_a_damaged_first_page_is_damage_and_not_a_wrong_passphrase",
    "E_WORKSPACE_NEWER": f"{UNUSABLE}::test_a_file_of_a_newer_program_is_refused_untouched",
    "E_WORKSPACE_READONLY": f"{UNUSABLE}::test_a_folder_that_cannot_be_written_is_told",
    "E_WORKSPACE_FULL": f"{UNUSABLE}::test_a_full_disk_is_told_and_loses_only_the_action_it_stopped",
    "E_WORKSPACE_DISK": f"{UNUSABLE}::test_a_disk_that_stops_writing_is_told",
    "E_WORKSPACE_BUSY": "db/test_store.py::test_L14_a_second_program_on_the_same_workspace_is_told_it_is_busy",
    "E_UPGRADE_FAILED": "db/test_db_upgrade.py::test_an_upgrade_that_fails_leaves_the_old_file_as_it_was",
    "E_AUDIT_BROKEN": f"{UNUSABLE}::test_L07_a_page_put_back_in_time_is_found_by_its_history",
    "E_BACKUP_BAD": "db/test_db_backup.py::test_L12_one_changed_byte_makes_a_backup_bad",
    "E_DELETIONS": "services/test_many_deletions.py::test_C11_more_are_asked_about_and_nothing_is_written",
    "E_UNLOCK_WAIT": "db/test_wrong_passphrases.py::test_after_five_wrong_ones_even_the_right_one_must_wait",
    "E_UNLOCK_CODE": "services/test_forgotten_passphrases.py::test_L11_an_answer_opens_once_for_the_one_who_asked",
    "E_UNLOCK_FOREIGN": "services/test_forgotten_passphrases.py::test_L11_an_answer_opens_once_for_the_one_who_asked",
    "E_UNLOCK_EXPIRED": "services/test_forgotten_passphrases.py::test_L11_on_the_eighth_day_an_answer_opens_nothing",
    "E_BACKUP_FOREIGN": "db/test_db_backup.py::test_a_backup_of_another_unit_is_refused_and_nothing_changes",
}


def source_of(place: str) -> str:
    """Returns the source of a test with what it is parametrized by."""
    file, _, name = place.partition("::")
    text = (TESTS / file).read_text(encoding="utf-8")
    (node,) = (one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef) and one.name == name)
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])


def test_every_code_is_produced_by_a_vector_or_by_a_test_and_none_is_forgotten() -> None:
    codes = {*Status.__members__, *(one.value for one in Workspace)}
    assert codes == BY_VECTOR | set(BY_TEST)


@pytest.mark.parametrize(("code", "place"), BY_TEST.items(), ids=BY_TEST)
def test_the_test_named_for_a_code_expects_it(code: str, place: str) -> None:
    assert f'"{code}"' in source_of(place)
