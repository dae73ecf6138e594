"""Attacks the readers of packages at every bit and every length, for a bounded time (`make attack`).

    python tools/attack.py [--seconds 300]

Every bit of a package, a receipt, a trust bundle and an enrolment request is turned, as the file lies on a stick and
with all check sums repaired; every file is cut at every length. Whatever the product says must be a refusal of its
list: a changed file that is accepted, or any other error, ends the run with exit code 1. Campaigns that the time does
not reach are named.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exchange")]

import package_workshop as shop  # noqa: E402 - found through the line above

from anyue_desktop.core.errors import Refused  # noqa: E402
from anyue_desktop.exchange.enrolment import read_enrolment  # noqa: E402
from anyue_desktop.exchange.package import open_package  # noqa: E402
from anyue_desktop.exchange.receipt import open_receipt  # noqa: E402
from anyue_desktop.exchange.status import Status  # noqa: E402
from anyue_desktop.exchange.trust_file import accept_trust  # noqa: E402

DOCUMENTS = shop.VECTORS / "documents"
SITE_DESK, BUNDLE = shop.site_desk(), shop.trust_bundle()


def _package(path: Path) -> None:
    for _ in open_package(path, shop.DESK, lambda _site: None).records():
        pass


def _receipt(path: Path) -> None:
    open_receipt(path, SITE_DESK, 0, lambda _chain, _sequence: None, after_restore=True)


def _trust(path: Path) -> None:
    accept_trust(path, shop.NOW, None, " ".join(BUNDLE.root_digits.split()[-2:]))


@dataclass(frozen=True)
class Subject:
    """A good file and the product's reader of it."""

    name: str
    content: bytes
    read: Callable[[Path], object]


def subjects() -> list[Subject]:
    """Returns one small file of each kind."""
    return [
        Subject("package", shop.craft(lines=[shop.sample_records()[0].line]).build(), _package),
        Subject("receipt", (DOCUMENTS / f"r-{shop.SITE}-000001.tpkg").read_bytes(), _receipt),
        Subject("trust bundle", (DOCUMENTS / "trust-000001.tpkg").read_bytes(), _trust),
        Subject("enrolment request", (DOCUMENTS / f"enrol-{shop.SITE}.tpkg").read_bytes(), read_enrolment),
    ]


def bits(content: bytes) -> Iterator[bytes]:
    """Gives the content with each of its bits turned, in an order that reaches every part of it early."""
    places = list(range(8 * len(content)))
    random.Random(1).shuffle(places)
    for place in places:
        changed = bytearray(content)
        changed[place // 8] ^= 1 << place % 8
        yield bytes(changed)


def cuts(content: bytes) -> Iterator[bytes]:
    """Gives every beginning of the content."""
    return (content[:length] for length in range(len(content)))


def repaired(content: bytes) -> Iterator[bytes]:
    """Gives the file with each bit of each member turned and every check sum and header made anew."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    for index, member in enumerate(members):
        for changed in bits(member):
            manifest, signature, *payload = [*members[:index], changed, *members[index + 1 :]]
            yield shop.contained(manifest, signature, payload[0] if payload else None)


CAMPAIGNS = {"every bit": bits, "every length": cuts, "every bit, check sums repaired": repaired}


def attack(subject: Subject, contents: Iterator[bytes], path: Path, until: float) -> tuple[Counter[str], bool]:
    """Returns what was said how often, and whether the campaign came to its end."""
    said: Counter[str] = Counter()
    for content in contents:
        if time.monotonic() > until:
            return said, False
        path.write_bytes(content)
        try:
            subject.read(path)
        except Refused as refused:
            said[refused.status if refused.status in Status.__members__ else f"UNLISTED {refused.status}"] += 1
        except Exception as error:  # the very thing the campaign looks for
            said[f"ERROR {type(error).__name__}: {error}"] += 1
        else:
            said["ACCEPTED"] += 1
    return said, True


def main() -> int:
    """Runs the campaigns one after the other; each may use an equal share of what time is left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    end = time.monotonic() + parser.parse_args().seconds
    jobs = [(subject, name, make) for name, make in CAMPAIGNS.items() for subject in subjects()]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (subject, name, make) in enumerate(jobs):
            until = time.monotonic() + (end - time.monotonic()) / (len(jobs) - number)
            said, whole = attack(subject, make(subject.content), Path(folder) / "a.tpkg", until)
            bad += sum(count for what, count in said.items() if what not in Status.__members__)
            words = ", ".join(f"{what} {count}" for what, count in said.most_common())
            print(f"{subject.name}, {name}: {said.total()} {'all' if whole else 'CUT SHORT'}: {words}", flush=True)
    print("no changed file was accepted, and nothing fell" if not bad else f"{bad} BROKE THROUGH")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
