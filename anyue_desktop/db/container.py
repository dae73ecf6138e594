"""The backup file: a ZIP of stored members, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from anyue_desktop.db.status import Status, unusable

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20


def write_members(target: Path, members: Mapping[str, bytes | Path]) -> None:
    """Writes the members in the order given."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.create_system, info.external_attr = 3, 0o600 << 16
            if isinstance(content, bytes):
                archive.writestr(info, content)
            else:
                info.file_size = content.stat().st_size
                with content.open("rb") as source, archive.open(info, "w") as out:
                    shutil.copyfileobj(source, out, CHUNK)


def read_member(source: Path, name: str, limit: int) -> bytes:
    """Returns a small member; raises `Unusable` E_BACKUP_BAD."""
    with _opened(source) as archive:
        info = _info(archive, name)
        if info.file_size > limit:
            raise unusable(Status.BACKUP_BAD, f"{name} 过大")
        return _checked(archive, name)


def extract_member(source: Path, name: str, target: Path) -> str:
    """Copies a member to a file and returns its SHA-256; raises `Unusable` E_BACKUP_BAD."""
    digest = hashlib.sha256()
    with _opened(source) as archive, target.open("wb") as out:
        _info(archive, name)
        try:
            with archive.open(name) as member:
                while chunk := member.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
        except (zipfile.BadZipFile, EOFError) as error:
            raise unusable(Status.BACKUP_BAD, name) from error
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Returns the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as error:
        raise unusable(Status.BACKUP_BAD, source.name) from error


def _info(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    if [info.filename for info in archive.infolist()].count(name) != 1:
        raise unusable(Status.BACKUP_BAD, f"缺少 {name}")
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED:
        raise unusable(Status.BACKUP_BAD, name)
    return info


def _checked(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, EOFError) as error:
        raise unusable(Status.BACKUP_BAD, name) from error
