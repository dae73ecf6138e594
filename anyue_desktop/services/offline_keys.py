"""离线保管: what a county puts on sealed sticks when its keys are made."""

from __future__ import annotations

from pathlib import Path

from anyue_desktop.core import files
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.trust import TrustBundle
from anyue_desktop.exchange.trust_file import write_trust

RECOVERY_FILE, ROOT_FILE, CARD_FILE = "恢复密钥.agekey", "根密钥.openssh", "信任卡.txt"


def write_offline(safe: Path, recovery: BoxKey, root: SigningKey, bundle: TrustBundle) -> None:
    """Writes what belongs on sealed sticks, and the card the townships get."""
    files.write_bytes(safe / RECOVERY_FILE, recovery.to_bytes() + b"\n")
    files.write_bytes(safe / ROOT_FILE, root.openssh())
    files.write_text(safe / CARD_FILE, f"安岳县民政局信任卡\n根密钥数字：{bundle.root_digits}\n")
    write_trust(safe / "trust-000001.tpkg", bundle, root)
