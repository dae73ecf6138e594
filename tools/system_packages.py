"""Finds which system libraries and tools are missing, and installs them or names the line that does.

    python3 tools/system_packages.py window   the libraries Qt needs to open a window
    python3 tools/system_packages.py test     those, and the tools the tests compare the product with

Only Linux needs this: on Windows and macOS the Qt wheels bring everything. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

LIBRARIES = {  # what Qt's wheels load from the system -> the Debian package that has it
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
TOOLS = {  # a command -> the Debian package that has it
    "age": "age",
    "fc-list": "fontconfig",
    "openssl": "openssl",
    "ssh-keygen": "openssh-client",
    "unzip": "unzip",
    "xauth": "xauth",
    "xvfb-run": "xvfb",
}


def missing(purpose: str) -> list[str]:
    """Returns the packages that are not there for `window` or `test`."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if purpose == "test":
        packages += [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    return packages


def provide(packages: list[str]) -> None:
    """Installs Debian packages where that is possible without asking.

    Raises:
        SystemExit: it is not; the message is the one line to run.
    """
    line = f"apt-get install -y {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(f"缺少系统组件，请先运行（其他发行版请安装同名组件）：\n    sudo {line}")
    print(f"安装系统组件：{' '.join(packages)}")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        result = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
        if result.returncode:
            raise SystemExit(
                f"{result.stdout.decode(errors='replace')}\n系统组件没有装上，请检查网络后运行：\n    {line}"
            )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main() -> int:
    """Checks for the purpose named by the first argument, and provides what is missing."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("window", "test"):
        print(__doc__, file=sys.stderr)
        return 2
    packages = missing(sys.argv[1])
    if packages:
        provide(packages)
    still = missing(sys.argv[1])
    if still:
        print(f"仍然缺少：{' '.join(still)}", file=sys.stderr)
    return 1 if still else 0


if __name__ == "__main__":
    sys.exit(main())
