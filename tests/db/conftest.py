"""Real encrypted workspaces: one is made per run and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from db_people import PASSPHRASE, UNIT, Made

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.store import Store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("template") / "台账"
    store = Store.create(folder, UNIT, "张三", PASSPHRASE, cost=FLOOR)
    store.close()
    return Made(folder, store.keys)


@pytest.fixture
def made(template: Made, tmp_path: Path) -> Made:
    folder = tmp_path / "台账"
    shutil.copytree(template.folder, folder)
    return Made(folder, template.keys)


@pytest.fixture
def store(made: Made) -> Iterator[Store]:
    opened = Store.open(made.folder, made.keys)
    yield opened
    opened.close()
