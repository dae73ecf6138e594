"""Sticks and other removable drives that are plugged in."""

from __future__ import annotations

import ctypes
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

WINDOWS_REMOVABLE = 2  # DRIVE_REMOVABLE of GetDriveTypeW
MOUNTED_UNDER = re.compile(r"(/run)?/media/[^/]+(/[^/]+)?|/mnt/[^/]+")
GIB, MIB = 2**30, 2**20


@dataclass(frozen=True)
class Drive:
    """A removable drive: where it is, what it is called, and how much room it has."""

    root: Path
    name: str
    free: int
    writable: bool

    @property
    def title(self) -> str:
        """What the officer reads in the list."""
        state = f"剩余 {room_words(self.free)}" if self.writable else "写保护"
        return f"U 盘 {self.name or self.root}（{state}）"


def removable_drives() -> list[Drive]:
    """Returns the removable drives that are ready, in the order the system names them."""
    found = [volume for volume in QStorageInfo.mountedVolumes() if volume.isReady() and _is_removable(volume)]
    return [
        Drive(Path(volume.rootPath()), volume.displayName(), volume.bytesAvailable(), not volume.isReadOnly())
        for volume in found
    ]


def free_room(folder: Path) -> int | None:
    """Returns the free bytes where a folder lies, or None when it is not there."""
    volume = QStorageInfo(str(folder))
    return volume.bytesAvailable() if volume.isValid() and folder.is_dir() else None


def room_words(count: int) -> str:
    """Returns a number of bytes as 3.6 GB or 512 MB."""
    return f"{count / GIB:.1f} GB" if count >= GIB else f"{count // MIB} MB"


def _is_removable(volume: QStorageInfo) -> bool:
    root = volume.rootPath()
    if sys.platform == "win32":
        return int(ctypes.windll.kernel32.GetDriveTypeW(root)) == WINDOWS_REMOVABLE
    return MOUNTED_UNDER.fullmatch(root) is not None
