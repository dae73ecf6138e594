"""The recipes of docs/package-format.md, run as they stand there, on files the product wrote."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import package_workshop as shop
import pytest

from anyue_desktop.exchange.allowed_signers import allowed_signers
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.outgoing import AttachmentSource, Sealed
from anyue_desktop.exchange.package import open_package, write_package
from anyue_desktop.exchange.receipt import write_receipt
from anyue_desktop.exchange.receipt_lines import Acknowledgement
from anyue_desktop.exchange.records import Attachment, AttachmentRef, Put, Record
from anyue_desktop.exchange.sealing import opened
from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.sshsig import Signature

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "package-format.md"
TODAY = datetime.now(UTC)  # ssh-keygen and openssl go by the real clock
PICTURE = b"\xff\xd8\xff\xe0" + bytes(3000)


def recipe(name: str) -> str:
    """Returns the commands of one recipe, as the document prints them."""
    found = re.findall(rf"```sh\n# recipe: {name}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def run(commands: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def records() -> list[Record]:
    attachment = Attachment(hashlib.sha256(PICTURE).hexdigest(), PICTURE)
    reference = AttachmentRef(attachment.sha256, len(PICTURE), "image/jpeg", "照片.jpg")
    first, *others = shop.sample_records()
    assert isinstance(first, Put)
    return [replace(first, attachments=(reference,)), *others]


@pytest.fixture
def sealed(tmp_path: Path, records: list[Record]) -> Sealed:
    """A package, the list of signers and the county's age key, as the recipes expect them."""
    rows = [
        shop.certificate("site", shop.SITE, 1, not_before=TODAY - timedelta(days=9), not_after=TODAY + timedelta(9))
    ]
    trust = replace(shop.trust_bundle(), certificates=tuple(rows))
    (tmp_path / "allowed_signers").write_text(allowed_signers(trust))
    (tmp_path / "county.agekey").write_bytes(shop.box("county").to_bytes() + b"\n")
    source = AttachmentSource(hashlib.sha256(PICTURE).hexdigest(), len(PICTURE), lambda: PICTURE)
    target = tmp_path / f"{shop.SITE}-000001.tpkg"
    return write_package(target, shop.heading(created_at=TODAY), records, shop.signing("site"), [source])


def test_the_recipe_with_standard_tools_verifies_decrypts_and_hashes(
    tmp_path: Path, sealed: Sealed, records: list[Record]
) -> None:
    output = run(recipe("standard tools"), tmp_path)
    fingerprint = shop.signing("site").public.fingerprint
    assert f'Good "tpkg-package-v1" signature for {shop.SITE} with ED25519 key {fingerprint}' in output
    assert f"{sealed.digest}  manifest.json" in output
    assert "payload.age is the one that was signed" in output
    assert "records/000001.jsonl.gz" in output
    for record in records:
        assert record.line.decode() in output
        assert f"{record.hash}  -" in output
    assert re.search(rf"{hashlib.sha256(PICTURE).hexdigest()}  {hashlib.sha256(PICTURE).hexdigest()}", output)


def test_the_recipe_fails_on_a_changed_manifest(tmp_path: Path, sealed: Sealed) -> None:
    with zipfile.ZipFile(sealed.path) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    members[0] = members[0].replace(b'"records":3', b'"records":4')
    sealed.path.write_bytes(shop.contained(*members))
    with pytest.raises(AssertionError, match=r"Signature verification failed|incorrect signature"):
        run(recipe("standard tools"), tmp_path)


def test_the_recipe_with_openssl_verifies_the_same_signature(tmp_path: Path, sealed: Sealed) -> None:
    assert sealed.path.exists()
    output = run(recipe("openssl"), tmp_path)
    assert "Signature Verified Successfully" in output


def test_the_recipe_with_python_alone_verifies_the_package(tmp_path: Path, sealed: Sealed) -> None:
    shutil.copy(DOCUMENT.parents[1] / "tools" / "verify_std.py", tmp_path)
    output = run(recipe("python alone"), tmp_path)
    assert "GENUINE: package of t512021101a" in output
    assert sealed.check_code in output


def test_A05_a_receipt_is_verified_by_ssh_keygen_too(tmp_path: Path) -> None:
    bundle = shop.trust_bundle()
    keys = tuple(
        replace(row, not_before=TODAY - timedelta(1), not_after=TODAY + timedelta(1)) for row in bundle.receipt_keys
    )
    (tmp_path / "allowed_signers").write_text(allowed_signers(replace(bundle, receipt_keys=keys)))
    line = Acknowledgement(shop.CHAIN, 1, "a1" * 32, "accepted", 3, 0, "2026-11-23T16:00:00+08:00")
    write_receipt(tmp_path / "r.tpkg", shop.receipt_heading(), [line], shop.signing("receipt"))
    verify = "unzip -q r.tpkg; ssh-keygen -Y verify -f allowed_signers -I county-512021 -n tpkg-receipt-v1"
    output = run(f"{verify} -s manifest.json.sig < manifest.json", tmp_path)
    assert 'Good "tpkg-receipt-v1" signature for county-512021' in output


ARCHIVED = """
mkdir records && mv 000001.jsonl records && gzip -n records/000001.jsonl
tar --format=ustar --blocking-factor=1 --mode=0644 --owner=0 --group=0 --numeric-owner --mtime=@0 \
    -cf plain.tar header.json records/000001.jsonl.gz att/*
"""


def test_a_package_archived_encrypted_and_signed_by_the_standard_tools_is_taken_in(
    tmp_path: Path, records: list[Record]
) -> None:
    (tmp_path / "key").write_bytes(shop.signing("site").openssh())
    (tmp_path / "key").chmod(0o600)
    recipients = " ".join(f"-r {one}" for one in shop.heading().recipient_keys)

    def archived(own: bytes) -> bytes:
        size = int(own[124:135], 8)
        (tmp_path / "header.json").write_bytes(own[512 : 512 + size])
        (tmp_path / "000001.jsonl").write_bytes(b"".join(one.line + b"\n" for one in records))
        (tmp_path / "att").mkdir()
        (tmp_path / "att" / hashlib.sha256(PICTURE).hexdigest()).write_bytes(PICTURE)
        run(ARCHIVED, tmp_path)
        return (tmp_path / "plain.tar").read_bytes()

    def encrypted(_own: bytes) -> bytes:
        run(f"age {recipients} -o payload.age plain.tar", tmp_path)
        return (tmp_path / "payload.age").read_bytes()

    def signed(manifest: bytes) -> bytes:
        (tmp_path / "manifest.json").write_bytes(manifest)
        run("ssh-keygen -Y sign -f key -n tpkg-package-v1 manifest.json", tmp_path)
        return manifest

    crafted = shop.craft(
        lines=[one.line for one in records],
        counts=(len(records), 1),
        archive=archived,
        payload=encrypted,
        manifest=signed,
        signature=lambda _own: (tmp_path / "manifest.json.sig").read_bytes(),
    )
    path = tmp_path / "foreign.tpkg"
    path.write_bytes(crafted.build())
    *found, picture = open_package(path, shop.county_desk(), lambda _site: None).records()
    assert found == records
    assert picture == Attachment(hashlib.sha256(PICTURE).hexdigest(), PICTURE)


def test_a_key_that_ssh_keygen_made_signs_for_the_product_and_an_age_key_opens_it(tmp_path: Path) -> None:
    run("ssh-keygen -q -t ed25519 -N '' -C '' -f key; age-keygen -o box.agekey", tmp_path)
    public = PublicKey.parse((tmp_path / "key.pub").read_text().strip())
    secret = re.findall(r"^AGE-SECRET-KEY-.*$", (tmp_path / "box.agekey").read_text(), re.MULTILINE)[0]
    box = BoxKey(secret.encode())
    (tmp_path / "message").write_text("{}")
    run(f"ssh-keygen -q -Y sign -f key -n tpkg-package-v1 message; age -r {box.recipient} -o sealed message", tmp_path)
    signature = Signature.parse((tmp_path / "message.sig").read_bytes(), "tpkg-package-v1")
    assert (signature.key, signature.matches(b"{}")) == (public, True)
    assert b"".join(opened([(tmp_path / "sealed").read_bytes()], [box])) == b"{}"


def test_the_worked_example_of_the_document_is_the_published_vector() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    path = shop.VECTORS / "good.tpkg"
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read("manifest.json")
        payload = archive.read("payload.age")
    digest = hashlib.sha256(manifest).hexdigest()
    stated = json.loads(manifest)["payload"]
    for fact in (
        f"{path.stat().st_size} bytes",
        digest,
        f"`{int(digest, 16) % 10**8:08d}`",
        f"offset {path.read_bytes().find(payload)}",
        stated["sha256"],
        hashlib.sha256(payload).hexdigest(),
        f"{stated['plain_bytes']} bytes",
        shop.trust_bundle().root_digits,
        shop.signing("site").public.line,
        *(record.hash for record in shop.sample_records()),
        *(record.line.decode() for record in shop.sample_records()),
    ):
        assert fact in text
