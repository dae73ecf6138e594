"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import settings

from anyue_desktop.exchange import signed
from anyue_desktop.exchange.signing_key import BLOB_PREFIX, PublicKey
from tools import verify_std

# How long an example takes says nothing about whether it is right.
settings.register_profile("product", deadline=None)
settings.load_profile("product")


@pytest.fixture(scope="session", autouse=True)
def oracle() -> Iterator[None]:
    """Lets the stand-alone verifier judge every file the product signs, whichever test made it."""
    write = signed.write_container

    def written(target: BinaryIO, manifest: bytes, *others: Any) -> None:
        write(target, manifest, *others)
        target.flush()
        content = Path(target.name).read_bytes()
        found = verify_std.verify(content, _signers(content), "20261123")
        assert signed.canonical.encode(found) == manifest

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signed, "write_container", written)
        yield


def _signers(content: bytes) -> str:
    """Returns a list that allows whoever signed the file to sign what the manifest says he is."""
    manifest, signature = verify_std.read_container(content)[:2]
    fields = signed.canonical.decode(manifest)
    named = fields.get("sender", {}).get("site") or (fields["county"] if fields["type"] == "trust" else fields["site"])
    blob = verify_std.unarmoured(signature)[14:65]
    key = PublicKey(blob[len(BLOB_PREFIX) :])
    return f'{named} namespaces="{verify_std.NAMESPACES[fields["type"]]}" {key.line}\n'
