"""Everything that reads bytes from outside, each with good inputs to begin from and with what must hold.

A target returns when it has read its input, and the product's own refusal is the only error it may raise; whatever it
accepts has one spelling only: written again it is the input. Used by hypothesis, and by the fuzzer of `make fuzz`.
"""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import package_workshop as shop

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.keyslots import KeySlots
from anyue_desktop.db.vault import Vault
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.container import Container, read_container, write_container
from anyue_desktop.exchange.enrolment import read_enrolment
from anyue_desktop.exchange.inner import part_name
from anyue_desktop.exchange.limits import Limits
from anyue_desktop.exchange.manifest import Manifest
from anyue_desktop.exchange.parts import lines_of
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.receipt_lines import encode_line, read_line
from anyue_desktop.exchange.records import read_record
from anyue_desktop.exchange.sealing import ChunkReader, check_age_header
from anyue_desktop.exchange.signed import SignedFile
from anyue_desktop.exchange.sshsig import Signature
from anyue_desktop.exchange.trust import SHAPES, TrustBundle
from anyue_desktop.exchange.ustar import END, ArchiveReader, member_header, padding

SMALL = Limits(manifest=2**14, signature=2**10, part=2**16, line=2**12, inner=2**20)
SIGNATURE = Signature.make(shop.signing("site"), Purpose.PACKAGE.namespace, b"{}")


@dataclass(frozen=True)
class Target:
    """One parser: what it does with bytes, and inputs it accepts."""

    read: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]

    def judge(self, content: bytes) -> None:
        """Reads the input; any error but the product's own refusal escapes."""
        with suppress(UserError):
            self.read(content)


def _manifest(purpose: Purpose) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        manifest = Manifest.of(SignedFile(purpose, Container(content, b"", None, 0), SIGNATURE))
        assert canonical.encode(manifest.fields) == content

    return read


def _record(content: bytes) -> None:
    record = read_record(content)
    assert canonical.encode(record.wire()) == content


def _receipt_line(content: bytes) -> None:
    assert encode_line(read_line(content)) == content


def _trust(content: bytes) -> None:
    bundle = TrustBundle.parse(content)
    stated = canonical.decode(content)
    assert {key: bundle.fields()[key] for key in SHAPES} == {key: stated[key] for key in SHAPES}


def _archive(content: bytes) -> None:
    reader, again = ArchiveReader(ChunkReader([content])), b""
    for member in reader.members():
        found = reader.content(member) if member.size <= len(content) else b""
        again += member_header(member.name, member.size) + found + padding(member.size)
    assert again + END == content


def _signature(content: bytes) -> None:
    signature = Signature.parse(content, Purpose.PACKAGE.namespace)
    signature.matches(b"{}")
    assert signature.armored() == content


def _part(content: bytes) -> None:
    lines = lines_of(content, 10, SMALL)
    assert len(lines) <= 10
    assert gzip.decompress(content) == b"".join(line + b"\n" for line in lines)


def _key_file(content: bytes) -> None:
    found = KeySlots.decode(content)
    assert KeySlots.decode(found.encode()) == found


@cache
def _file() -> Path:
    in_memory = "/dev/shm"  # the file is written a thousand times a second
    handle, name = tempfile.mkstemp(suffix=".tpkg", dir=in_memory if Path(in_memory).is_dir() else None)
    os.close(handle)
    return Path(name)


def _container(content: bytes) -> None:
    _file().write_bytes(content)
    found = read_container(_file(), SMALL)
    again = io.BytesIO()
    write_container(again, found.manifest, found.signature)
    assert found.payload is not None or again.getvalue() == content


def _manifest_seeds() -> list[bytes]:
    return [_members(shop.craft().build()).manifest]


def _members(package: bytes) -> Container:
    _file().write_bytes(package)
    return read_container(_file())


def _key_file_seeds() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        vault.create({"code": "512021101000", "name": "天马乡"}, "王芳", "山羊-水牛-黄牛-骏马", cost=FLOOR)
        return [vault.file.copies[0].read_bytes()]


def _receipt_manifest() -> list[bytes]:
    return [_members((shop.VECTORS / "documents" / f"r-{shop.SITE}-000001.tpkg").read_bytes()).manifest]


def _archive_seeds() -> list[bytes]:
    parts = shop.member("header.json", b"{}") + shop.member(part_name(1), b"hello")
    return [parts + END, END]


def _payload_start() -> bytes:
    payload = _members(shop.craft().build()).payload
    return next(payload.chunks(600)) if payload else b""


def _enrolment(content: bytes) -> None:
    """The request has a reader for files only: the mutated manifest is signed and put into a container."""
    signed = Signature.make(shop.signing("site"), Purpose.ENROL.namespace, content).armored()
    _file().write_bytes(shop.contained(content, signed, None))
    assert read_enrolment(_file()).fields().keys() <= canonical.decode(content).keys()


TARGETS = {
    "manifest": Target(_manifest(Purpose.PACKAGE), _manifest_seeds),
    "receipt manifest": Target(_manifest(Purpose.RECEIPT), _receipt_manifest),
    "record": Target(_record, lambda: [one.line for one in shop.sample_records()]),
    "receipt line": Target(_receipt_line, lambda: [encode_line(one) for one in shop.sample_answer("ab" * 32)]),
    "trust": Target(_trust, lambda: [canonical.encode(shop.trust_bundle().fields())]),
    "enrolment": Target(
        _enrolment, lambda: [_members((shop.VECTORS / "documents" / f"enrol-{shop.SITE}.tpkg").read_bytes()).manifest]
    ),
    "archive": Target(_archive, _archive_seeds),
    "container": Target(
        _container, lambda: [shop.contained(b"{}", b"sig", b"payload"), shop.contained(b"{}", b"", None)]
    ),
    "signature": Target(_signature, lambda: [SIGNATURE.armored()]),
    "part": Target(_part, lambda: [shop.gzipped([b"{}", b'{"a":1}']), shop.gzipped([b""] * 11)]),
    "age header": Target(lambda content: check_age_header(content, 2), lambda: [_payload_start()]),
    "key file": Target(_key_file, _key_file_seeds),
}
