"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from anyue_desktop.core.errors import UserError


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Gives a temporary path beside `target`; on success it is flushed and takes the target's place.

    Raises:
        UserError: the folder is missing, read-only or full; the old file is untouched.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise not_writable(target, error) from error
    part = Path(name)
    try:
        yield part
        _flush(part)
        part.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise not_writable(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Writes `content` to `target`, whole or not at all."""
    with whole_file(target) as part:
        part.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Writes UTF-8 text with Unix line ends to `target`, whole or not at all."""
    write_bytes(target, content.encode())


def not_writable(target: Path, error: OSError) -> UserError:
    """Says in words why a file could not be written."""
    if error.errno == errno.ENOSPC:
        return UserError(f"磁盘已满，“{target.name}”没有写完", "请清理磁盘或换一个位置后再试，原来的文件没有改动")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(f"没有权限写入“{target.parent}”", "请换一个可以写入的文件夹")
    return UserError(
        f"无法写入“{target}”（{error.strerror or error}）", "请检查文件夹是否存在、文件是否正被别的程序打开"
    )


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Makes sure that a folder's entries, such as a new name, survive a power cut."""
    if os.name == "nt":  # Windows has no directory handles to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
