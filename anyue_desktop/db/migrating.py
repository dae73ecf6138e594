"""Running migrations. Alembic is imported with this module: only when a file is made or upgraded."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from anyue_desktop.db import upgrade
from anyue_desktop.db.engine import writing
from anyue_desktop.db.status import Status, unusable


def run_migrations(engine: Engine, target: str = "head") -> None:
    """Runs what is missing in one transaction; foreign keys are checked at its end.

    They are off meanwhile: rebuilding a table with them on deletes the rows that refer to it.
    """
    with writing(engine).connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection, target)
                _check_references(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def alembic_config(connection: Connection) -> Config:
    """Returns Alembic's settings: the scripts lie beside this module, also in the packed program."""
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, target: str) -> None:
    command.upgrade(alembic_config(connection), target)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise unusable(Status.UPGRADE_FAILED, f"{broken[0][0]} 等 {len(broken)} 条记录的对应关系不完整")
