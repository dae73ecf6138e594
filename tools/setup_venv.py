"""Makes the project's own environment: a virtual environment, a pinned uv in it, and the locked dependencies.

    python3 tools/setup_venv.py .venv [options of `uv sync`]

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import system_packages

UV = "uv==0.13.9"
ROOT = Path(__file__).resolve().parent.parent


def binary(venv: Path, name: str) -> Path:
    """Returns a program of the environment."""
    return venv / ("Scripts" if os.name == "nt" else "bin") / name


def make_venv(venv: Path) -> None:
    """Makes the virtual environment unless it is there and works."""
    if _answers(binary(venv, "python"), "-m", "pip", "--version"):
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian ships it apart from python3
        system_packages.provide([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)


def install_uv(venv: Path) -> None:
    """Installs the pinned uv into the environment unless it is there."""
    name, _, version = UV.partition("==")
    uv = binary(venv, name)
    if uv.exists() and _answers(uv, "--version").split()[1:2] == [version]:
        return
    pip = [str(binary(venv, "python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, UV], check=True)


def sync(venv: Path, options: list[str]) -> None:
    """Installs exactly what uv.lock names; --inexact keeps pip, uv and what another target installed."""
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(venv), "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    command = [str(binary(venv, "uv")), "sync", "--frozen", "--inexact", "--quiet", *options]
    subprocess.run([*command, "--python", str(binary(venv, "python"))], check=True, env=environment, cwd=ROOT)


def _answers(*command: str | Path) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def main() -> int:
    """Makes or completes the environment named by the first argument."""
    venv = (ROOT / sys.argv[1]).absolute()
    try:
        make_venv(venv)
        install_uv(venv)
        sync(venv, sys.argv[2:])
    except subprocess.CalledProcessError as error:
        print(f"命令没有成功（返回 {error.returncode}）：{' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
