"""Sealing and receiving 20,000 people with a year of visits. Beside it: `age` and `sha256sum` on the same bytes."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.exchange.inspection import inspect_file
from benchmarks.town import enrolled_pair, report, timed


def main(people: int = 20_000, months: int = 12) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sender, county = enrolled_pair(folder, people, months)
        month = month_of(clock.today())
        with timed(seconds, "check"):
            found = sender.checking.run(month)
        with timed(seconds, "seal"):
            sealed = sender.reporting.seal(month, folder / "stick")
        records = sum(sealed.counts.values())
        with timed(seconds, "receive"):
            received = county.receiving.receive([sealed.path])
        plain = _plain(folder / "plain", inspect_file(sealed.path).fields["payload"]["plain_bytes"])
        with timed(seconds, "age"):
            _age(plain)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        own = seconds["seal"] - seconds["check"]
        report(
            f"上报与接收：{people:,} 人，{sealed.counts.get('elder_visit', 0):,} 次探访",
            [
                (
                    "上报前校验",
                    f"{seconds['check']:.1f} s，{records / seconds['check']:,.0f} 条/秒，错误 {found.errors}",
                ),
                ("生成上报包（含校验、写盘、回读）", f"{seconds['seal']:.1f} s"),
                ("其中取数、签名、加密、写盘", f"{own:.1f} s，{records / own:,.0f} 条/秒"),
                ("包大小", f"{sealed.path.stat().st_size / 1e6:.1f} MB"),
                ("age + sha256sum 处理同样多的字节", f"{seconds['age']:.2f} s"),
                ("倍数（取数到写盘 ÷ age + sha256sum）", f"{own / seconds['age']:.0f}"),
                (
                    "县局接收",
                    f"{seconds['receive']:.1f} s，{records / seconds['receive']:,.0f} 条/秒，{received[0].status}",
                ),
                ("最大内存", f"{memory:,.0f} MB"),
            ],
        )
        sender.close()
        county.close()


def _plain(path: Path, size: int) -> Path:
    with path.open("wb") as stream, Path("/dev/urandom").open("rb") as random:
        while stream.tell() < size:
            stream.write(random.read(min(1 << 20, size - stream.tell())))
    return path


def _age(plain: Path) -> None:
    identity = plain.with_suffix(".key")
    subprocess.run(["age-keygen", "-o", str(identity)], check=True, capture_output=True)
    recipient = next(line.split()[-1] for line in identity.read_text().splitlines() if "public key" in line)
    sealed = plain.with_suffix(".age")
    subprocess.run(["age", "-r", recipient, "-o", str(sealed), str(plain)], check=True)
    subprocess.run(["sha256sum", str(sealed)], check=True, capture_output=True)


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
