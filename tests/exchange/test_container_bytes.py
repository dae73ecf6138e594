"""The outer file is a ZIP that any tool opens and only one program can have written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import package_workshop as shop
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.exchange.container import read_container
from anyue_desktop.exchange.limits import Limits


def status_of(path: Path, content: bytes, limits: Limits | None = None) -> str:
    path.write_bytes(content)
    try:
        read_container(path, limits or Limits())
    except Refused as refused:
        return refused.status
    return "OK"


def test_an_ordinary_zip_program_reads_the_members() -> None:
    with zipfile.ZipFile(io.BytesIO(shop.contained(b"{}", b"sig", b"payload"))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "manifest.json": b"{}",
            "manifest.json.sig": b"sig",
            "payload.age": b"payload",
        }


def test_the_members_come_back_and_the_payload_stays_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.tpkg"
    path.write_bytes(shop.contained(b"{}", b"sig", b"payload"))
    container = read_container(path)
    assert (container.manifest, container.signature) == (b"{}", b"sig")
    assert container.payload is not None
    assert b"".join(container.payload.chunks(3)) == b"payload"


def test_a_missing_file_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.tpkg", tmp_path):
        with pytest.raises(UserError, match="无法读取文件"):
            read_container(path)


@pytest.mark.parametrize("payload", [b"payload" * 20, None], ids=["sealed", "signed only"])
def test_every_shorter_file_is_truncated(tmp_path: Path, payload: bytes | None) -> None:
    content = shop.contained(b"{}", b"sig", payload)
    found = {status_of(tmp_path / "a", content[:length]) for length in range(len(content))}
    assert found == {"E_TRUNCATED"}


def test_every_zeroed_stretch_is_noticed_or_left_to_the_payload_check(tmp_path: Path) -> None:
    content = shop.contained(b"{}" * 50, b"sig" * 50, b"")
    for start in range(0, len(content) - 16, 16):
        changed = content[:start] + bytes(16) + content[start + 16 :]
        if changed != content:
            assert status_of(tmp_path / "a", changed) in ("E_CONTAINER", "E_SIZE", "E_TRUNCATED")


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused_as_damaged(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "arbitrary"
    assert status_of(path, content) in ("E_TRUNCATED", "E_CONTAINER", "E_SIZE")


def test_sizes_beyond_the_limits_are_refused_before_reading(tmp_path: Path) -> None:
    content = shop.contained(b"{}", b"sig", b"payload")
    assert status_of(tmp_path / "a", content, Limits(manifest=1)) == "E_SIZE"
    assert status_of(tmp_path / "a", content, Limits(signature=2)) == "E_SIZE"
    assert status_of(tmp_path / "a", content, Limits(file=10)) == "E_SIZE"


def test_a_declared_size_of_four_gigabytes_costs_no_memory(tmp_path: Path) -> None:
    content = bytearray(shop.contained(b"{}", b"sig", b"payload"))
    content[18:26] = b"\xff" * 8
    assert status_of(tmp_path / "a", bytes(content)) == "E_SIZE"


def test_a_member_called_otherwise_or_with_two_sizes_is_refused(tmp_path: Path) -> None:
    content = shop.contained(b"{}", b"sig", b"payload")
    renamed = content.replace(b"manifest.json", b"Manifest.json", 1)
    two_sizes = content[:22] + b"\x03" + content[23:]
    for changed in (renamed, two_sizes):
        assert status_of(tmp_path / "a", changed) == "E_CONTAINER"


def test_zip64_comment_and_data_descriptor_are_refused(tmp_path: Path) -> None:
    content = shop.contained(b"{}", b"sig", b"payload")
    descriptor = bytearray(content)
    descriptor[6] |= 8
    assert status_of(tmp_path / "a", bytes(descriptor)) == "E_CONTAINER"
    assert status_of(tmp_path / "a", content[:-2] + b"\x05\0hello") == "E_CONTAINER"
    zip64 = bytearray(content)
    zip64[4] = 45
    assert status_of(tmp_path / "a", bytes(zip64)) == "E_CONTAINER"
