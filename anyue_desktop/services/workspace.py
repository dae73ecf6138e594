"""An opened workspace: one unit, one operator, and everything that can be done in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.db import passphrase
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Vault
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.services import documents
from anyue_desktop.services.accounts import Accounts
from anyue_desktop.services.asking import Asking
from anyue_desktop.services.batches import Batching
from anyue_desktop.services.by_words import ByWords
from anyue_desktop.services.checking import Checking
from anyue_desktop.services.code_settings import CodeSettings
from anyue_desktop.services.county_enrolment import CountyEnrolment
from anyue_desktop.services.county_grid import CountyFigures
from anyue_desktop.services.dashboard import Dashboard
from anyue_desktop.services.deciding import Deciding
from anyue_desktop.services.enrolment import TownshipEnrolment
from anyue_desktop.services.exporting import Exporting
from anyue_desktop.services.importing import Importing
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.offline_keys import found_county
from anyue_desktop.services.printing import Printing
from anyue_desktop.services.receipts import Receipts
from anyue_desktop.services.receiving import Receiving
from anyue_desktop.services.records import Records
from anyue_desktop.services.reporting import Reporting
from anyue_desktop.services.returning import Returning
from anyue_desktop.services.reviewing import Reviewing
from anyue_desktop.services.rollover import Rollover
from anyue_desktop.services.safekeeping import Safekeeping
from anyue_desktop.services.transferring import Transferring
from anyue_desktop.services.unit import Operator, Unit, county_unit, township_unit
from anyue_desktop.services.visits import Visits


class Workspace:
    """One unit's encrypted records, unlocked by one operator."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.unit = Unit.of(store.keys.unit)

    @property
    def folder(self) -> Path:
        """Where the workspace lies."""
        return self.store.workspace.folder

    @property
    def operator(self) -> Operator:
        """Who is logged in."""
        who = self.store.keys.operator
        return Operator(who.id, who.login, who.name, frozenset(role.value for role in who.roles))

    def context(self) -> Context:
        """Returns what texts are read against: today, the own unit, and what it changed of code lists."""
        unit, attributes = self.unit, self.code_settings.attributes()
        township, other = ("", unit.code) if unit.is_county else (unit.code, "")
        return Context(clock.today(), township, unit=other, attributes=attributes)

    def close(self) -> None:
        """Locks the workspace: connections and keys are gone."""
        self.store.close()

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Calls `listener` with the registers changed after every action; returns how to stop it."""
        return self.store.listen(listener)

    @cached_property
    def code_settings(self) -> CodeSettings:
        """Weights, limits and intervals of the local code lists."""
        return CodeSettings(self.store)

    @cached_property
    def records(self) -> Records:
        """Looking at records and entering them."""
        return Records(self.store, self.context)

    @cached_property
    def by_words(self) -> ByWords:
        """Entering and seeking records by FIELD=VALUE."""
        return ByWords(self.store, self.records, self.context)

    @cached_property
    def visits(self) -> Visits:
        """The month's visits."""
        return Visits(self.store, self.records, self.context)

    @cached_property
    def batches(self) -> Batching:
        """What is entered line by line."""
        return Batching(self.store, self.records)

    @cached_property
    def importing(self) -> Importing:
        """Taking workbooks in."""
        return Importing(self.store, self.context, self.records.caption)

    @cached_property
    def exporting(self) -> Exporting:
        """Templates and lists as workbooks."""
        return Exporting(self.store, self.unit, self.records)

    @cached_property
    def checking(self) -> Checking:
        """The check before a month is reported."""
        return Checking(self.store, self.records, self.context)

    @cached_property
    def indicators(self) -> Measuring:
        """The county plan's indicators."""
        return Measuring(self.store, self.unit, self.records)

    @cached_property
    def county_figures(self) -> CountyFigures:
        """The county's townships with all their indicators."""
        return CountyFigures(self.store, self.unit, self.indicators)

    @cached_property
    def printing(self) -> Printing:
        """Ledgers."""
        return Printing(self.store, self.unit, self.records)

    @cached_property
    def dashboard(self) -> Dashboard:
        """What must be done now."""
        return Dashboard(self.store, self.records)

    @cached_property
    def rollover(self) -> Rollover:
        """The turn of the year."""
        return Rollover(self.store, self.records, self.dashboard)

    @cached_property
    def enrolment(self) -> TownshipEnrolment:
        """The township's half of the key ceremony."""
        return TownshipEnrolment(self.store, self.unit)

    @cached_property
    def county_enrolment(self) -> CountyEnrolment:
        """The county's half of the key ceremony."""
        return CountyEnrolment(self.store, self.unit)

    @cached_property
    def reviewing(self) -> Reviewing:
        """What waits for a second person."""
        return Reviewing(self.store, self.records)

    @cached_property
    def reporting(self) -> Reporting:
        """Sealing a month."""
        return Reporting(self.store, self.unit, self.checking, self.indicators)

    @cached_property
    def receipts(self) -> Receipts:
        """The county's answers."""
        return Receipts(self.store, self.unit, self.records)

    @cached_property
    def receiving(self) -> Receiving:
        """The county's reception."""
        return Receiving(self.store, self.unit)

    @cached_property
    def returning(self) -> Returning:
        """The county's returns and receipts."""
        return Returning(self.store, self.unit, self.records)

    @cached_property
    def deciding(self) -> Deciding:
        """The county's decisions about people whom two townships have."""
        return Deciding(self.store, self.records)

    @cached_property
    def asking(self) -> Asking:
        """What the county asks townships for."""
        return Asking(self.store)

    @cached_property
    def transferring(self) -> Transferring:
        """The county's transfers of people between townships."""
        return Transferring(self.store, self.records)

    @cached_property
    def safekeeping(self) -> Safekeeping:
        """Backup, restore, verify."""
        return Safekeeping(self.store)

    @cached_property
    def accounts(self) -> Accounts:
        """Operators."""
        return Accounts(self.store)


def create_township(
    folder: Path,
    township: str,
    login: str,
    words: str,
    *,
    letter: str = "a",
    practice: bool = False,
    cost: Cost | None = None,
) -> Workspace:
    """Makes a township's workspace with its first operator, who may enter, review and manage.

    Raises:
        UserError: no such township, a weak passphrase.
        Unusable: the folder cannot be used.
    """
    unit = township_unit(township, letter, practice=practice)
    store = Store.create(folder, unit.facts(), login, words, cost=cost)
    with store.work("建立台账") as work:
        documents.keep(work.session, documents.BOX, BoxKey.generate().to_bytes())
    return Workspace(store)


def create_county(
    folder: Path,
    login: str,
    words: str,
    *,
    offline: Path | None = None,
    practice: bool = False,
    cost: Cost | None = None,
) -> Workspace:
    """Makes the county's workspace and its keys; one to practise with is the only one practice townships can report to.

    The root key is sealed to the reviewers; copies of root and recovery key are written to `offline` (by default the
    folder `离线保管` in the workspace), to be moved to sealed sticks: nothing in the workspace can open them again.

    Raises:
        UserError: a weak passphrase.
        Unusable: the folder cannot be used.
    """
    unit, recovery = county_unit(practice=practice), BoxKey.generate()
    store = Store.create(folder, unit.facts(), login, words, recovery=recovery.recipient, cost=cost)
    found_county(store, unit, recovery, offline or folder / "离线保管")
    return Workspace(store)


def open_workspace(folder: Path, login: str, words: str) -> Workspace:
    """Unlocks a workspace.

    Raises:
        Unusable: wrong passphrase, damaged, newer, busy …
    """
    keys = Vault(folder).unlock(login or only_login(folder), words)
    return Workspace(Store.open(folder, keys))


def only_login(folder: Path) -> str:
    """Returns the login name where only one operator may open the workspace.

    Raises:
        UserError: there are several.
    """
    names = logins(folder)
    if len(names) != 1:
        raise UserError("请写明操作员", f"本台账的操作员有：{'、'.join(names)}")
    return names[0]


def logins(folder: Path) -> list[str]:
    """Returns who may unlock a workspace."""
    return [one.login for one in Vault(folder).operators()]


def unit_of(folder: Path) -> Unit:
    """Returns the unit of a workspace before anyone has unlocked it."""
    return Unit.of(Vault(folder).unit())


def exists(folder: Path) -> bool:
    """Whether there is a workspace in the folder."""
    return Vault(folder).file.exists()


def suggest_passphrase() -> str:
    """Returns four random Chinese words."""
    return passphrase.suggest_passphrase()


__all__ = ["Role", "Workspace", "create_county", "create_township", "exists", "logins", "open_workspace", "unit_of"]
