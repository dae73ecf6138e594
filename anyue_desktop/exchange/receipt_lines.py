"""The lines of a receipt: what was taken in, what is returned, what is asked for, what is given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyue_desktop.exchange import canonical, shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.records import TABLE, is_moment
from anyue_desktop.exchange.status import Status

OUTCOMES = ("accepted", "rejected", "held")
REQUESTS = ("resend", "full", "update_app", "update_trust")


@dataclass(frozen=True)
class Acknowledgement:
    """What became of one package; the last one of a receipt is the head of what the county holds."""

    chain_id: str
    sequence: int
    digest: str  # package hash
    status: str  # accepted, rejected or held
    accepted: int
    returned: int
    at: str  # YYYY-MM-DDThh:mm:ss+08:00
    code: str | None = None  # why it was rejected or held

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {
            "accepted": self.accepted,
            "at": self.at,
            "chain": {"id": self.chain_id, "seq": self.sequence},
            "code": self.code,
            "hash": self.digest,
            "returned": self.returned,
            "status": self.status,
            "t": "ack",
        }


@dataclass(frozen=True)
class Return:
    """A record the township must look at again; repeated in every receipt while it is open."""

    id: str
    code: str  # R_…
    message: str
    revision: int
    hash: str  # revision hash of what was returned
    field: str = ""
    open: bool = True

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {
            "code": self.code,
            "field": self.field,
            "id": self.id,
            "msg": self.message,
            "open": self.open,
            "rev": self.revision,
            "rh": self.hash,
            "t": "return",
        }


@dataclass(frozen=True)
class Request:
    """Something the county asks for: send again from a sequence, send everything, or bring up to date."""

    what: str  # resend, full, update_app or update_trust
    from_sequence: int | None = None

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {"from_seq": self.from_sequence, "t": "request", "what": self.what}


@dataclass(frozen=True)
class Transfer:
    """A record that now belongs to another site."""

    id: str
    to_site: str

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {"id": self.id, "t": "transfer", "to_site": self.to_site}


@dataclass(frozen=True)
class GivenBack:
    """A record as the county holds it, which the laptop has lost or holds otherwise since a backup was put back."""

    table: str
    id: str
    revision: int
    hash: str  # revision hash the next revision must name
    at: str
    by: str
    data: Mapping[str, Any]
    deleted: bool = False

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {
            "at": self.at,
            "by": self.by,
            "data": dict(self.data),
            "deleted": self.deleted,
            "id": self.id,
            "rev": self.revision,
            "rh": self.hash,
            "t": "record",
            "table": self.table,
        }


ReceiptLine = Acknowledgement | Return | Request | Transfer | GivenBack

_CODE = shape.one_of(*Status.__members__)
_SHAPES: dict[str, dict[str, shape.Check]] = {
    "ack": {
        "accepted": shape.integer(0),
        "at": is_moment,
        "chain": shape.shaped({"id": shape.is_uuid7, "seq": shape.integer(1)}),
        "code": shape.nothing_or(_CODE),
        "hash": shape.is_hash,
        "returned": shape.integer(0),
        "status": shape.one_of(*OUTCOMES),
        "t": shape.one_of("ack"),
    },
    "return": {
        "code": _CODE,
        "field": shape.text(0, 100),
        "id": shape.is_uuid7,
        "msg": shape.text(1, 2000),
        "open": shape.one_of(True, False),
        "rev": shape.integer(1),
        "rh": shape.is_hash,
        "t": shape.one_of("return"),
    },
    "request": {
        "from_seq": shape.nothing_or(shape.integer(1)),
        "t": shape.one_of("request"),
        "what": shape.one_of(*REQUESTS),
    },
    "record": {
        "at": is_moment,
        "by": shape.text(1, 100),
        "data": shape.is_object,
        "deleted": shape.one_of(True, False),
        "id": shape.is_uuid7,
        "rev": shape.integer(1),
        "rh": shape.is_hash,
        "t": shape.one_of("record"),
        "table": shape.matches(TABLE),
    },
    "transfer": {"id": shape.is_uuid7, "t": shape.one_of("transfer"), "to_site": shape.is_site},
}


def encode_line(line: ReceiptLine) -> bytes:
    """Returns the canonical line, without its LF."""
    found = line.wire()
    shape.demand(found, _SHAPES[found["t"]], Status.E_REC_SCHEMA)
    return canonical.encode(found)


def read_line(line: bytes) -> ReceiptLine:
    """Returns what one line (without its LF) says.

    Raises:
        Refused: `E_UTF8`, `E_JSON…` or `E_REC_SCHEMA`.
    """
    found = canonical.decode(line)
    kind: Any = found.get("t")
    if type(kind) is not str or kind not in _SHAPES:
        raise Status.E_REC_SCHEMA.refusal("项目“t”的值不合规定")
    shape.demand(found, _SHAPES[kind], Status.E_REC_SCHEMA)
    return _READERS[kind](found)


def _acknowledgement(found: Object) -> Acknowledgement:
    return Acknowledgement(
        found["chain"]["id"],
        found["chain"]["seq"],
        found["hash"],
        found["status"],
        found["accepted"],
        found["returned"],
        found["at"],
        found["code"],
    )


def _return(found: Object) -> Return:
    return Return(found["id"], found["code"], found["msg"], found["rev"], found["rh"], found["field"], found["open"])


def _request(found: Object) -> Request:
    return Request(found["what"], found["from_seq"])


def _transfer(found: Object) -> Transfer:
    return Transfer(found["id"], found["to_site"])


def _given_back(found: Object) -> GivenBack:
    return GivenBack(
        found["table"],
        found["id"],
        found["rev"],
        found["rh"],
        found["at"],
        found["by"],
        found["data"],
        found["deleted"],
    )


_READERS: dict[str, Callable[[Object], ReceiptLine]] = {
    "ack": _acknowledgement,
    "return": _return,
    "request": _request,
    "record": _given_back,
    "transfer": _transfer,
}
