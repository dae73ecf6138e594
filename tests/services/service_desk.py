"""Made-up elders, workbooks and the two desks between which a stick travels; 512099 is an unassigned prefix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select, text

from anyue_desktop.core import clock
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.resident_id import check_character
from anyue_desktop.db.exchange_tables import SentPackage
from anyue_desktop.exchange.manifest import FIRST_SCHEMA, Heading
from anyue_desktop.exchange.outgoing import write_sealed
from anyue_desktop.exchange.records import Delete, Put
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.registers import RECORDS, Record
from anyue_desktop.services import documents
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.query import Query
from anyue_desktop.services.receiving import Received
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.services.workspace import Workspace

MONTH = "2026-11"
TOWNSHIP, OTHER_TOWNSHIP = "天马乡", "鸳大镇"
VILLAGE, OTHER_VILLAGE = "512021206200", "512021206201"
WORDS = "山羊-水牛-黄牛-骏马"
HEADER = ("姓名", "身份证号", "村", "组", "困难类别", "居住状况", "联系电话")
VISIT_HEADER = ("姓名", "身份证号", "村", "探访日期", "探访方式", "健康状况")


def id_number(serial: int, born: date = date(1946, 3, 2)) -> str:
    """Returns a well-formed number nobody has; an even serial is a woman's."""
    body = f"512099{born:%Y%m%d}{serial:03d}"
    return body + check_character(body)


def elder(serial: int, name: str = "", **case: Any) -> dict[str, Any]:
    """Returns what an officer types for one elder: the person and the case around her."""
    person = {
        "name": name or f"周{'甲乙丙丁戊己庚辛壬癸'[serial % 10]}英",
        "id_type": "111",
        "id_number": id_number(serial),
        "residence_division": VILLAGE,
        "group_name": "3组",
        "phone": f"1399012{serial:04d}",
        **case.pop("person", {}),
    }
    return {"categories": ("01",), "living_arrangement": "1", "enrol_date": date(2026, 1, 5), **case, "person": person}


def visit(case_id: str, day: date = date(2026, 11, 10), **values: Any) -> dict[str, Any]:
    """Returns what an officer types for one visit."""
    return {"case_id": case_id, "visit_date": day, "visit_method": "1", "visit_result": "1", **values}


def add_elder(workspace: Workspace, serial: int, name: str = "", **case: Any) -> str:
    """Registers an elder and returns the id of the case."""
    saved = workspace.records.save("elder_case", elder(serial, name, **case))
    assert saved.saved, saved.problems
    return saved.id


def add_visit(workspace: Workspace, case_id: str, day: date = date(2026, 11, 10), **values: Any) -> str:
    """Registers a visit and returns its id."""
    saved = workspace.records.save("elder_visit", visit(case_id, day, **values))
    assert saved.saved, saved.problems
    return saved.id


def workbook(path: Path, header: Sequence[str], *rows: Sequence[Any], title: str = "", sheet: str = "Sheet") -> Path:
    """Writes a village's workbook."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in chain([[title]] if title else [], [header], rows):
        page.append(list(row))
    book.save(path)
    return path


def roster_row(serial: int, name: str, village: str = "土桥村", **cells: Any) -> list[Any]:
    """Returns one line of a roster under HEADER."""
    given = {"姓名": name, "身份证号": id_number(serial), "村": village, "组": "3组", "困难类别": "独居老年人"}
    return [{**given, **cells}.get(label) for label in HEADER]


def dump(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Returns every row of every table, to compare what was before with what is after."""
    with workspace.store.read() as session:
        names = session.scalars(text("select name from sqlite_master where type = 'table' order by name")).all()
        return {name: sorted(map(tuple, session.execute(text(f'select * from "{name}"'))), key=repr) for name in names}


def stored(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Returns the records, their history and which revisions crossed, to the last column."""
    found = dump(workspace)
    return {name: found[name] for name in (*RECORDS, "history", "person_search", "carried")}


def value(workspace: Workspace, statement: str, **parameters: Any) -> Any:
    """Returns one value asked of the database in plain SQL."""
    with workspace.store.read() as session:
        return session.scalar(text(statement), parameters)


def take_in(workspace: Workspace, path: Path, register: str = "elder_case", **options: Any) -> ImportPlan:
    """Previews and imports a workbook."""
    plan = workspace.importing.plan(register, [path], **options)
    workspace.importing.commit(plan)
    return plan


def person_of(workspace: Workspace, name: str) -> dict[str, Any]:
    """Returns the values of the only person of that name on the list."""
    (case,) = workspace.records.ids(Query("elder_case", search=name))
    return dict(workspace.records.get("elder_case", case)["person"])


def names(workspace: Workspace, ids: Sequence[str]) -> list[str]:
    """Returns the names of cases."""
    return [row["person.name"] for row in workspace.records.rows("elder_case", ids)]


@dataclass
class Desks:
    """A township and the county that has enrolled it, with a stick between them."""

    township: Workspace
    county: Workspace
    stick: Path

    @property
    def site(self) -> str:
        return self.township.unit.site

    def seal(self, month: str = MONTH) -> SealedPackage:
        return self.township.reporting.seal(month, self.stick)

    def receive(self, *paths: Path, preview: bool = False, asked: Sequence[str] = ()) -> list[Received]:
        """Receives; `asked` are the sites whose many deletions are no surprise."""
        return self.county.receiving.receive(paths or [self.stick], preview=preview, deletions_of=asked)

    def report(self, *, asked: Sequence[str] = ()) -> Received:
        """Seals, carries and receives; returns what the county says of the new package."""
        sealed = self.seal()
        return self.receive(sealed.path, asked=asked)[0]

    def answer(self) -> Any:
        """The county writes a receipt, the township takes it in."""
        return self.township.receipts.take([self.county.returning.receipt(self.site, self.stick).path])

    def returns(self) -> dict[str, str]:
        """Returns the open returns of the county: record → code."""
        return {one.id: one.code for one in self.county.returning.returns()}


class Forger:
    """An enrolled laptop whose programme does as it likes: really signed and sealed packages of any records."""

    def __init__(self, desks: Desks, sender: Workspace | None = None) -> None:
        self.desks, self.sender = desks, sender or desks.township
        self.chain, self.sequence, self.previous = new_id(), 0, NO_HASH
        self.schema = FIRST_SCHEMA
        with self.sender.store.read() as session:
            last = session.scalars(select(SentPackage).order_by(SentPackage.sequence.desc())).first()
        if last is not None:
            self.chain, self.sequence, self.previous = last.chain_id, last.sequence, last.hash

    def put(self, table: str, data: Mapping[str, Any], **changes: Any) -> Put:
        """Returns a line of a record with the township's own code."""
        stated: dict[str, Any] = {
            "table": table, "id": new_id(), "revision": 1, "previous": None, "at": clock.stamp(), "by": "王芳",
            "reviewer": "李强",
        }  # fmt: skip
        common = {"township_code": self.sender.unit.code, "created_at": clock.stamp(), "created_by": "王芳"}
        return Put(**{**stated, "data": {**common, **data}, **changes})

    def person(self, serial: int = 1, data: Mapping[str, Any] = {}, **changes: Any) -> Put:
        given = {"name": "周甲英", "id_type": "111", "id_number": id_number(serial), **data}
        return self.put("person", given, **changes)

    def delete(self, table: str, identity: str, revision: int, previous: str) -> Delete:
        return Delete(table, identity, revision, previous, clock.stamp(), "王芳", "李强", "误录")

    def write(self, *records: Put | Delete) -> Path:
        """Seals the records as the site's next package."""
        return self.write_lines(*(record.line for record in records))

    def write_lines(self, *lines: bytes) -> Path:
        """Seals any lines, also such as no package may hold."""
        with self.sender.store.read() as session:
            trust = documents.trust_bundle(session)
        assert trust is not None
        self.sequence += 1
        heading = Heading(
            sender=self.sender.unit.site,
            recipient=trust.county,
            recipient_keys=trust.seal_to,
            kind="incremental",
            package_id=new_id(),
            chain_id=self.chain,
            sequence=self.sequence,
            previous=self.previous,
            created_at=clock.now(),
            trust_version=trust.version,
            schema_version=self.schema,
        )
        path = self.desks.stick / f"{self.sender.unit.site}-{self.sequence:06d}.tpkg"
        signer = SigningKey(self.sender.store.keys.open_signing_seed())
        self.previous = write_sealed(path, heading, lines, signer, (), Progress()).digest
        return path

    def send(self, *records: Put | Delete) -> Received:
        """Seals the records and lets the county receive them, however many they delete."""
        return self.desks.receive(self.write(*records), asked=[self.sender.unit.site])[0]


def indicator(workspace: Workspace, number: str = "I04", month: str = MONTH, village: str = "") -> IndicatorValue:
    """Returns one indicator of the county plan, unless told otherwise the visit rate."""
    return next(one for one in workspace.indicators.values(month, village) if one.id == number)


def state(desks: Desks, identity: str, register: str = "elder_case") -> str:
    """Returns the 上报状态 the township shows."""
    (row,) = desks.township.records.rows(register, [identity])
    return row["report_state"]


def change_quietly(desks: Desks, record: type[Record], identity: str, **values: Any) -> None:
    """Writes values no form would take, as an older programme may have left them."""
    with desks.township.store.work("旧数据") as work:
        found = work.session.get_one(record, identity)
        for key, new in values.items():
            setattr(found, key, new)
