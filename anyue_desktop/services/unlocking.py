"""忘记密码: the laptop asks, the county answers by stick and telephone, and the operator sets a new passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anyue_desktop.core import clock, files
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.db import settings, unlocking
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.db.tries import Tries
from anyue_desktop.db.unlocking import UnlockRequest
from anyue_desktop.db.vault import Vault
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.digits import same_digits, spoken
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.services import documents
from anyue_desktop.services.unit import Unit

DOMAIN = "anyue-unlock-v1"


@dataclass(frozen=True)
class UnlockAsked:
    """A request on the stick; the fingerprint is read out over the telephone."""

    path: Path
    site: str
    unit_name: str
    login: str
    fingerprint: str


@dataclass(frozen=True)
class UnlockAnswered:
    """The county's answer on the stick, and the code to read out."""

    path: Path
    site: str
    unit_name: str
    login: str
    code: str


@dataclass(frozen=True)
class Recovered:
    """An operator has a passphrase again."""

    login: str
    may_review: bool
    must_enrol: bool  # the last reviewer's signing key is lost: the laptop must be enrolled anew


def seconds_to_wait(folder: Path) -> int:
    """Returns how long nobody may try a passphrase, after too many wrong ones."""
    return Tries(folder).left()


def ask_county(folder: Path, login: str, out: Path) -> UnlockAsked:
    """Writes the request of an operator who forgot the passphrase.

    Raises:
        Unusable: the key file cannot be read, or knows no such operator.
        UserError: the county cannot open this workspace, or the place cannot be written.
    """
    unit = Unit.of(Vault(folder).unit())
    request = unlocking.make_request(folder, login, unit.site)
    path = out / f"unlock-request-{request.site}.json"
    files.write_bytes(path, request.encode())
    return _asked(path, request)


def recover(folder: Path, response: Path, code: str, login: str, words: str) -> Recovered:
    """Opens the county's answer, sets a new passphrase, and encrypts the workspace under a new key.

    Raises:
        Unusable: E_UNLOCK_CODE, E_UNLOCK_FOREIGN, E_UNLOCK_EXPIRED, E_WORKSPACE_BUSY and others.
        UserError: the new passphrase is too weak; nothing has changed.
    """
    keys, renewed = unlocking.recover(folder, response, code, login, words)
    with Store.open(folder, keys) as store:
        if renewed:
            note_new_key(store)
        Operators(store).recovered()
        roles = store.keys.operator
    return Recovered(login, roles.has(Role.REVIEWER), renewed)


def recover_county(folder: Path, recovery_file: Path, login: str, words: str, root_file: Path | None = None) -> str:
    """Lets an operator of a locked-out county in again, with the keys from the safe; returns the login.

    The root key from the safe (`root_file`) is needed where nobody else could sign: it stays the county's root.

    Raises:
        Unusable: E_WORKSPACE_BUSY, E_OPERATOR_UNKNOWN and others.
        UserError: no county's workspace, other keys, no root key where it is needed, or a weak passphrase; nothing
            has changed.
    """
    vault = Vault(folder)
    if not Unit.of(vault.unit()).is_county:
        raise UserError("这是乡镇的台账，封存的恢复密钥不在乡镇", "请经县局找回：写出申请，由县局答复")
    dek = unlocking.open_offline(folder, _recovery_key(recovery_file))
    with unlocking.peek(folder, dek) as session:
        bundle = documents.trust_bundle(session)
    root = _root_key(root_file) if root_file else None
    if root is not None and (bundle is None or root.public != bundle.root):
        raise UserError("这不是本县现在的根密钥", "请选择封存 U 盘上最新的“根密钥.openssh”")
    if root is None and vault.is_last_reviewer(login):
        raise UserError(f"“{login}”是唯一的审核人，还需要封存的根密钥", "请把封存 U 盘上的“根密钥.openssh”也选上")
    keys = unlocking.recover_here(folder, dek, login, words, root.to_bytes() if root else None)
    with Store.open(folder, keys) as store:
        Operators(store).recovered()
    return login


def note_new_key(store: Store) -> None:
    """Notes which signing key is now this laptop's; the county must enrol it before anything is believed."""
    own = SigningKey(store.keys.open_signing_seed()).public.fingerprint
    with store.work("更换签名密钥") as work:
        settings.write_setting(work.session, documents.OWN_KEY, own)
        documents.drop(work.session, documents.REQUEST)


class CountyUnlocking:
    """The county's half: the offline recovery key opens what a township forgot."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def preview(self, request_file: Path) -> UnlockAsked:
        """Returns what a request says of itself; who asks, the telephone must tell."""
        return _asked(request_file, UnlockRequest.read(request_file))

    def answer(self, request_file: Path, recovery_file: Path, out: Path, digits: str) -> UnlockAnswered:
        """Opens the key with the recovery key from the safe and seals it under a code for the telephone.

        Raises:
            Refused: the digits heard are not those of the file.
            UserError: no reviewer, a laptop the county does not know, or the wrong recovery key.
        """
        if not self._store.keys.operator.has(Role.REVIEWER):
            raise UserError("只有审核人可以答复忘记密码的申请", "请由具有审核权限的操作员登录，并由第二人在场")
        request = UnlockRequest.read(request_file)
        asked = _asked(request_file, request)
        if not same_digits(asked.fingerprint, digits):
            raise Status.E_UNLOCK_DIGITS.refusal(f"设备 {request.site}")
        self._require_known(request.site)
        content, code = unlocking.answer_request(request, _recovery_key(recovery_file), clock.now())
        path = out / f"unlock-response-{request.site}.age"
        with self._store.work("答复忘记密码", request.site) as work:
            work.facts.update(db_id=request.db_id, nonce=request.nonce)
            files.write_bytes(path, content)
        return UnlockAnswered(path, request.site, asked.unit_name, request.login, code)

    def _require_known(self, site: str) -> None:
        with self._store.read() as session:
            bundle = documents.trust_bundle(session)
        if bundle is None or not any(row.revoked_at is None for row in bundle.rows_of(site)):
            raise UserError(f"设备 {site} 不在有效的信任表里", "没有登记或已经注销的设备不要答复；请先核实电脑在谁手里")


def _asked(path: Path, request: UnlockRequest) -> UnlockAsked:
    name = divisions().name(f"{request.site[1:10]}000") if request.site.startswith("t") else request.site
    return UnlockAsked(path, request.site, name, request.login, spoken(DOMAIN, request.encode()))


def _recovery_key(path: Path) -> str:
    try:
        return BoxKey(path.read_bytes()).to_bytes().decode()
    except (OSError, ValueError) as error:
        raise UserError(f"“{path.name}”不是恢复密钥文件", "请选择封存 U 盘上的“恢复密钥.agekey”") from error


def _root_key(path: Path) -> SigningKey:
    try:
        return SigningKey.from_openssh(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UserError(f"“{path.name}”不是根密钥文件", "请选择封存 U 盘上的“根密钥.openssh”") from error
