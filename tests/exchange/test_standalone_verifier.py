"""The small verifier of the standard library agrees with the program on what can be seen from outside."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import package_workshop as shop
import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_std.py"
SIGNERS = shop.VECTORS / "documents" / "allowed_signers"
DAY = shop.NOW.strftime("%Y%m%d")
TABLE = json.loads((shop.VECTORS / "expected.json").read_text(encoding="utf-8"))["packages"]

SEEN_FROM_OUTSIDE = {
    "E_TRUNCATED",
    "E_CONTAINER",
    "E_SIG_FORMAT",
    "E_SIG_BAD",
    "E_KEY_UNKNOWN",
    "E_KEY_REVOKED",
    "E_KEY_EXPIRED",
    "E_KEY_NOT_YET",
    "E_PAYLOAD_SIZE",
    "E_PAYLOAD_HASH",
    "E_SENDER",
    "E_TYPE",
}
UNREADABLE_MANIFESTS = {
    "manifest-bad-utf8",
    "manifest-byte-order-mark",
    "manifest-endless-integer",
    "manifest-not-json",
    "manifest-very-nested",
}


def load() -> object:
    spec = importlib.util.spec_from_file_location("verify_std", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load()


def genuine(content: bytes) -> bool:
    try:
        tool.verify(content, SIGNERS.read_text(), DAY)  # type: ignore[attr-defined]
    except tool.NotGenuine:  # type: ignore[attr-defined]
        return False
    return True


@pytest.mark.parametrize("name", sorted(TABLE))
def test_it_agrees_with_the_program_on_every_vector(name: str) -> None:
    status = TABLE[name]["status"]
    refused = status in SEEN_FROM_OUTSIDE or name in UNREADABLE_MANIFESTS
    assert genuine((shop.VECTORS / f"{name}.tpkg").read_bytes()) is not refused


def test_it_is_written_for_python_3_6_and_uses_the_standard_library_only() -> None:
    tree = ast.parse(TOOL.read_text(encoding="utf-8"), feature_version=(3, 6))
    modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= sys.stdlib_module_names


def test_its_ed25519_agrees_with_the_library_also_on_forgeries() -> None:
    for number in range(12):
        key = shop.SigningKey(bytes([number]) * 32)
        message = bytes([number]) * (number * 7)
        signature = key.sign(message)
        forged = bytearray(signature)
        forged[number * 5] ^= 1 << number % 8
        for one in (signature, bytes(forged), signature[:32] + bytes(32), bytes(64)):
            expected = key.public.verifies(one, message)
            assert tool.ed25519_verifies(key.public.raw, one, message) is expected  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [("good", 0, "GENUINE: package of t512021101a"), ("flip-payload-mended", 1, "NOT GENUINE: the encrypted part")],
)
def test_run_as_a_command_it_says_so_and_sets_the_exit_code(name: str, code: int, words: str) -> None:
    command = [sys.executable, str(TOOL), str(shop.VECTORS / f"{name}.tpkg"), str(SIGNERS), DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith(words)


def test_it_reads_trust_bundles_and_enrolment_requests_too() -> None:
    for path in (shop.VECTORS / "documents").glob("*.tpkg"):
        assert genuine(path.read_bytes())
        assert not genuine(path.read_bytes()[:-1])
