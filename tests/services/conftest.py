"""Real encrypted workspaces: made once a run with the cheapest key derivation, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from service_desk import HEADER, OTHER_TOWNSHIP, TOWNSHIP, WORDS, Desks, add_elder, roster_row, workbook

from anyue_desktop.core import clock
from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.core.register import COUNTY, Register
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Keys
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.practice import whole_township
from anyue_desktop.services.workspace import Workspace, create_county, create_township


@dataclass(frozen=True)
class Made:
    folder: Path
    keys: Keys


@dataclass(frozen=True)
class Enrolled:
    """Two townships the county has enrolled."""

    township: Made
    neighbour: Made
    county: Made


def _closed(workspace: Workspace) -> Made:
    made = Made(workspace.folder, workspace.store.keys)
    workspace.close()
    return made


@pytest.fixture(scope="session", autouse=True)
def fixed_day() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FIXED_DAY, "2026-11-23")
        yield


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, fixed_day: None) -> Made:
    return _closed(create_township(tmp_path_factory.mktemp("fresh") / "台账", TOWNSHIP, "王芳", WORDS, cost=FLOOR))


@pytest.fixture(scope="session")
def enrolled(tmp_path_factory: pytest.TempPathFactory, fixed_day: None) -> Enrolled:
    base = tmp_path_factory.mktemp("enrolled")
    county = create_county(base / "县局", "李局", WORDS, cost=FLOOR)
    townships = [create_township(base / name, name, "王芳", WORDS, cost=FLOOR) for name in (TOWNSHIP, OTHER_TOWNSHIP)]
    digits = " ".join(county.county_enrolment.root_fingerprint().split()[-2:])
    for one in townships:
        request = one.enrolment.request(base)
        approved = county.county_enrolment.approve(request.path, base, request.fingerprint)
        one.enrolment.accept(approved.path, digits)
    return Enrolled(*map(_closed, townships), county=_closed(county))


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory, fixed_day: None) -> Made:
    folder = tmp_path_factory.mktemp("practice") / "台账"
    workspace = create_township(folder, "鸳大镇", "王芳", WORDS, practice=True, cost=FLOOR)
    made = whole_township(workspace.unit.code, clock.today())
    with workspace.store.work("练习数据") as work:
        for name, rows in made.records.items():
            work.insert_many(RECORDS[name], rows)
    return _closed(workspace)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[Made, str], Workspace]]:
    """Opens a copy of a workspace."""
    workspaces: list[Workspace] = []

    def open_copy(made: Made, name: str) -> Workspace:
        shutil.copytree(made.folder, tmp_path / name)
        workspaces.append(Workspace(Store.open(tmp_path / name, made.keys)))
        return workspaces[-1]

    yield open_copy
    for one in workspaces:
        one.close()


@pytest.fixture
def township(fresh: Made, opened: Callable[[Made, str], Workspace]) -> Workspace:
    return opened(fresh, "台账")


@pytest.fixture
def county(enrolled: Enrolled, opened: Callable[[Made, str], Workspace]) -> Workspace:
    """The county office by itself."""
    return opened(enrolled.county, "县局台账")


@pytest.fixture
def keeper(register: Register, fresh: Made, enrolled: Enrolled, opened: Callable[[Made, str], Workspace]) -> Workspace:
    """Whoever enters the register of the test: a township, or the county its own figures."""
    return opened(enrolled.county if register.keeper == COUNTY else fresh, "登记")


@pytest.fixture
def desks(enrolled: Enrolled, opened: Callable[[Made, str], Workspace], tmp_path: Path) -> Desks:
    (tmp_path / "U盘").mkdir()
    return Desks(opened(enrolled.township, "乡镇"), opened(enrolled.county, "县局"), tmp_path / "U盘")


@pytest.fixture
def neighbour(enrolled: Enrolled, desks: Desks, opened: Callable[[Made, str], Workspace]) -> Workspace:
    """Another enrolled township of the same county; it must take the newest list of senders to know itself."""
    return opened(enrolled.neighbour, "邻乡")


@pytest.fixture(scope="module")
def practice(practised: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The practice township, shared by tests that only look at it."""
    folder = tmp_path_factory.mktemp("shared") / "台账"
    shutil.copytree(practised.folder, folder)
    workspace = Workspace(Store.open(folder, practised.keys))
    yield workspace
    workspace.close()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    rows = [roster_row(serial, name) for serial, name in ((2, "周春英"), (4, "吴桂英"), (6, "郑秀英"))]
    return workbook(tmp_path / "花名册.xlsx", HEADER, *rows)


@pytest.fixture
def cases(desks: Desks) -> list[str]:
    return [add_elder(desks.township, serial) for serial in (2, 4, 6)]
