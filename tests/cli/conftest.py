"""Real encrypted workspaces with the cheapest key derivation: made once a run and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import SITE, TOWNSHIP, WORDS, Desk, Pair, words_of_elder

from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.by_words import ByWords
from anyue_desktop.services.workspace import create_county, create_township

ELDERS = ((2, "周春英"), (4, "吴桂英"), (6, "郑秀英"))


def _enter(by_words: ByWords, register: str, words: list[str]) -> None:
    assert by_words.add(register, dict(word.split("=", 1) for word in words)).saved.saved


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FIXED_DAY, "2026-11-23")
        patch.setenv("ANYUE_PASSPHRASE", WORDS)
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, environment: None) -> Path:
    """A township with three elders, two of them visited, and the county that has enrolled it."""
    base = tmp_path_factory.mktemp("made")
    township = create_township(base / "township", TOWNSHIP, "王芳", WORDS, cost=FLOOR)
    for serial, name in ELDERS:
        _enter(township.by_words, "elder_case", words_of_elder(serial, name, "困难类别=独居"))
    for serial, name in ELDERS[:2]:
        visit = [*words_of_elder(serial, name), "探访日期=2026-11-10", "探访方式=上门"]
        _enter(township.by_words, "elder_visit", [word for word in visit if not word.startswith("name=")])
    county = create_county(base / "county", "李局", WORDS, offline=base / "offline", cost=FLOOR)
    request = township.enrolment.request(base)
    approved = county.county_enrolment.approve(request.path, base, request.fingerprint)
    township.enrolment.accept(approved.path, " ".join(approved.root_fingerprint.split()[-2:]))
    assert request.site == SITE
    township.close()
    county.close()
    return base


@pytest.fixture
def township(made: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(made / "township", tmp_path / "township")))


@pytest.fixture
def pair(made: Path, township: Desk, tmp_path: Path) -> Pair:
    county = Desk(Path(shutil.copytree(made / "county", tmp_path / "county")))
    stick = tmp_path / "stick"
    stick.mkdir()
    return Pair(township, county, stick)


@pytest.fixture
def stranger(tmp_path: Path) -> Desk:
    """A township the county has not enrolled."""
    create_township(tmp_path / "stranger", "鸳大镇", "王芳", WORDS, cost=FLOOR).close()
    return Desk(tmp_path / "stranger")
