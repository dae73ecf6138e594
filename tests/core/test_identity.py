import time
from uuid import UUID

from anyue_desktop.core.identity import is_id, new_id


def test_identifiers_are_uuid_version_7_with_the_time_in_front() -> None:
    before = time.time_ns() // 1_000_000
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= before + 60_000


def test_identifiers_of_one_process_are_unique_and_sort_in_the_order_made() -> None:
    made = [new_id() for _ in range(20_000)]
    assert len(set(made)) == len(made)
    assert made == sorted(made)
    assert all(map(is_id, made))


def test_only_canonical_lower_case_is_an_identifier() -> None:
    assert not is_id(new_id().upper())
    assert not is_id(new_id().replace("-", ""))
