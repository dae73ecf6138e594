"""Sealing and receiving 20,000 people with a year of visits. Beside it: `age` and `sha256sum` on the same bytes.

Every step has a process of its own. Time of the processor is counted beside the clock: it is what one core would need.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.services.workspace import open_workspace
from benchmarks.town import OWN, PASSPHRASE, alone, enrolled_pair, rate, report, tell

MODULE = "benchmarks.seal_receive"


def main(people: int = 20_000, months: int = 12) -> None:
    """Measures and reports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for workspace in enrolled_pair(folder, people, months):
            workspace.close()
        check, seal, receive = (alone(MODULE, step, folder) for step in ("check", "seal", "receive"))
        package = Path(seal["path"])
        age = _age(_plain(folder / "plain", inspect_file(package).fields["payload"]["plain_bytes"]))
        records, own = seal["records"], seal["processor"] - check["processor"]
        report(
            f"上报与接收：{people:,} 人，{seal['visits']:,} 次探访，{records:,} 条记录",
            [
                ("上报前校验", f"{rate(records, check)}，错误 {check['errors']}"),
                ("生成上报包（含校验、写盘、回读）", rate(records, seal)),
                ("其中取数、签名、加密、写盘", f"处理器 {own:.1f} s，每处理器秒 {records / own:,.0f} 条"),
                ("包大小", f"{package.stat().st_size / 1e6:.1f} MB"),
                ("age + sha256sum 处理同样多的字节", f"处理器 {age:.2f} s"),
                ("倍数（取数到写盘 ÷ age + sha256sum）", f"{own / age:.0f}"),
                ("县局接收", f"{rate(records, receive)}，{receive['status']}"),
                ("倍数（接收 ÷ age + sha256sum）", f"{receive['processor'] / age:.0f}"),
            ],
        )


def _check(folder: Path) -> dict[str, Any]:
    sender = open_workspace(folder / "township", "王芳", PASSPHRASE)
    return {"errors": sender.checking.run(month_of(clock.today())).errors}


def _seal(folder: Path) -> dict[str, Any]:
    sender = open_workspace(folder / "township", "王芳", PASSPHRASE)
    sealed = sender.reporting.seal(month_of(clock.today()), folder / "stick")
    visits = sealed.counts.get("elder_visit", 0)
    return {"path": str(sealed.path), "records": sum(sealed.counts.values()), "visits": visits}


def _receive(folder: Path) -> dict[str, Any]:
    county = open_workspace(folder / "county", "李", PASSPHRASE)
    return {"status": county.receiving.receive([folder / "stick"])[0].status}


STEPS = {"check": _check, "seal": _seal, "receive": _receive}


def _plain(path: Path, size: int) -> Path:
    with path.open("wb") as stream, Path("/dev/urandom").open("rb") as random:
        while stream.tell() < size:
            stream.write(random.read(min(1 << 20, size - stream.tell())))
    return path


def _age(plain: Path) -> float:
    """Returns how many seconds of the processor the two programmes need."""
    identity = plain.with_suffix(".key")
    subprocess.run(["age-keygen", "-o", str(identity)], check=True, capture_output=True)
    recipient = next(line.split()[-1] for line in identity.read_text().splitlines() if "public key" in line)
    sealed = plain.with_suffix(".age")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["age", "-r", recipient, "-o", str(sealed), str(plain)], check=True)
    subprocess.run(["sha256sum", str(sealed)], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    if sys.argv[1:2] == [OWN]:
        tell(lambda: STEPS[sys.argv[2]](Path(sys.argv[3])))
    else:
        main(*(int(text) for text in sys.argv[1:]))
