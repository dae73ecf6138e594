"""How long the county looks at a forged package before it refuses it, without the copying from the stick."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.core.errors import Refused
from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.authentic import Desk, Receiver
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.container import SealedPayload, read_container, write_container
from anyue_desktop.exchange.outgoing import write_sealed
from anyue_desktop.exchange.package import open_package
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.services import documents
from anyue_desktop.services.site_chains import chain_state
from anyue_desktop.services.workspace import Workspace
from benchmarks.town import enrolled_pair, report

TIMES = 50


def main(people: int = 3_000) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sender, county = enrolled_pair(folder, people)
        sealed = sender.reporting.seal(month_of(clock.today()), folder / "stick").path
        kinds = {
            "清单改了一个字节": _forged(sealed, folder / "manifest.tpkg", manifest=True),
            "签名改了一个字节": _forged(sealed, folder / "signature.tpkg", manifest=False),
            "别人的密钥签的": _foreign(sealed, folder / "foreign.tpkg", county),
        }
        rows = [(kind, _refused(path, county, lambda site: None)) for kind, path in kinds.items()]
        county.receiving.receive([sealed])
        with county.store.read() as session:
            rows.append(("已经接收过的", _refused(sealed, county, lambda site: chain_state(session, site))))
        report(f"退回伪造的上报包：{people:,} 人，{sealed.stat().st_size / 1e6:.1f} MB", rows)


def _forged(sealed: Path, target: Path, *, manifest: bool) -> Path:
    """Changes a bit of the manifest or of the signature, and makes the container fit, as a forger would."""
    found = read_container(sealed)
    if found.payload is None:
        raise ValueError("a package has a payload")
    parts = [bytearray(found.manifest), bytearray(found.signature)]
    part = parts[0 if manifest else 1]
    part[len(part) // 2] ^= 1
    content = b"".join(found.payload.chunks())
    payload = SealedPayload(BytesIO(content), len(content), zlib.crc32(content), "")
    with target.open("wb") as stream:
        write_container(stream, bytes(parts[0]), bytes(parts[1]), payload)
    return target


def _foreign(sealed: Path, target: Path, county: Workspace) -> Path:
    desk = _desk(county)
    heading = open_package(sealed, desk, lambda site: None).manifest.heading
    write_sealed(target, heading, [], SigningKey.generate(), (), Progress())
    return target


def _desk(county: Workspace) -> Desk:
    with county.store.read() as session:
        trust = documents.trust_bundle(session)
        if trust is None:
            raise ValueError("the county has no trust bundle")
        return Desk(Receiver(county.unit.site, (documents.box_key(session),)), trust, clock.now())


def _refused(path: Path, county: Workspace, chain_of: Callable[[str], ChainState | None]) -> str:
    desk, seconds, status = _desk(county), [], ""
    for _ in range(TIMES):
        start = time.perf_counter()
        try:
            open_package(path, desk, chain_of)
        except Refused as refused:
            status = refused.status
        seconds.append(time.perf_counter() - start)
    return f"{status}，中位 {statistics.median(seconds) * 1000:.1f} ms，最慢 {max(seconds) * 1000:.1f} ms"


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
