"""照片: photographs of a record, kept in the encrypted database alone and carried only where somebody asks for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock, pictures
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import not_writable
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import PhotoRef, Photos
from anyue_desktop.db.exchange_tables import PhotoContent, SentPackage
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.outgoing import AttachmentSource
from anyue_desktop.exchange.records import AttachmentRef
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.marking import chunks
from anyue_desktop.services.reasons import tidy_reason

ADDED, SAVED = "添加照片", "导出照片"  # acts in the log
LONGEST_NAME = 60
HASHES_AT_ONCE = 500
SMALL_SIDE, LARGE_SIDE = 96, 900  # pixels, as shown


@dataclass(frozen=True)
class Photo:
    """One photograph of a record."""

    sha256: str
    size: int  # bytes
    name: str
    here: bool  # whether its content is on this computer: a county may know of it only


def photo_key(register: Register) -> str:
    """Returns the field that holds a register's photographs; empty where it takes none."""
    return next((one.key for one in register.fields if isinstance(one.type, Photos)), "")


def references(register: str, values: object) -> tuple[AttachmentRef, ...]:
    """Returns the photographs a field's value names, as a package names them."""
    texts = values if isinstance(values, tuple) else ()
    refs = (PhotoRef.of(one) for one in texts)
    return tuple(AttachmentRef(one.sha256, one.size, pictures.MIME, one.name) for one in refs)


class Album:
    """Keeps contents and gives them back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, content: bytes, name: str) -> str:
        """Draws a photograph anew, keeps it and returns the text that names it in a record.

        Raises:
            UserError: it is no photograph that can be kept.
        """
        drawn = pictures.drawn_anew(content, name)
        ref = PhotoRef(pictures.digest_of(drawn.content), len(drawn.content), _tidy(name))
        with self._store.work(ADDED) as work:
            store_content(work.session, ref.sha256, drawn.content)
        return str(ref)

    def listed(self, register: str, values: object) -> list[Photo]:
        """Returns the photographs a record's field names."""
        refs = references(register, values)
        with self._store.read() as session:
            here = held(session, (one.sha256 for one in refs))
        return [Photo(one.sha256, one.bytes, one.name, one.sha256 in here) for one in refs]

    def content(self, sha256: str) -> bytes:
        """Returns the JPEG file of a photograph.

        Raises:
            UserError: it is not on this computer.
        """
        with self._store.read() as session:
            found = session.scalar(_content_of(sha256))
        if found is None:
            raise UserError("这张照片不在本机", "照片没有随上报包带来，请向乡镇索取")
        return found

    def shown(self, sha256: str, side: int = SMALL_SIDE) -> bytes:
        """Returns a small JPEG file to look at, whatever a package may have brought under this name."""
        return pictures.drawn_small(self.content(sha256), side)

    def save(self, photos: Sequence[Photo], folder: Path, reason: str) -> list[Path]:
        """Writes photographs into a folder; the reason stands in the log.

        Raises:
            UserError: no reason, or the folder cannot be written.
        """
        told = tidy_reason(reason)
        if not told:
            raise UserError("导出照片要写明原因", "请写明给谁、做什么用")
        written = [_unused(folder / f"{number:02d}-{_plain(one.name)}.jpg") for number, one in enumerate(photos, 1)]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path, one in zip(written, photos, strict=True):
                path.write_bytes(self.content(one.sha256))
        except OSError as error:
            raise not_writable(folder, error) from error
        self._store.note(SAVED, {"photos": [one.sha256[:16] for one in photos], "reason": told})
        return written


class Carrying:
    """The photographs of one package: those its records name, with the contents the county does not have yet."""

    def __init__(self, session: Session, sequence: int, *, wanted: bool) -> None:
        self._session, self._sequence, self._wanted = session, sequence, wanted
        self.sources: list[AttachmentSource] = []  # grows while the records are given
        self._in_package: set[str] = set()

    def of(self, register: str, values: object) -> tuple[AttachmentRef, ...]:
        """Returns what a record's line names: what the county has, and what this package brings."""
        return tuple(one for one in references(register, values) if self._travels(one))

    def _travels(self, ref: AttachmentRef) -> bool:
        if ref.sha256 in self._in_package:
            return True
        kept = self._session.get(PhotoContent, ref.sha256)
        if kept is None or is_acknowledged(self._session, kept):
            return kept is not None
        if self._wanted:
            self._in_package.add(ref.sha256)
            kept.sent = self._sequence
            self.sources.append(AttachmentSource(ref.sha256, ref.bytes, _reader(self._session, ref.sha256)))
        return self._wanted


def is_acknowledged(session: Session, kept: PhotoContent) -> bool:
    """Whether the county took in the package that carried a photograph."""
    accepted = select(SentPackage.sequence).where(SentPackage.sequence == kept.sent, SentPackage.state == "accepted")
    return bool(kept.sent) and session.scalar(accepted) is not None


def send_again(session: Session, register: str, values: object) -> None:
    """Notes that the county lacks what it should have of a record's photographs."""
    for one in references(register, values):
        if (kept := session.get(PhotoContent, one.sha256)) is not None:
            kept.sent = 0


def store_content(session: Session, sha256: str, content: bytes) -> None:
    """Keeps a content once."""
    if session.get(PhotoContent, sha256) is None:
        session.add(PhotoContent(sha256=sha256, content=content, added_at=clock.stamp()))
        session.flush()


def held(session: Session, hashes: Iterable[str]) -> set[str]:
    """Returns which of these contents are here."""
    found: set[str] = set()
    for some in chunks(hashes, HASHES_AT_ONCE):
        found.update(session.scalars(select(PhotoContent.sha256).where(PhotoContent.sha256.in_(some))))
    return found


def _reader(session: Session, sha256: str) -> Callable[[], bytes]:
    return lambda: session.scalars(_content_of(sha256)).one()


def _content_of(sha256: str) -> Select[bytes]:
    return select(PhotoContent.content).where(PhotoContent.sha256 == sha256)


def _tidy(name: str) -> str:
    composed = unicodedata.normalize("NFC", Path(name.replace("\\", "/")).name)  # no package carries another form
    plain = "".join(one for one in composed if one.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "照片.jpg"


def _plain(name: str) -> str:
    """Returns the name without its ending, as every disk takes it: it may have come in a package."""
    stem = name.rpartition(".")[0] or name
    return "".join(one if one.isalnum() or one in " -_" else "_" for one in stem)[:LONGEST_NAME]


def _unused(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number, free = number + 1, path.with_stem(f"{path.stem}({number + 1})")
    return free


PHOTO_KEYS = {name: key for name, one in REGISTERS.items() if (key := photo_key(one))}
