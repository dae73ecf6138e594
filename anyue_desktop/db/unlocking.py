"""A forgotten passphrase: what the laptop asks the county, and what the county answers (security.md §2).

The request carries the database key as the key file holds it, sealed to the county's recovery key. The answer carries
it opened, sealed under a code that is read out over the telephone and never lies beside it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import write_bytes
from anyue_desktop.db import chain
from anyue_desktop.db.canonical import canonical
from anyue_desktop.db.engine import open_engine, told
from anyue_desktop.db.keyslots import KeySlotFile
from anyue_desktop.db.lock import WorkspaceLock
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.vault import Keys, Vault
from anyue_desktop.db.workspace import Workspace

REQUEST, RESPONSE = "anyue-unlock-request", "anyue-unlock-response"
VERSION = 1
LIMIT_BYTES = 1 << 16
CODE_GROUPS, GROUP = 5, 5
VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class UnlockRequest:
    """Who forgot the passphrase of which workspace, and the sealed key."""

    db_id: str
    site: str
    login: str
    nonce: str
    sealed: bytes = field(repr=False)

    def encode(self) -> bytes:
        """Returns the bytes of the file; the digits read out over the telephone are made of them."""
        facts = {"db_id": self.db_id, "login": self.login, "nonce": self.nonce, "site": self.site}
        return canonical({"dek": _text(self.sealed), "format": REQUEST, "version": VERSION, **facts}).encode()

    @classmethod
    def read(cls, path: Path) -> UnlockRequest:
        """Reads a request file; raises `UserError` for any other file."""
        try:
            with path.open("rb") as stream:
                found = json.loads(stream.read(LIMIT_BYTES))
            _check(found, REQUEST)
            facts = {key: str(found[key]) for key in ("db_id", "site", "login", "nonce")}
            return cls(**facts, sealed=base64.b64decode(found["dek"], validate=True))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise UserError(f"“{path.name}”不是忘记密码的申请", "请选择乡镇写出的 unlock-request 文件") from error


def make_request(folder: Path, login: str, site: str) -> UnlockRequest:
    """Makes the request of an operator who forgot the passphrase; asking again repeats it while it is open.

    Raises:
        Unusable: E_KEYSLOTS_…, E_OPERATOR_UNKNOWN.
        UserError: the county cannot open this workspace.
    """
    content = KeySlotFile(folder).read()
    content.slot(login)
    if content.recovery is None:
        raise UserError(
            "本机还没有接收过县局的信任表，县局打不开这个台账",
            "请另一位管理员登录后重设密码；没有别人时只能恢复备份，用备份时的密码",
        )
    kept = _pending(folder)
    nonce = kept.nonce if kept and (kept.login, kept.sealed) == (login, content.dek) else secrets.token_hex(16)
    request = UnlockRequest(content.db_id, site, login, nonce, content.dek)
    write_bytes(Workspace(folder).unlock_request, request.encode())
    return request


def answer_request(request: UnlockRequest, recovery: str, now: datetime) -> tuple[bytes, str]:
    """Returns the county's sealed answer, and the code that opens it.

    Raises:
        UserError: the recovery key does not open the request.
    """
    try:
        dek = pyrage.decrypt(request.sealed, [pyrage.x25519.Identity.from_str(recovery)])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise UserError("恢复密钥打不开这份申请", "请核对是不是本县封存的恢复密钥文件") from error
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_GROUPS * GROUP))
    facts = {"db_id": request.db_id, "nonce": request.nonce, "until": clock.stamp(now + VALID_FOR)}
    content = canonical({"dek": _text(dek), "format": RESPONSE, "version": VERSION, **facts}).encode()
    return pyrage.passphrase.encrypt(content, code), spaced(code)


def recover(folder: Path, response: Path, code: str, login: str, words: str) -> tuple[Keys, bool]:
    """Gives the operator who asked a new passphrase; also tells whether a new signing key had to be made.

    Raises:
        Unusable: E_UNLOCK_CODE, E_UNLOCK_FOREIGN, E_UNLOCK_EXPIRED, E_WORKSPACE_BUSY, E_KEYSLOTS_TAMPERED.
        UserError: the new passphrase is too weak; nothing has changed.
    """
    workspace, pending = Workspace(folder), _pending(folder)
    answer = _opened(response, code)
    if (
        pending is None
        or (answer["db_id"], answer["nonce"]) != (pending.db_id, pending.nonce)
        or login != pending.login
    ):
        raise unusable(Status.UNLOCK_FOREIGN, response.name)
    dek = base64.b64decode(answer["dek"])
    with _locked(workspace):
        if _present(workspace, dek) > datetime.fromisoformat(answer["until"]):
            raise unusable(Status.UNLOCK_EXPIRED, answer["until"][:10])
        keys, renewed = Vault(folder).recover(dek, login, words)
        workspace.unlock_request.unlink()
    return keys, renewed


def open_offline(folder: Path, recovery: str) -> bytes:
    """Returns the database key of a workspace, opened with the recovery key from the safe.

    Raises:
        Unusable: E_KEYSLOTS_…
        UserError: it is another key.
    """
    content = KeySlotFile(folder).read()
    try:
        dek: bytes = pyrage.decrypt(content.dek, [pyrage.x25519.Identity.from_str(recovery)])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as error:
        raise UserError("恢复密钥打不开这个台账", "请核对是不是本县封存的恢复密钥文件") from error
    return dek


def recover_here(folder: Path, dek: bytes, login: str, words: str, seed: bytes | None = None) -> Keys:
    """Gives an operator a new passphrase with a database key opened offline, and the signing seed if it was brought.

    Raises:
        Unusable: E_WORKSPACE_BUSY, E_KEYSLOTS_TAMPERED, E_OPERATOR_UNKNOWN.
        UserError: the new passphrase is too weak; nothing has changed.
    """
    with _locked(Workspace(folder)):
        return Vault(folder).recover(dek, login, words, seed)[0]


@contextlib.contextmanager
def peek(folder: Path, dek: bytes) -> Iterator[Session]:
    """Gives a session for looking into a workspace whose key was opened offline."""
    workspace = Workspace(folder)
    engine = open_engine(workspace.database, dek)
    try:
        with told(workspace.database.name), Session(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextlib.contextmanager
def _locked(workspace: Workspace) -> Iterator[None]:
    lock = WorkspaceLock(workspace.lock)
    lock.take()
    try:
        yield
    finally:
        lock.release()


def spaced(code: str) -> str:
    """Returns a code in groups as it is read out."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _opened(response: Path, code: str) -> Mapping[str, Any]:
    digits = "".join(sign for sign in code if sign.isdigit())
    try:
        with response.open("rb") as stream:
            found: Mapping[str, Any] = json.loads(pyrage.passphrase.decrypt(stream.read(LIMIT_BYTES), digits))
        _check(found, RESPONSE)
    except (pyrage.DecryptError, OSError, ValueError, KeyError) as error:
        raise unusable(Status.UNLOCK_CODE, response.name) from error
    return found


def _present(workspace: Workspace, dek: bytes) -> datetime:
    """Returns the later of the clock and the newest log entry, so that a clock set back gains no time."""
    with peek(workspace.folder, dek) as session:
        newest = chain.newest_time(session)
    return max(clock.now(), datetime.fromisoformat(newest)) if newest else clock.now()


def _pending(folder: Path) -> UnlockRequest | None:
    path = Workspace(folder).unlock_request
    try:
        return UnlockRequest.read(path) if path.exists() else None
    except UserError:
        return None


def _check(found: Mapping[str, Any], kind: str) -> None:
    if (found["format"], found["version"]) != (kind, VERSION):
        raise ValueError(found["format"])


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
