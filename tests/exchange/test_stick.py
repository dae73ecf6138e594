"""A file is on the stick whole, or not at all; what comes from a stick is copied before it is believed."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from anyue_desktop.core.errors import Cancelled, Refused
from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.limits import MIB
from anyue_desktop.exchange.stick import Stick


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "outbox" / "t512021101a-000001.tpkg"
    path.parent.mkdir()
    path.write_bytes(os.urandom(3 * MIB + 17))
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "王芳" / "优 盘é"
    path.mkdir(parents=True)
    return path


class WornOut(Stick):
    """Flash that gives back something else."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.read_back: list[str] = []

    def digest(self, path: Path) -> str:
        self.read_back.append(path.name)
        content = bytearray(path.read_bytes())
        content[100] ^= 1
        path.write_bytes(content)
        return super().digest(path)


class Cramped(Stick):
    """A stick that claims to have room and has none: every large write fails as on a full disk."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.folder.mkdir()
        (self.folder / "t512021101a-000001.tpkg.part").symlink_to("/dev/full")

    def _write(self, source: Path, part: Path, progress: Progress) -> str:
        with part.open("wb") as full:
            full.write(source.read_bytes())
        return ""


def test_U06_a_file_put_on_the_stick_is_the_same_and_alone(package: Path, root: Path) -> None:
    target = Stick(root).put(package)
    assert target.read_bytes() == package.read_bytes()
    assert list(Stick(root).folder.iterdir()) == [target]
    assert Stick(root).files() == [target]


def test_U03_a_stick_that_gives_back_other_bytes_is_found_out(package: Path, root: Path) -> None:
    stick = WornOut(root)
    with pytest.raises(Refused) as caught:
        stick.put(package)
    assert caught.value.status == "E_USB_READBACK"
    assert stick.read_back == [f"{package.name}.part"]  # found out before the file got its name
    assert list((root / "TPKG").iterdir()) == []
    assert package.exists()


def test_U02_a_full_stick_is_named_as_full(package: Path, root: Path) -> None:
    with pytest.raises(Refused) as caught:
        Cramped(root).put(package)
    assert caught.value.status == "E_USB_SPACE"
    assert list((root / "TPKG").iterdir()) == []


class Pulled(Stick):
    """A stick that fails after a number of bytes, and does not let the half-written file be removed either."""

    def __init__(self, root: Path, after: int, error: int) -> None:
        super().__init__(root)
        self.after, self.error = after, error

    def _write(self, source: Path, part: Path, progress: Progress) -> str:
        part.write_bytes(source.read_bytes()[: self.after])
        part.rename(part.with_name(f"left-{self.after}.tpkg.part"))
        raise OSError(self.error, os.strerror(self.error))


@pytest.mark.parametrize("after", [0, 1, 4096, MIB, 3 * MIB + 16])
def test_U01_a_stick_pulled_while_it_was_written_shows_no_file(package: Path, root: Path, after: int) -> None:
    with pytest.raises(Refused) as caught:
        Pulled(root, after, errno.EIO).put(package)
    assert caught.value.status == "E_USB_WRITE"
    assert [path.suffix for path in (root / "TPKG").iterdir()] == [".part"]
    assert Stick(root).files() == []
    assert Stick(root).put(package).read_bytes() == package.read_bytes()  # plugged in again


@pytest.mark.parametrize(
    ("error", "status"),
    [(errno.EROFS, "E_USB_WRITE"), (errno.EACCES, "E_USB_WRITE"), (errno.EFBIG, "E_USB_SPACE")],
    ids=["read-only", "locked", "too large for FAT32"],
)
def test_U02_a_stick_that_cannot_take_the_file_says_so_and_the_outbox_keeps_it(
    package: Path, root: Path, error: int, status: str
) -> None:
    with pytest.raises(Refused) as caught:
        Pulled(root, 0, error).put(package)
    assert caught.value.status == status
    assert package.stat().st_size == 3 * MIB + 17


def test_U02_a_file_larger_than_the_stick_is_not_begun(tmp_path: Path, root: Path) -> None:
    huge = tmp_path / "huge.tpkg"
    with huge.open("wb") as file:
        file.truncate(shutil.disk_usage(root).free)
    with pytest.raises(Refused) as caught:
        Stick(root).put(huge)
    assert caught.value.status == "E_USB_SPACE"


def test_a_stick_that_is_gone_or_not_a_folder_cannot_be_written(package: Path, root: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "media" / "unplugged", package):
        with pytest.raises(Refused) as caught:
            Stick(place).put(package)
        assert caught.value.status == "E_USB_WRITE"


def test_a_plain_folder_to_seal_into_may_be_new(package: Path, tmp_path: Path) -> None:
    assert Stick(tmp_path / "new").put(package).read_bytes() == package.read_bytes()


def test_U04_a_link_in_place_of_the_folder_is_not_followed(package: Path, root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / "TPKG").symlink_to(elsewhere)
    assert Stick(root).files() == []
    with pytest.raises(Refused):
        Stick(root).put(package)
    assert list(elsewhere.iterdir()) == []


def test_a_planted_link_under_the_temporary_name_is_not_written_through(
    package: Path, root: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (root / "TPKG").mkdir()
    (root / "TPKG" / f"{package.name}.part").symlink_to(victim)
    Stick(root).put(package)
    assert victim.read_text() == "precious"


def test_cancelling_leaves_no_trace_on_the_stick(package: Path, root: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Stick(root).put(package, progress)
    assert list((root / "TPKG").iterdir()) == []


def test_U04_links_pipes_folders_and_half_written_files_are_not_listed(package: Path, root: Path) -> None:
    target = Stick(root).put(package)
    folder = root / "TPKG"
    (folder / "link.tpkg").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.tpkg")
    (folder / "folder.tpkg").mkdir()
    (folder / "half.tpkg.part").write_bytes(b"")
    assert Stick(root).files() == [target]


def test_a_flood_of_files_does_not_hold_up_the_list(root: Path) -> None:
    (root / "TPKG").mkdir()
    for number in range(1500):
        (root / "TPKG" / f"{number}.tpkg").touch()
    assert len(Stick(root).files()) == 1000


def test_a_fetched_file_is_a_copy_on_the_own_disk(package: Path, root: Path, tmp_path: Path) -> None:
    target = Stick(root).put(package)
    copy = Stick(root).fetch(target, tmp_path / "inbox")
    target.write_bytes(b"changed afterwards")
    assert copy.read_bytes() == package.read_bytes()


def test_U04_a_link_or_pipe_or_missing_file_is_not_fetched(root: Path, tmp_path: Path) -> None:
    (root / "link.tpkg").symlink_to("/etc/passwd")
    os.mkfifo(root / "pipe.tpkg")
    for name in ("link.tpkg", "pipe.tpkg", "missing.tpkg"):
        with pytest.raises(Refused) as caught:
            Stick(root).fetch(root / name, tmp_path / "inbox")
        assert caught.value.status == "E_USB_READ"
    assert not (tmp_path / "inbox").exists() or list((tmp_path / "inbox").iterdir()) == []


def test_an_empty_stick_has_no_files(root: Path) -> None:
    assert Stick(root).files() == []
