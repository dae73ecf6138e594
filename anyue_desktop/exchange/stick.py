"""Files on a USB stick: written so that only whole ones are seen, read without trusting the stick."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from anyue_desktop.core.files import flush_folder, whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.limits import LIMITS, MIB
from anyue_desktop.exchange.status import Status

FOLDER = "TPKG"
SUFFIX = ".tpkg"
SPARE = MIB  # left free beside the file
MOST_FILES = 1000
_NO_LINKS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Stick:
    """The folder `TPKG` on a stick; nothing else on it is touched, and nothing on it is run."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def files(self) -> list[Path]:
        """Returns the exchange files, sorted by name; links, folders, `.part` files and a flood of files are ignored.

        Raises:
            Refused: `E_USB_READ`.
        """
        return exchange_files(self.folder)

    def put(self, source: Path, progress: Progress | None = None) -> Path:
        """Copies a file onto the stick, reads it back and only then gives it its name.

        Raises:
            Refused: `E_USB_SPACE`, `E_USB_WRITE` or `E_USB_READBACK`; nothing half-written stays behind.
        """
        target = self.folder / source.name
        part = self.folder / f"{source.name}.part"
        try:
            self._room_for(source.stat().st_size)
            digest = self._write(source, part, progress or Progress())
            self._same(part, digest)
            part.replace(target)
            flush_folder(self.folder)
            self._same(target, digest)
        except OSError as error:
            full = error.errno in _FULL
            raise (Status.E_USB_SPACE if full else Status.E_USB_WRITE).refusal(error.strerror or "") from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        return target

    def fetch(self, source: Path, inbox: Path, progress: Progress | None = None) -> Path:
        """Copies a file from the stick into a folder on the own disk; only the copy is ever looked at.

        Raises:
            Refused: `E_SIZE` or `E_USB_READ`.
            UserError: the own disk is full or cannot be written.
        """
        target = inbox / source.name
        with _regular(source) as stream, whole_file(target) as part, part.open("wb") as copy:
            for chunk in (progress or Progress()).each(_from_stick(stream), "从 U 盘拷贝"):
                copy.write(chunk)
                if copy.tell() > LIMITS.file:
                    raise Status.E_SIZE.refusal(source.name)
        return target

    def digest(self, path: Path) -> str:
        """Returns the SHA-256 of what the stick gives back, past the system's memory of what was written."""
        with path.open("rb") as stream:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @classmethod
    def compare(cls, source: Path, copy: Path) -> None:
        """Compares what a stick gives back now with the file it was written from.

        Raises:
            Refused: `E_USB_READ` or `E_USB_READBACK`.
        """
        stick = cls(copy.parent.parent)
        with _regular(copy):
            pass
        try:
            same = stick.digest(copy) == stick.digest(source)
        except OSError as error:
            raise Status.E_USB_READ.refusal(error.strerror or "") from error
        if not same:
            raise Status.E_USB_READBACK.refusal(copy.name)

    def _room_for(self, size: int) -> None:
        if self.folder.is_symlink():
            raise Status.E_USB_WRITE.refusal(f"“{FOLDER}”不是文件夹")
        self.folder.parent.mkdir(exist_ok=True)  # a plain folder may be new; the one above it must be there
        self.folder.mkdir(exist_ok=True)
        free = shutil.disk_usage(self.folder).free
        if free < size + SPARE:
            raise Status.E_USB_SPACE.refusal(f"需要 {size // MIB + 2} MB，剩余 {free // MIB} MB")

    def _write(self, source: Path, part: Path, progress: Progress) -> str:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINKS, 0o644)
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as target, source.open("rb") as stream:
            for chunk in progress.each(_chunks(stream), "写入 U 盘"):
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        return digest.hexdigest()

    def _same(self, path: Path, digest: str) -> None:
        if self.digest(path) != digest:
            path.unlink(missing_ok=True)
            raise Status.E_USB_READBACK.refusal(path.name)


def exchange_files(folder: Path) -> list[Path]:
    """Returns the exchange files of a folder, sorted by name, as `Stick.files` does.

    Raises:
        Refused: `E_USB_READ`.
    """
    found: list[Path] = []
    try:
        if folder.is_symlink() or not folder.is_dir():
            return []
        with os.scandir(folder) as entries:
            for _, entry in zip(range(MOST_FILES), entries, strict=False):
                if entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                    found.append(Path(entry.path))
    except OSError as error:
        raise Status.E_USB_READ.refusal(error.strerror or "") from error
    return sorted(found)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(MIB):
        yield chunk


def _from_stick(stream: BinaryIO) -> Iterator[bytes]:
    try:
        yield from _chunks(stream)
    except OSError as error:
        raise Status.E_USB_READ.refusal(error.strerror or "") from error


@contextlib.contextmanager
def _regular(path: Path) -> Iterator[BinaryIO]:
    """Opens a regular file, never a link, a device or a pipe; a stick that fails while read says so."""
    try:
        handle = os.open(path, os.O_RDONLY | _NO_LINKS | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Status.E_USB_READ.refusal(path.name)
            yield stream
    except OSError as error:
        raise Status.E_USB_READ.refusal(error.strerror or "") from error
