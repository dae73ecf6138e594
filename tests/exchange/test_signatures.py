"""Signatures are those of OpenSSH, byte for byte, and good for one purpose only."""

from __future__ import annotations

import subprocess
from pathlib import Path

import package_workshop as shop
import pytest

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.signing_key import PublicKey, SigningKey
from anyue_desktop.exchange.sshsig import Signature

MESSAGE = b'{"a":1}'
NAMESPACE = "tpkg-package-v1"


def test_ssh_keygen_writes_the_same_bytes(tmp_path: Path) -> None:
    key = shop.signing("site")
    (tmp_path / "key").write_bytes(key.openssh())
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "message").write_bytes(MESSAGE)
    sign = ["ssh-keygen", "-Y", "sign", "-f", "key", "-n", NAMESPACE, "message"]
    subprocess.run(sign, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "message.sig").read_bytes() == Signature.make(key, NAMESPACE, MESSAGE).armored()


def test_ssh_keygen_shows_the_same_fingerprint(tmp_path: Path) -> None:
    key = SigningKey.generate().public
    (tmp_path / "key.pub").write_text(key.line + "\n")
    shown = subprocess.run(["ssh-keygen", "-lf", "key.pub"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert key.fingerprint == shown.stdout.split()[1]


def test_a_key_survives_its_serialised_forms() -> None:
    key = SigningKey.generate()
    assert SigningKey(key.to_bytes()).public == key.public
    assert PublicKey.parse(key.public.line) == key.public


@pytest.mark.parametrize("line", ["", "ssh-ed25519", "ssh-rsa AAAA", "ssh-ed25519 AAAA", "ssh-ed25519 é"])
def test_other_public_keys_are_not_read(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PublicKey.parse(line)


def test_a_comment_after_the_key_is_not_read() -> None:
    with pytest.raises(ValueError, match=r".*"):
        PublicKey.parse(shop.signing("site").public.line + " wang@laptop")


def test_a_signature_is_good_for_its_message_purpose_and_key_only() -> None:
    signature = Signature.make(shop.signing("site"), NAMESPACE, MESSAGE)
    assert signature.matches(MESSAGE)
    assert not signature.matches(MESSAGE + b" ")
    assert not Signature(signature.key, "tpkg-receipt-v1", signature.raw).matches(MESSAGE)
    assert not Signature(shop.signing("outsider").public, NAMESPACE, signature.raw).matches(MESSAGE)


def test_no_change_of_the_armour_is_read_as_the_same_signature() -> None:
    armored = Signature.make(shop.signing("site"), NAMESPACE, MESSAGE).armored()
    for offset in range(len(armored)):
        for bit in (1, 0x20):
            changed = bytearray(armored)
            changed[offset] ^= bit
            assert not accepted(bytes(changed)), offset
    assert accepted(armored)


def test_the_armour_is_read_only_with_the_line_ends_openssh_writes() -> None:
    armored = Signature.make(shop.signing("site"), NAMESPACE, MESSAGE).armored()
    for other in (armored[:-1], armored + b"\n", b"\n" + armored, armored.replace(b"\n", b"\n\n", 2), b""):
        assert not accepted(other)


def accepted(armored: bytes) -> bool:
    try:
        return Signature.parse(armored, NAMESPACE).matches(MESSAGE)
    except Refused as refused:
        assert refused.status == "E_SIG_FORMAT"
        return False
