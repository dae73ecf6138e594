"""Writes a migration from the difference between the models and the last version.

    python -m anyue_desktop.db.migrations.draft "what it does"
    python -m anyue_desktop.db.migrations.draft --first      makes 0001 anew, while nothing has been released

Read what it wrote and run `ruff format` over it before committing.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from alembic import command
from alembic.operations import ops

from anyue_desktop.db.engine import open_engine, writing
from anyue_desktop.db.migrating import alembic_config, run_migrations
from anyue_desktop.db.tables import GUARDS, Operation
from anyue_desktop.db.upgrade import MIGRATIONS, known_revisions

VERSIONS = MIGRATIONS / "versions"
FIRST_MESSAGE = "The first tables"


def draft(message: str) -> Path:
    """Writes the next migration and returns its path."""
    number = f"{len(known_revisions()) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "draft.db", bytes(32))
        try:
            if known_revisions():
                run_migrations(engine)
            with writing(engine).connect() as connection:
                config = alembic_config(connection)
                slug = re.sub(r"\W+", "_", message.lower()).strip("_")[:40]
                config.set_main_option("file_template", f"{number}_{slug}")
                command.revision(
                    config, message, autogenerate=True, rev_id=number, process_revision_directives=_guard_log
                )
        finally:
            engine.dispose()
    return next(VERSIONS.glob(f"{number}_*.py"))


def _guard_log(_: object, __: object, directives: list[ops.MigrationScript]) -> None:
    """Adds the triggers that keep the operation log from being changed where its table is made."""
    for script in directives:
        steps = script.upgrade_ops.ops if script.upgrade_ops else []
        made = {step.table_name for step in steps if isinstance(step, ops.CreateTableOp)}
        if Operation.__tablename__ in made:
            steps.extend(ops.ExecuteSQLOp(trigger) for trigger in GUARDS)


def main() -> None:
    """Runs the command."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("message", nargs="?", default=FIRST_MESSAGE)
    reader.add_argument("--first", action="store_true", help="throw away all migrations and write the first anew")
    choice = reader.parse_args()
    if choice.first:
        for old in VERSIONS.glob("[0-9]*.py"):
            old.unlink()
    print(draft(choice.message))  # noqa: T201 - a developer's command


if __name__ == "__main__":
    main()
