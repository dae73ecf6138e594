"""`anyue` and `python -m anyue_desktop`: the window without a command, the command otherwise."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from anyue_desktop.cli.program import run
from anyue_desktop.services.practice_workspace import LOGIN, PASSPHRASE, practice_folder, practice_workspace


def main() -> None:
    """Runs one command line; texts are UTF-8 on every system, so that scripts can read them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    run(_open_window)


def _open_window(folder: Path | None, practice: bool) -> int:
    from anyue_desktop import app  # noqa: PLC0415 - commands start without loading Qt

    if practice:
        folder = folder or practice_folder()
        practice_workspace(folder).close()
        sys.stderr.write(f"练习乡镇：{folder}\n操作员：{LOGIN}　密码：{PASSPHRASE}\n")
    return app.run([str(folder)] if folder else [])


if __name__ == "__main__":
    main()
