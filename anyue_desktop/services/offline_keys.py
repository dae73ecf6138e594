"""The county's keys: what is made with its workspace, and what it puts on sealed sticks (离线保管)."""

from __future__ import annotations

from pathlib import Path

from anyue_desktop.core import clock, files
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.trust import SignerKey, TrustBundle
from anyue_desktop.exchange.trust_file import write_trust
from anyue_desktop.services import documents
from anyue_desktop.services.enrolment import BUNDLE_LIFE, EARLIER
from anyue_desktop.services.unit import Unit

RECOVERY_FILE, ROOT_FILE, CARD_FILE = "恢复密钥.agekey", "根密钥.openssh", "信任卡.txt"


def found_county(store: Store, unit: Unit, recovery: BoxKey, offline: Path) -> None:
    """Makes the keys of a new county workspace and its first trust bundle; writes what belongs in the safe."""
    root, receipts, box = SigningKey(store.keys.open_signing_seed()), SigningKey.generate(), BoxKey.generate()
    now = clock.now()
    bundle = TrustBundle(
        county=unit.site,
        version=1,
        previous=NO_HASH,
        issued_at=now,
        expires_at=now + BUNDLE_LIFE,
        root=root.public,
        receipt_keys=(SignerKey(receipts.public, now - EARLIER, now + 2 * BUNDLE_LIFE),),
        recipients=(box.recipient,),
        recovery=recovery.recipient,
    )
    with store.work("建立县局台账") as work:
        documents.keep(work.session, documents.BOX, box.to_bytes())
        documents.keep(work.session, documents.RECEIPT_KEY, receipts.to_bytes())
        documents.keep_trust(work.session, bundle)
    write_offline(offline, recovery, root, bundle)


def write_offline(safe: Path, recovery: BoxKey, root: SigningKey, bundle: TrustBundle) -> None:
    """Writes what belongs on sealed sticks, and the card the townships get."""
    files.write_bytes(safe / RECOVERY_FILE, recovery.to_bytes() + b"\n")
    files.write_bytes(safe / ROOT_FILE, root.openssh())
    files.write_text(safe / CARD_FILE, f"安岳县民政局信任卡\n根密钥数字：{bundle.root_digits}\n")
    write_trust(safe / "trust-000001.tpkg", bundle, root)
