"""What the county asks a township for: a package again, everything, or a newer program or trust bundle.

It stands in every receipt until it is done or withdrawn (docs/package-format.md, receipts).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import anyue_desktop
from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.exchange_tables import Asked, SiteChain
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.manifest import FULL as WHOLE
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.exchange.receipt_lines import Request
from anyue_desktop.services import documents
from anyue_desktop.services.unit import unit_name

RESEND, FULL, UPDATE_APP, UPDATE_TRUST = "resend", "full", "update_app", "update_trust"
NAMES = {RESEND: "重新带来上报包", FULL: "报全部记录", UPDATE_APP: "升级程序", UPDATE_TRUST: "接收新的信任表"}


@dataclass(frozen=True)
class Wish:
    """One thing the county asks of a site."""

    site: str
    what: str
    from_sequence: int | None
    at: str = ""

    @property
    def unit(self) -> str:
        """The name of the site's township."""
        return unit_name(self.site)

    @property
    def words(self) -> str:
        """What the county's clerk reads."""
        return f"{NAMES[self.what]}（第 {self.from_sequence} 包起）" if self.from_sequence else NAMES[self.what]

    def told(self) -> str:
        """Returns what the township's officer reads, with what to do."""
        start = f"第 {self.from_sequence} 包起的" if self.from_sequence else "以前的"
        return {
            RESEND: f"县局没有收全：请点“再写一次 U 盘”，把{start}上报包再带一次",
            FULL: "县局请您报一次全部记录：照常报送就行，下一个上报包会带上全部记录",
            UPDATE_APP: "县局请您升级程序，请向县局领取新版安装包",
            UPDATE_TRUST: "县局请您接收新的信任表：插上县局还回来的 U 盘，点“设备登记”接收",
        }[self.what]


class Asking:
    """The county asks, sees what is still open, and takes it back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, site: str, what: str, from_sequence: int | None = None) -> Wish:
        """Asks a site for something; asking again for the same thing takes the place of what was asked before.

        Raises:
            UserError: nothing of that kind can be asked for, or the site has never reported.
        """
        if what not in NAMES:
            raise UserError(
                f"没有“{what}”这种要求", "可用：" + "、".join(f"{key} {name}" for key, name in NAMES.items())
            )
        with self._store.work("要求乡镇办理", site) as work:
            place = work.session.get(SiteChain, site)
            if place is None:
                raise UserError(f"设备“{site}”还没有上报过", "它第一次上报以后，才能随回执提要求")
            start = (from_sequence or place.sequence + 1) if what == RESEND else None
            ask_for(work.session, site, what, start)
            work.facts.update(what=what, from_sequence=start)
        return Wish(site, what, start)

    def withdraw(self, site: str, what: str) -> None:
        """Asks for it no more.

        Raises:
            UserError: it was not asked for.
        """
        with self._store.work("撤回要求", site) as work:
            row = work.session.get(Asked, (site, what))
            if row is None:
                raise UserError(f"没有向设备“{site}”提过“{NAMES.get(what, what)}”", "请刷新名单")
            work.session.delete(row)

    def sites(self) -> list[str]:
        """Returns who can be asked: the laptops that have reported."""
        with self._store.read() as session:
            return list(session.scalars(select(SiteChain.site).order_by(SiteChain.site)))

    def open(self) -> list[Wish]:
        """Returns what is still asked for, by site."""
        with self._store.read() as session:
            return list(wishes(session))


def ask_for(session: Session, site: str, what: str, from_sequence: int | None = None) -> None:
    """Notes what a site is asked for; of packages, the earliest one that is missing."""
    session.merge(Asked(site=site, what=what, from_sequence=from_sequence, at=clock.stamp()))
    session.flush()


def wishes(session: Session, site: str = "") -> Iterator[Wish]:
    """Gives what is asked of a site, or of all."""
    wanted = select(Asked).order_by(Asked.site, Asked.what)
    for row in session.scalars(wanted.where(Asked.site == site) if site else wanted):
        yield Wish(row.site, row.what, row.from_sequence, row.at)


def lines_for(session: Session, site: str) -> Iterator[Request]:
    """Gives the lines of a receipt."""
    for wish in wishes(session, site):
        yield Request(wish.what, wish.from_sequence)


def ask_for_missing(session: Session, site: str) -> None:
    """Asks a site to bring again what follows the last package that came."""
    place = session.get(SiteChain, site)
    ask_for(session, site, RESEND, place.sequence + 1 if place else 1)


def note_done(session: Session, heading: Heading, version: str) -> None:
    """Asks no more for what a package that was taken in, by this version of the program, has brought."""
    trust = documents.trust_bundle(session)
    for wish in list(wishes(session, heading.sender)):
        done = {
            RESEND: heading.sequence >= (wish.from_sequence or 1),
            FULL: heading.kind == WHOLE,
            UPDATE_APP: _numbers(version) >= _numbers(anyue_desktop.__version__),
            UPDATE_TRUST: trust is not None and heading.trust_version >= trust.version,
        }[wish.what]
        if done:
            session.execute(delete(Asked).where(Asked.site == wish.site, Asked.what == wish.what))


def keep_asked(session: Session, site: str, requests: Iterable[Request]) -> None:
    """Keeps at the township what the newest receipt asks for, in place of what the one before asked."""
    session.execute(delete(Asked).where(Asked.site == site))
    for one in requests:
        ask_for(session, site, one.what, one.from_sequence)


def _numbers(version: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]
