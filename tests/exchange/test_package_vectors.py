"""Every published vector must be judged as the table beside it says."""

from __future__ import annotations

import package_workshop as shop
import pytest

TABLE = shop.PUBLISHED


@pytest.mark.parametrize("name", sorted(TABLE["packages"]))
def test_a_vector_is_judged_as_published(name: str) -> None:
    assert shop.vector_outcome(name) == TABLE["packages"][name]["status"]


def test_every_file_has_an_expected_outcome_and_the_moment_is_the_one_the_tests_use() -> None:
    assert {path.stem for path in shop.VECTORS.glob("*.tpkg")} == set(TABLE["packages"])
    assert TABLE["now"] == shop.NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
