"""Fuzzes every parser of foreign bytes with coverage as the guide (libFuzzer through atheris), for a bounded time.

    python tools/fuzz.py [--seconds 120] [target …]

The time is shared by the targets of tests/exchange/parser_targets.py. Each runs in a process of its own, because the
fuzzer ends the process it is in; what it learnt stays in out/fuzz/<target>, so that the next run goes on from there.
An input that makes a parser fall is kept there too, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exchange")]
OUT = ROOT / "out" / "fuzz"
LONGEST = 4096  # bytes of an input: every parser's branches are reached with less


def fuzz(name: str, folder: Path, seconds: int) -> None:
    """Fuzzes one target; never returns."""
    import atheris  # noqa: PLC0415 - the parsers must be imported under its eyes, and only here

    with atheris.instrument_imports(include=["anyue_desktop"]):
        from parser_targets import TARGETS  # noqa: PLC0415 - likewise
    target = TARGETS[name]
    for number, seed in enumerate(target.seeds()):
        (folder / f"seed{number}").write_bytes(seed)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-artifact_prefix={folder}/", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1", str(folder)], target.judge)
    atheris.Fuzz()


def main() -> int:
    """Gives each target its share of the time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--one", action="store_true", help="fuzz the named target in this process")
    parser.add_argument("targets", nargs="*")
    asked = parser.parse_args()
    if asked.one:
        fuzz(asked.targets[0], OUT / asked.targets[0], asked.seconds)
    from parser_targets import TARGETS  # noqa: PLC0415 - not where atheris is still to watch the imports

    if importlib.util.find_spec("atheris") is None:
        raise SystemExit("atheris is not here: `make fuzz` installs it, on Linux with x86-64 only")
    chosen = asked.targets or list(TARGETS)
    return sum(_in_own_process(name, max(1, asked.seconds // len(chosen))) for name in chosen) and 1


def _in_own_process(name: str, seconds: int) -> int:
    (OUT / name).mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, "--one", "--seconds", str(seconds), name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    runs = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    print(
        f"{name}: {runs[0] if runs else 'no'} inputs in {seconds} s", "" if not done.returncode else "FELL", flush=True
    )
    if done.returncode:
        print(done.stderr[-3000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
