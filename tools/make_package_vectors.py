"""Makes tests/vectors/packages: files that a reader of the format must accept or refuse, with the reason.

    python tools/make_package_vectors.py

age encryption is random by design, so every run gives other ciphertexts; the keys, the statuses and everything
else stay the same. The files are committed: a later program must judge them as this one did. The worked example and
the table of outcomes in docs/package-format.md are written anew with them.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exchange")]

import package_workshop as shop  # noqa: E402 - found through the line above
import vectors_inside  # noqa: E402
import vectors_outside  # noqa: E402

from anyue_desktop.exchange.allowed_signers import allowed_signers  # noqa: E402
from anyue_desktop.exchange.container import read_container  # noqa: E402
from anyue_desktop.exchange.enrolment import EnrolmentRequest, read_enrolment, write_enrolment  # noqa: E402
from anyue_desktop.exchange.inspection import inspect_file  # noqa: E402
from anyue_desktop.exchange.receipt import write_receipt  # noqa: E402
from anyue_desktop.exchange.status import Status  # noqa: E402
from anyue_desktop.exchange.trust_file import write_trust  # noqa: E402

DOCUMENT = ROOT / "docs" / "package-format.md"
ENROLMENT = shop.VECTORS / "documents" / f"enrol-{shop.SITE}.tpkg"


def main() -> None:
    """Writes every vector and the table of what must become of it."""
    for old in shop.VECTORS.glob("*.tpkg"):
        old.unlink()
    table: dict[str, Any] = {}
    for makers in (*vectors_outside.MAKERS, *vectors_inside.MAKERS):
        for name, status, content, *state in makers():
            (shop.VECTORS / f"{name}.tpkg").write_bytes(content)
            table[name] = {"status": status, "chain": state[0] if state else None}
    text = {
        "about": "Each file, received by county-512021 at the moment `now`; `chain` is what is known of the site.",
        "now": shop.NOW.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "packages": table,
    }
    (shop.VECTORS / "expected.json").write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    documents()
    publish("outcomes", outcomes())
    publish("example", example())


def documents() -> None:
    """Writes a trust bundle, its `allowed_signers`, an enrolment request and a receipt beside the packages."""
    bundle = write_trust(shop.VECTORS / "documents" / "trust-000001.tpkg", shop.trust_bundle(), shop.signing("root"))
    (shop.VECTORS / "documents" / "allowed_signers").write_text(allowed_signers(bundle), encoding="ascii")
    signer = shop.signing("site")
    request = EnrolmentRequest(
        shop.SITE, signer.public, shop.box("site").recipient, shop.identity(0xCE01), "5a" * 32, shop.ISSUED
    )
    write_enrolment(ENROLMENT, request, signer)
    write_receipt(
        shop.VECTORS / "documents" / f"r-{shop.SITE}-000001.tpkg",
        shop.receipt_heading(),
        shop.sample_answer(inspect_file(shop.VECTORS / "good.tpkg").digest),
        shop.signing("receipt"),
    )


def publish(name: str, text: str) -> None:
    """Puts a text between its two marks in the document."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    document, count = pattern.subn(lambda found: found[1] + text + found[2], DOCUMENT.read_text(encoding="utf-8"))
    if count != 1:
        raise ValueError(f"the document has {count} places for {name}")
    DOCUMENT.write_text(document, encoding="utf-8")


def outcomes() -> str:
    """Returns the table of all codes."""
    rows = [f"| `{one.name}` | {one.group.value} | {one.sentence} | {one.next_step} |\n" for one in Status]
    return "| code | group | sentence | next step |\n|---|---|---|---|\n" + "".join(rows)


def example() -> str:
    """Returns the worked example, with the numbers of the vector `good.tpkg`."""
    path = shop.VECTORS / "good.tpkg"
    found, container = inspect_file(path), read_container(path)
    stated, payload = found.fields["payload"], container.payload
    lines = "".join(f"{one.line.decode()}\n  {one.hash}\n" for one in shop.sample_records())
    return f"""`tests/vectors/packages/good.tpkg`, with the test keys of `keys.json` beside it: {found.size} bytes.
It begins `50 4b 03 04 0a 00`; the manifest is at offset 43, `payload.age` at
offset {payload.offset if payload else 0} with {stated["bytes"]} bytes (SHA-256 `{stated["sha256"]}`),
the archive inside has {stated["plain_bytes"]} bytes. The package hash is
`{found.digest}`, so the 核对码 is `{found.check_code}`. The manifest:

```
{container.manifest.decode()}
```

The signature file, by the key `{shop.signing("site").public.line}`:

```
{container.signature.decode()}```

The three lines and their revision hashes:

```
{lines}```

The digits of the key `root` in `keys.json` are `{shop.trust_bundle().root_digits}`; those of the request
`documents/{ENROLMENT.name}` are `{read_enrolment(ENROLMENT).digits}`.
"""


if __name__ == "__main__":
    main()
