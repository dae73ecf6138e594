"""Files of receipts: found on a stick, copied to the own disk, and kept under a name their sender did not choose."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.stick import SUFFIX, Stick, exchange_files


def receipt_files(paths: Iterable[Path], site: str) -> list[Path]:
    """Returns the files named; of a folder or stick, the receipts named for this laptop."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (*Stick(path).files(), *exchange_files(path))
            found.extend(one for one in inside if one.name.startswith(f"r-{site}-"))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


@contextlib.contextmanager
def arrived(source: Path, inbox: Path) -> Iterator[Path]:
    """Gives a copy on the own disk, under no name that a file kept before could have; it goes afterwards."""
    with tempfile.TemporaryDirectory(prefix=".receipt-", dir=inbox) as folder:
        yield Stick(source.parent).fetch(source, Path(folder))


def keep(local: Path, inbox: Path, site: str) -> None:
    """Keeps a receipt that was taken in: site, sequence, beginning of its hash."""
    found = inspect_file(local)
    local.replace(inbox / f"r-{site}-{found.fields['chain']['seq']:06d}-{found.digest[:16]}{SUFFIX}")
