"""Every published vector must be judged as the table beside it says."""

from __future__ import annotations

import json
from pathlib import Path

import package_workshop as shop
import pytest

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.package import open_package

TABLE = json.loads((shop.VECTORS / "expected.json").read_text(encoding="utf-8"))


def judge(path: Path, chain: dict[str, object] | None) -> str:
    try:
        for _ in open_package(path, shop.county_desk(), shop.chain_of(chain)).records():
            pass
    except Refused as refused:
        return refused.status
    return "OK"


@pytest.mark.parametrize("name", sorted(TABLE["packages"]))
def test_a_vector_is_judged_as_published(name: str) -> None:
    expected = TABLE["packages"][name]
    assert judge(shop.VECTORS / f"{name}.tpkg", expected["chain"]) == expected["status"]


def test_every_file_has_an_expected_outcome_and_the_moment_is_the_one_the_tests_use() -> None:
    assert {path.stem for path in shop.VECTORS.glob("*.tpkg")} == set(TABLE["packages"])
    assert TABLE["now"] == shop.NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
