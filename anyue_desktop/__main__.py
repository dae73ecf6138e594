"""`anyue` and `python -m anyue_desktop`: the window without a command, the command otherwise."""

from __future__ import annotations

import io
import sys

from anyue_desktop.cli.program import run


def main() -> None:
    """Runs one command line; texts are UTF-8 on every system, so that scripts can read them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    run(_open_window)


def _open_window(words: list[str]) -> int:
    from anyue_desktop import app  # noqa: PLC0415 - commands start without loading Qt

    return int(app.main(words))


if __name__ == "__main__":
    main()
