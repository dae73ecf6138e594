from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from db_people import PASSPHRASE, UNIT, Made, row
from sqlalchemy import Inspector, inspect, text

from anyue_desktop.core.errors import Unusable
from anyue_desktop.db import upgrade
from anyue_desktop.db.backup import verify_backup
from anyue_desktop.db.engine import open_engine, writing
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.migrations.comparing import COMPARING
from anyue_desktop.db.store import Store
from anyue_desktop.registers import Base, ElderCase, Person

PRESENT = upgrade.known_revisions()[-1]
NEXT = f"{int(PRESENT) + 1:04}"
STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{PRESENT}"


def upgrade() -> None:
    with op.batch_alter_table("person", recreate="always") as table:
        table.add_column(sa.Column("nickname", sa.String()))
    op.execute("UPDATE person SET nickname = '阿' || substr(name, 1, 1)")
"""


@pytest.fixture
def old(store: Store) -> Store:
    fill(store)
    store.close()
    return store


def fill(store: Store) -> None:
    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(number) for number in range(30)])
        work.insert_many(ElderCase, [{"person_id": identity} for identity in ids])


def use_steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str) -> None:
    folder = copy_steps(tmp_path)
    (folder / "versions" / f"{NEXT}_nickname.py").write_text(step, encoding="utf-8")
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)


def copy_steps(tmp_path: Path, last: str = PRESENT) -> Path:
    """Returns a copy of the steps up to one of them, as an earlier program had them."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for step in (folder / "versions").glob("[0-9]*.py"):
        if step.name[:4] > last:
            step.unlink()
    return folder


def shape(inspector: Inspector) -> dict[str, object]:
    """Returns everything about the tables that matters."""
    return {
        table: (
            sorted(
                (
                    (one["name"], str(one["type"]), one["nullable"], one["default"])
                    for one in inspector.get_columns(table)
                ),
                key=str,  # added columns stand last in an upgraded file, which means nothing
            ),
            inspector.get_pk_constraint(table)["constrained_columns"],
            sorted(
                (tuple(one["constrained_columns"]), one["referred_table"], str(one["options"]))
                for one in inspector.get_foreign_keys(table)
            ),
            sorted(
                (str(one["name"]), tuple(one["column_names"]), one["unique"]) for one in inspector.get_indexes(table)
            ),
            inspector.get_unique_constraints(table),
            inspector.get_check_constraints(table),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_make_the_tables_the_models_describe(made: Made, tmp_path: Path) -> None:
    migrated = open_engine(made.folder / "main.db", made.keys.dek)
    created = open_engine(tmp_path / "models.db", bytes(32))
    with writing(created).begin() as connection:
        Base.metadata.create_all(connection)
    try:
        assert shape(inspect(migrated)) == shape(inspect(created))
        with migrated.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection, opts=COMPARING), Base.metadata) == []
            triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger' ORDER BY 1")
            assert triggers.scalars().all() == ["keep_operation_delete", "keep_operation_update"]
    finally:
        migrated.dispose()
        created.dispose()


def test_migrations_are_numbered_without_holes_and_follow_each_other() -> None:
    known = upgrade.known_revisions()
    assert known == [f"{number:04}" for number in range(1, len(known) + 1)]
    previous = None
    for path in sorted((upgrade.MIGRATIONS / "versions").glob("[0-9]*.py")):
        content = path.read_text(encoding="utf-8")
        assert re.search(rf'^revision = "{path.name[:4]}"$', content, re.MULTILINE)
        expected = f'"{previous}"' if previous else "None"
        assert f"down_revision = {expected}\n" in content
        previous = path.name[:4]


def test_an_older_workspace_is_upgraded_after_a_verified_backup(
    old: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_steps(monkeypatch, tmp_path, STEP)
    with Store.open(old.workspace.folder, old.keys) as store, store.read() as session:
        assert session.execute(text("SELECT count(*), min(nickname) FROM person")).one() == (30, "阿刘")
        assert session.scalar(text("SELECT count(*) FROM elder_case")) == 30
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == NEXT
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    backups = list(old.workspace.backup.glob(f"before-upgrade-{PRESENT}-*.tbak"))
    assert len(backups) == 1
    assert verify_backup(backups[0], old.keys.dek)["counts"]["person"] == 30


@pytest.mark.parametrize("version", upgrade.known_revisions()[:-1])
def test_a_workspace_of_an_earlier_program_gets_the_tables_of_this_one_and_keeps_its_records(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str
) -> None:
    monkeypatch.setattr(upgrade, "MIGRATIONS", copy_steps(tmp_path, version))
    earlier = Store.create(tmp_path / "旧台账", UNIT, "张三", PASSPHRASE, cost=FLOOR)
    fill(earlier)
    earlier.close()
    monkeypatch.undo()
    new = open_engine(made.folder / "main.db", made.keys.dek)
    with Store.open(earlier.workspace.folder, earlier.keys) as store, store.read() as session:
        assert shape(inspect(session.connection())) == shape(inspect(new))
        assert session.scalar(text("SELECT count(*) FROM elder_case")) == 30
        assert store.verify() == []
    new.dispose()


@pytest.mark.parametrize(
    "failure", ["    raise RuntimeError('power cut')", "    op.execute('DELETE FROM person WHERE rowid = 3')"]
)
def test_an_upgrade_that_fails_leaves_the_old_file_as_it_was(
    old: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failure: str
) -> None:
    use_steps(monkeypatch, tmp_path, STEP + failure + "\n")
    with pytest.raises(Unusable) as caught:
        Store.open(old.workspace.folder, old.keys)
    assert caught.value.status == "E_UPGRADE_FAILED"
    monkeypatch.undo()
    with Store.open(old.workspace.folder, old.keys) as store, store.read() as session:
        assert "nickname" not in {column["name"] for column in inspect(session.connection()).get_columns("person")}
        assert session.scalar(text("SELECT count(*) FROM person")) == 30
        assert store.verify() == []


def test_opening_a_workspace_of_this_version_changes_no_table_and_makes_no_backup(old: Store) -> None:
    Store.open(old.workspace.folder, old.keys).close()
    assert list(old.workspace.backup.iterdir()) == []
