"""One file that holds the whole workspace, and is called a backup only after it was read back (security.md §6)."""

from __future__ import annotations

import hashlib
import hmac
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import chain, verify
from anyue_desktop.db.canonical import canonical
from anyue_desktop.db.container import extract_member, file_digest, read_member, write_members
from anyue_desktop.db.engine import open_engine, told
from anyue_desktop.db.keyslots import KeySlotFile
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.vault import Keys
from anyue_desktop.db.workspace import Workspace

MANIFEST, MAC, DATABASE, KEYSLOTS = "manifest.json", "manifest.json.mac", "main.db", "keyslots.json"
MAC_PURPOSE = b"tpkg backup v1"
SMALL = 1 << 20


def write_backup(
    engine: Engine, keys: Keys, workspace: Workspace, target: Path, progress: Progress | None = None
) -> Mapping[str, Any]:
    """Writes a backup to `target`, reads it back, and returns its manifest.

    Raises:
        Unusable: E_BACKUP_BAD; no file is left under the target's name.
        UserError: the place cannot be written.
    """
    progress = progress or Progress()
    with whole_file(target) as part:
        with tempfile.TemporaryDirectory(dir=workspace.backup, prefix=".backup-") as folder:
            copy = Path(folder) / DATABASE
            progress.stage("复制台账")
            _copy_database(engine, copy)
            slots = KeySlotFile(workspace.folder).read().encode()
            manifest = _manifest(copy, slots, keys)
            content = canonical(manifest).encode()
            members: dict[str, bytes | Path] = {
                MANIFEST: content,
                MAC: _mac(content, keys.dek).encode(),
                DATABASE: copy,
                KEYSLOTS: slots,
            }
            write_members(part, members)
        with tempfile.TemporaryDirectory(dir=workspace.backup, prefix=".verify-") as folder:
            unpack(part, keys.dek, Path(folder), progress)
    return manifest


def verify_backup(source: Path, dek: bytes, progress: Progress | None = None) -> Mapping[str, Any]:
    """Reads a backup whole, from the file as written, and returns its manifest; raises `Unusable` E_BACKUP_BAD."""
    with tempfile.TemporaryDirectory(prefix="anyue-") as folder:  # still encrypted there
        return unpack(source, dek, Path(folder), progress)


def unpack(source: Path, dek: bytes, folder: Path, progress: Progress | None = None) -> Mapping[str, Any]:
    """Unpacks a backup's database as `main.db` in `folder`, checks it, and returns the manifest."""
    progress = progress or Progress()
    progress.stage("核对备份")
    manifest = read_manifest(source, dek)
    slots = read_member(source, KEYSLOTS, SMALL)
    copy = folder / DATABASE
    digests = {DATABASE: extract_member(source, DATABASE, copy), KEYSLOTS: hashlib.sha256(slots).hexdigest()}
    if digests != manifest["sha256"]:
        raise unusable(Status.BACKUP_BAD, "内容与清单不符")
    _check_copy(copy, dek, manifest, progress)
    return manifest


def read_manifest(source: Path, dek: bytes) -> Mapping[str, Any]:
    """Returns what a backup says of itself, if it was written under this key; raises `Unusable` E_BACKUP_BAD."""
    content = read_member(source, MANIFEST, SMALL)
    mac = read_member(source, MAC, SMALL)
    if not hmac.compare_digest(mac, _mac(content, dek).encode()):
        raise unusable(Status.BACKUP_BAD, "清单的校验不符")
    manifest: Mapping[str, Any] = json.loads(content)
    return manifest


def _copy_database(engine: Engine, copy: Path) -> None:
    """`VACUUM INTO` gives a compact copy under the same key, without old free pages."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA query_only=OFF")
        with told(str(copy.parent)):
            cursor.execute("VACUUM INTO ?", (str(copy),))
    finally:
        raw.close()


def _manifest(copy: Path, slots: bytes, keys: Keys) -> dict[str, Any]:
    engine = open_engine(copy, keys.dek)
    try:
        content = _content(engine)
    finally:
        engine.dispose()  # closing the last connection moves the write-ahead log into the file
    digests = {DATABASE: file_digest(copy), KEYSLOTS: hashlib.sha256(slots).hexdigest()}
    named = {"type": "backup", "version": 1, "db_id": keys.db_id, "gen": keys.generation, "unit": dict(keys.unit)}
    return {**named, "created_at": clock.stamp(), "sha256": digests, **content}


def _content(engine: Engine) -> dict[str, Any]:
    with told(), engine.connect() as connection, Session(connection) as session:
        end = chain.head(session)
        return {"audit": {"head": end.hash, "len": end.length}, "counts": verify.row_counts(connection)}


def _check_copy(copy: Path, dek: bytes, manifest: Mapping[str, Any], progress: Progress) -> None:
    engine = open_engine(copy, dek)
    try:
        findings = verify.examine(engine, progress)
        if findings:
            raise unusable(Status.BACKUP_BAD, findings[0].place)
        found = _content(engine)
    finally:
        engine.dispose()
    if any(found[key] != manifest[key] for key in found):
        raise unusable(Status.BACKUP_BAD, "记录数或操作日志与清单不符")


def _mac(content: bytes, dek: bytes) -> str:
    key = HKDF(SHA256(), 32, salt=None, info=MAC_PURPOSE).derive(dek)
    return hmac.new(key, content, hashlib.sha256).hexdigest()
