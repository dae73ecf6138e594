"""The photographs a package brings: named by its records first, their contents after all lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.types import PhotoRef
from anyue_desktop.exchange.records import Attachment, Put, Record
from anyue_desktop.exchange.status import Status
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.objections import Objection
from anyue_desktop.services.photos import PHOTO_KEYS, held, store_content


class ArrivingPhotos:
    """What one package says of photographs, and which it leaves out."""

    def __init__(self, session: Session, context: Context) -> None:
        self._session, self._context = session, context
        self._named: dict[str, Put] = {}  # records with photographs, by id

    def keep_from(self, records: Iterable[Record | Attachment]) -> Iterator[Record]:
        """Passes the records on and keeps the contents among them."""
        for one in records:
            if isinstance(one, Attachment):
                store_content(self._session, one.sha256, one.content)
            else:
                yield one

    def of(self, record: Put) -> dict[str, Any]:
        """Returns the field that holds a record's photographs, where its register takes any.

        Raises:
            Objection: R_SCHEMA.
        """
        key, refs = PHOTO_KEYS.get(record.table, ""), record.attachments
        if not key:
            if refs:
                raise Objection(Status.R_SCHEMA, f"“{REGISTERS[record.table].title}”不带照片")
            return {}
        photos = tuple(str(PhotoRef(one.sha256, one.bytes, one.name)) for one in refs) or None
        if photos is not None:
            if sentence := REGISTERS[record.table].field(key).type.check(photos, self._context):
                raise Objection(Status.R_SCHEMA, sentence, key)
            self._named[record.id] = record
        return {key: photos}

    def lacking(self) -> list[Put]:
        """Returns the records that name a photograph which neither came nor was here."""
        here = held(self._session, {ref.sha256 for one in self._named.values() for ref in one.attachments})
        return [one for one in self._named.values() if any(ref.sha256 not in here for ref in one.attachments)]
