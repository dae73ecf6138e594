"""Makes tests/vectors/packages: files that a reader of the format must accept or refuse, with the reason.

    python tools/make_package_vectors.py

age encryption is random by design, so every run gives other ciphertexts; the keys, the statuses and everything
else stay the same. The files are committed: a later program must judge them as this one did.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exchange")]

import package_workshop as shop  # noqa: E402 - found through the line above
import pyrage  # noqa: E402
from package_workshop import craft, heading, member  # noqa: E402

from anyue_desktop.exchange.allowed_signers import allowed_signers  # noqa: E402
from anyue_desktop.exchange.enrolment import EnrolmentRequest, write_enrolment  # noqa: E402
from anyue_desktop.exchange.records import AttachmentRef, Put  # noqa: E402
from anyue_desktop.exchange.signed import digest_of  # noqa: E402
from anyue_desktop.exchange.trust_file import write_trust  # noqa: E402
from anyue_desktop.exchange.ustar import END, member_header  # noqa: E402

Vector = tuple[str, str, bytes] | tuple[str, str, bytes, dict[str, Any]]
LINES = [one.line for one in shop.sample_records()]
PICTURE = b"\xff\xd8\xff\xe0" + bytes(200)
PART = "records/000001.jsonl.gz"


def main() -> None:
    """Writes every vector and the table of what must become of it."""
    for old in shop.VECTORS.glob("*.tpkg"):
        old.unlink()
    table: dict[str, Any] = {}
    for makers in (good, damaged, foreign, ordered, versions, manifests, inners, record_lines, attached, ages):
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


def documents() -> None:
    """Writes the trust bundle, its `allowed_signers`, and an enrolment request beside the packages."""
    bundle = write_trust(shop.VECTORS / "documents" / "trust-000001.tpkg", shop.trust_bundle(), shop.signing("root"))
    (shop.VECTORS / "documents" / "allowed_signers").write_text(allowed_signers(bundle), encoding="ascii")
    signer = shop.signing("site")
    request = EnrolmentRequest(
        shop.SITE, signer.public, shop.box("site").recipient, shop.identity(0xCE01), "5a" * 32, shop.ISSUED
    )
    write_enrolment(shop.VECTORS / "documents" / f"enrol-{shop.SITE}.tpkg", request, signer)


def manifest_of(package: bytes) -> bytes:
    """Returns the manifest of a well-formed container."""
    size = int.from_bytes(package[18:22], "little")
    return package[43 : 43 + size]


def after(*packages: bytes) -> dict[str, Any]:
    """Returns the chain state once these packages have been received."""
    digests = {str(number): digest_of(manifest_of(one)) for number, one in enumerate(packages, 1)}
    return {"id": shop.CHAIN, "digests": digests}


def second(first: bytes, **changes: Any) -> bytes:
    """Returns the package that follows `first`."""
    follows = {"sequence": 2, "previous": digest_of(manifest_of(first)), "package_id": shop.identity(0xAA02)}
    return craft(heading=heading(**(follows | changes)), lines=LINES[:1]).build()


def good() -> Iterator[Vector]:
    """Packages to be accepted."""
    first = craft().build()
    yield "good", "OK", first
    yield "good-next", "OK", second(first), after(first)
    yield "good-full", "OK", craft(heading=heading(kind="full")).build()
    yield "good-empty", "OK", craft(lines=[]).build()
    rare = Put(
        "person", shop.identity(9), 1, None, "2026-11-19T16:20:00+08:00", "王芳", "李强", {"name": "𠅤䶮\ue863·喆"}
    )
    yield "good-rare-characters", "OK", craft(lines=[rare.line]).build()


def damaged() -> Iterator[Vector]:
    """Files that suffered on the way, or were mended afterwards."""
    package = craft().build()
    manifest, signature, payload = parts_of(package)
    places = {
        "local-header": 4,
        "manifest": 60,
        "signature": package.find(b"BEGIN SSH") + 60,
        "payload-header": package.find(b"payload.age") - 10,
        "payload": package.find(b"age-encryption.org") + len(payload) - 20,
        "directory": package.find(b"PK\x01\x02") + 10,
        "end": len(package) - 3,
    }
    for place, offset in places.items():
        yield f"flip-{place}", "E_CONTAINER", flipped(package, offset)
    yield "flip-manifest-mended", "E_SIG_BAD", shop.contained(flipped(manifest, 60), signature, payload)
    yield "flip-payload-mended", "E_PAYLOAD_HASH", shop.contained(manifest, signature, flipped(payload, 700))
    yield "payload-longer-mended", "E_PAYLOAD_SIZE", shop.contained(manifest, signature, payload + b"\0")
    for place, length in (("start", 20), ("manifest", 300), ("payload", len(package) - 900), ("end", len(package) - 1)):
        yield f"truncated-{place}", "E_TRUNCATED", package[:length]
    yield "empty-file", "E_TRUNCATED", b""
    yield "appended-byte", "E_CONTAINER", package + b"\0"
    yield "prepended-block", "E_CONTAINER", bytes(512) + package
    yield "payload-missing", "E_CONTAINER", shop.contained(manifest, signature, None)
    yield from rezipped(manifest, signature, payload)


def parts_of(package: bytes) -> tuple[bytes, bytes, bytes]:
    """Returns the three members of a good package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return tuple(archive.read(name) for name in archive.namelist())  # type: ignore[return-value]


def flipped(content: bytes, offset: int) -> bytes:
    """Returns the content with one bit changed."""
    changed = bytearray(content)
    changed[offset] ^= 1
    return bytes(changed)


def rezipped(manifest: bytes, signature: bytes, payload: bytes) -> Iterator[Vector]:
    """The same members in a ZIP that another program made."""
    names = ["manifest.json", "manifest.json.sig", "payload.age"]
    members = dict(zip(names, (manifest, signature, payload), strict=True))
    layouts = {
        "rezipped-deflated": (zipfile.ZIP_DEFLATED, names),
        "rezipped-stored": (zipfile.ZIP_STORED, names),
        "members-reordered": (zipfile.ZIP_STORED, names[::-1]),
        "member-duplicated": (zipfile.ZIP_STORED, [names[0], *names]),
        "member-added": (zipfile.ZIP_STORED, [*names, "../readme.txt"]),
    }
    for name, (method, order) in layouts.items():
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", method) as archive:
            for one in order:
                entry = zipfile.ZipInfo(one)
                entry.compress_type = method
                if one not in archive.namelist():
                    archive.writestr(entry, members.get(one, b"hello"))
        yield name, "E_CONTAINER", target.getvalue()


def foreign() -> Iterator[Vector]:
    """Packages of the wrong people."""
    for signer, site, status in (
        ("outsider", shop.SITE, "E_KEY_UNKNOWN"),
        ("expired", "t512021103a", "E_KEY_EXPIRED"),
        ("revoked", "t512021104a", "E_KEY_REVOKED"),
        ("early", "t512021105a", "E_KEY_NOT_YET"),
        ("other_site", shop.SITE, "E_SENDER"),
    ):
        name = {"outsider": "unknown-sender", "early": "not-yet-valid-sender", "other_site": "foreign-sender"}
        yield name.get(signer, f"{signer}-sender"), status, craft(heading=heading(sender=site), signer=signer).build()
    early = heading(sender="t512021104a", created_at=shop.ISSUED)
    yield "revoked-sender-back-dated", "E_KEY_REVOKED", craft(heading=early, signer="revoked").build()
    yield "signed-as-receipt", "E_SIG_FORMAT", craft(namespace="tpkg-receipt-v1").build()
    yield "signed-as-file", "E_SIG_FORMAT", craft(namespace="file").build()
    yield "armour-crlf", "E_SIG_FORMAT", craft(signature=lambda text: text.replace(b"\n", b"\r\n")).build()
    yield "armour-wider", "E_SIG_FORMAT", craft(signature=rewrapped).build()
    yield "signature-plus-order", "E_SIG_BAD", craft(signature=plus_order).build()
    yield "wrong-recipient", "E_RECIPIENT", craft(heading=heading(recipient="county-512022")).build()
    county, recovery, stranger = (shop.box(one).recipient for one in ("county", "recovery", "stranger"))
    eavesdropper = heading(recipient_keys=(county, recovery, stranger))
    yield "eavesdropper-named", "E_RECIPIENT", craft(heading=eavesdropper).build()
    yield "wrong-recipient-key", "E_RECIPIENT", craft(heading=heading(recipient_keys=(stranger,))).build()
    strangers = (stranger, shop.box("second_stranger").recipient)
    yield "sealed-to-others", "E_DECRYPT", craft(sealed_to=strangers).build()
    yield "recovery-left-out", "E_AGE_HEADER", craft(sealed_to=(county,)).build()
    yield "eavesdropper-hidden", "E_AGE_HEADER", craft(sealed_to=(county, recovery, stranger)).build()
    yield from stolen()


def stolen() -> Iterator[Vector]:
    """A genuine ciphertext under another manifest."""
    _, _, payload = parts_of(craft().build())
    thief = craft(heading=heading(sender="t512021102a"), signer="other_site", payload=lambda _own: payload)
    yield "stolen-payload", "E_BINDING", thief.build()
    other = craft(edit_header=lambda fields: fields["sender"].update(site="t512021102a"))
    yield "foreign-site-inside", "E_BINDING", other.build()
    again = craft(heading=heading(package_id=shop.identity(0xAA09)), payload=lambda _own: payload)
    yield "own-payload-rewrapped", "E_BINDING", again.build()


def rewrapped(text: bytes) -> bytes:
    """Returns the armour with 64 columns."""
    lines = text.splitlines()
    body = b"".join(lines[1:-1])
    wrapped = [body[start : start + 64] for start in range(0, len(body), 64)]
    return b"\n".join([lines[0], *wrapped, lines[-1], b""])


def plus_order(text: bytes) -> bytes:
    """Returns the signature with S + L, which lax verifiers accept (RFC 8032 section 8.4)."""
    lines = text.splitlines()
    blob = base64.b64decode(b"".join(lines[1:-1]))
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(blob[-32:], "little") + order
    encoded = base64.b64encode(blob[:-32] + scalar.to_bytes(32, "little"))
    wrapped = [encoded[start : start + 70] for start in range(0, len(encoded), 70)]
    return b"\n".join([lines[0], *wrapped, lines[-1], b""])


def ordered() -> Iterator[Vector]:
    """Packages at the wrong place of their chain."""
    first = craft().build()
    known = after(first, second(first))
    yield "replay", "E_REPLAY", first, known
    yield "fork", "E_FORK", craft(heading=heading(package_id=shop.identity(0xAA07))).build(), known
    yield "gap", "E_GAP", second(first, sequence=4), known
    yield "first-is-second", "E_GAP", second(first)
    yield "fast-forward", "E_GAP", second(first, sequence=10**9), known
    yield "wrong-previous", "E_PREV", second(first, previous="9c" * 32), after(first)
    yield "other-chain", "E_CHAIN_UNKNOWN", craft(heading=heading(chain_id=shop.OTHER_CHAIN)).build(), known


def versions() -> Iterator[Vector]:
    """Packages of newer and older programs."""
    yield "newer-format", "E_VERSION_NEWER", craft(edit=newer).build()
    yield "newer-schema", "E_SCHEMA_NEWER", craft(heading=heading(schema_version=2)).build()
    critical = craft(edit=lambda fields: fields.update(crit=["seal_number"], ext={"seal_number": 1}))
    yield "critical-extension", "E_CRIT", critical.build()
    yield "free-extension", "OK", craft(edit=lambda fields: fields.update(ext={"seal_number": 1})).build()
    yield "other-suite", "E_SUITE", craft(edit=lambda fields: fields.update(suite="S0")).build()
    raised = heading(sender="t512021106a")
    yield "below-agreed-version", "E_DOWNGRADE", craft(heading=raised, signer="raised").build()


def newer(fields: dict[str, Any]) -> None:
    """Makes the manifest look like one of format 2, with a key unknown today."""
    fields.update(version=2, min_reader=2, novelty=True)


def manifests() -> Iterator[Vector]:
    """Signed manifests that no honest program writes."""
    rewrites: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
        "white-space": ("E_JSON_CANON", lambda text: text.replace(b'":', b'": ')),
        "unsorted": ("E_JSON_CANON", lambda text: b'{"version":1,' + text[1:].replace(b',"version":1}', b"}")),
        "key-twice": ("E_JSON_DUPKEY", lambda text: text.replace(b'"version":1}', b'"version":1,"version":1}')),
        "float": ("E_JSON_NUMBER", lambda text: text.replace(b'"version":1}', b'"version":1.0}')),
        "exponent": ("E_JSON_NUMBER", lambda text: text.replace(b'"version":1}', b'"version":1e0}')),
        "minus-zero": ("E_JSON_NUMBER", lambda text: text.replace(b'"len":5123', b'"len":-0')),
        "endless-integer": ("E_JSON_NUMBER", lambda text: text.replace(b'"len":5123', b'"len":' + b"9" * 5000)),
        "not-a-number": ("E_JSON_NUMBER", lambda text: text.replace(b'"len":5123', b'"len":NaN')),
        "byte-order-mark": ("E_JSON_STRING", lambda text: b"\xef\xbb\xbf" + text),
        "bad-utf8": ("E_UTF8", lambda text: text.replace(b'"about":"', b'"about":"\xc0\xaf')),
        "surrogate": ("E_JSON_STRING", lambda text: text.replace(b'"about":"', b'"about":"\\ud800')),
        "nul": ("E_JSON_STRING", lambda text: text.replace(b'"about":"', b'"about":"\\u0000')),
        "right-to-left": ("E_JSON_STRING", lambda text: text.replace(b'"about":"', '"about":"\u202e'.encode())),
        "decomposed": ("E_JSON_NFC", lambda text: text.replace(b'"about":"', '"about":"e\u0301'.encode())),
        "nested": ("E_JSON_DEPTH", lambda text: text.replace(b'"crit":[]', b'"crit":' + b"[" * 100 + b"]" * 100)),
        "very-nested": ("E_JSON_DEPTH", lambda _text: b'{"a":' + b"[" * 90_000 + b"]" * 90_000 + b"}"),
        "bad-key": ("E_JSON_KEY", lambda text: text.replace(b'"ext":{}', b'"ext":{"A B":1}')),
        "not-json": ("E_JSON", lambda text: text[:-1]),
        "huge": ("E_SIZE", lambda text: text.replace(b'"about":"', b'"about":"' + b"x" * 300_000)),
    }
    for name, (status, rewrite) in rewrites.items():
        yield f"manifest-{name}", status, craft(manifest=rewrite).build()
    edits: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
        "extra-key": ("E_MANIFEST", lambda fields: fields.update(extra=1)),
        "missing-key": ("E_MANIFEST", lambda fields: fields.pop("audit")),
        "true-as-number": ("E_MANIFEST", lambda fields: fields["counts"].update(records=True)),
        "negative-count": ("E_MANIFEST", lambda fields: fields["counts"].update(records=-1)),
        "first-with-previous": ("E_MANIFEST", lambda fields: fields["chain"].update(prev="1" * 64)),
        "impossible-day": ("E_MANIFEST", lambda fields: fields.update(created_at="2026-02-30T00:00:00Z")),
        "other-type": ("E_TYPE", lambda fields: fields.update(type="receipt")),
        "other-format": ("E_MANIFEST", lambda fields: fields.update(format="zip")),
        "too-many-records": ("E_LIMIT", lambda fields: fields["counts"].update(records=10**9)),
        "other-key": ("E_SENDER", lambda fields: fields["sender"].update(key="SHA256:" + "A" * 43)),
        "payload-size-lies": ("E_PAYLOAD_SIZE", lambda fields: fields["payload"].update(bytes=1)),
        "plain-size-small": ("E_LIMIT", lambda fields: fields["payload"].update(plain_bytes=2048)),
        "plain-size-large": ("E_COUNT", lambda fields: fields["payload"].update(plain_bytes=10**6)),
    }
    for name, (status, edit) in edits.items():
        yield f"manifest-{name}", status, craft(edit=edit).build()
    tomorrow = heading(created_at=shop.NOW.replace(month=12))
    yield "made-in-the-future", "E_CLOCK_FUTURE", craft(heading=tomorrow).build()


def inners() -> Iterator[Vector]:
    """Inner archives that would harm a careless reader."""
    hello = member("hello", b"hello")
    for name, path in (
        ("escaping", "../../etc/cron.d/x"),
        ("absolute", "/etc/passwd"),
        ("device", "att/NUL"),
        ("drive", "att/c:x"),
        ("unknown", "readme.txt"),
        ("upper-case", "RECORDS/000001.jsonl.gz"),
    ):
        yield f"inner-name-{name}", "E_INNER_NAME", craft(parts={path: b"x"}).build()
    ends = len(END)
    mangles: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
        "link": ("E_INNER", lambda tar: tar[:-ends] + hello[:156] + b"2" + hello[157:] + END),
        "negative-size": ("E_INNER", lambda tar: tar[:-ends] + hello[:124] + b"\xff" * 12 + hello[136:] + END),
        "junk-after-end": ("E_INNER", lambda tar: tar + b"junk"),
        "end-missing": ("E_INNER", lambda tar: tar[:-ends]),
        "one-end-block": ("E_INNER", lambda tar: tar[:-512]),
        "padding-used": ("E_INNER", lambda tar: tar[: -ends - 1] + b"x" + END),
        "header-missing": ("E_INNER_ORDER", lambda tar: tar[header_length(tar) :]),
        "header-twice": ("E_INNER_DUP", lambda tar: tar[: header_length(tar)] + tar),
        "part-twice": ("E_INNER_DUP", lambda tar: tar[:-ends] + tar[header_length(tar) :]),
    }
    for name, (status, mangle) in mangles.items():
        yield f"inner-{name}", status, craft(archive=mangle).build()
    hole = craft(parts={"records/000002.jsonl.gz": shop.gzipped(LINES)})
    yield "inner-part-hole", "E_INNER_ORDER", hole.build()
    yield "header-not-canonical", "E_JSON_CANON", craft(archive=spaced_header).build()


def header_length(tar: bytes) -> int:
    """Returns how many bytes the first member takes."""
    size = int(tar[124:135], 8)
    return 512 + size + (-size % 512)


def spaced_header(tar: bytes) -> bytes:
    """Puts a blank into header.json."""
    length = header_length(tar)
    content = tar[512 : 512 + int(tar[124:135], 8)].replace(b'":', b'": ', 1)
    return member_header("header.json", len(content)) + content + bytes(-len(content) % 512) + tar[length:]


def record_lines() -> Iterator[Vector]:
    """Parts and lines that no honest program writes."""
    whole = b"".join(line + b"\n" for line in LINES)
    packed = gzip.compress(whole, mtime=0)
    bomb = gzip.compress(bytes(40 * 2**20), 9, mtime=0)
    many = gzip.compress(b"\n" * 10_000_000, 9, mtime=0)
    unknown = LINES[0].replace(b'"op":"put"', b'"op":"merge"')
    wider = LINES[0].replace(b'"t":', b'"su":1,"t":')
    raw_parts = {
        "gzip-bomb": ("E_BOMB", bomb),
        "gzip-many-lines": ("E_COUNT", many),
        "gzip-two-members": ("E_GZIP", packed + packed),
        "gzip-truncated": ("E_GZIP", packed[:-4]),
        "gzip-missing": ("E_GZIP", whole),
        "line-unfinished": ("E_REC_LINE", gzip.compress(whole[:-1], mtime=0)),
        "line-empty": ("E_JSON", gzip.compress(LINES[0] + b"\n\n" + LINES[1] + b"\n", mtime=0)),
        "line-crlf": ("E_JSON_STRING", gzip.compress(whole.replace(b"\n", b"\r\n"), mtime=0)),
        "line-endless": ("E_REC_LINE", gzip.compress(b'{"a":"' + b"x" * 300_000 + b'"}\n' * 3, mtime=0)),
        "line-bad-utf8": ("E_UTF8", gzip.compress(whole.replace("王".encode(), b"\xff"), mtime=0)),
    }
    for name, (status, part) in raw_parts.items():
        yield name, status, craft(parts={PART: part}).build()
    yield "record-twice", "E_REC_DUP", craft(lines=[*LINES, LINES[0]]).build()
    yield "record-unknown-operation", "E_REC_SCHEMA", craft(lines=[unknown]).build()
    yield "record-extra-key", "E_REC_SCHEMA", craft(lines=[wider]).build()
    yield "count-too-high", "E_COUNT", craft(counts=(4, 0)).build()
    yield "count-too-low", "E_COUNT", craft(counts=(2, 0)).build()


def attached() -> Iterator[Vector]:
    """Attachments that do not fit their records."""
    name = hashlib.sha256(PICTURE).hexdigest()
    for label, status, size, content, counted in (
        ("good-attachment", "OK", len(PICTURE), PICTURE, 1),
        ("attachment-changed", "E_ATT_HASH", len(PICTURE), PICTURE + b"\0", 1),
        ("attachment-other-size", "E_ATT_SIZE", 7, PICTURE, 1),
        ("attachment-not-counted", "E_COUNT", len(PICTURE), PICTURE, 0),
        ("attachment-missing", "E_ATT_MISSING", len(PICTURE), PICTURE, 2),
    ):
        line = with_picture(name, size)
        parts = {PART: shop.gzipped([line]), f"att/{name}": content}
        yield label, status, craft(lines=[line], parts=parts, counts=(1, counted)).build()
    parts = {PART: shop.gzipped(LINES), f"att/{name}": PICTURE}
    yield "attachment-unreferenced", "E_ATT_UNREFERENCED", craft(parts=parts, counts=(3, 1)).build()
    program = b"MZ" + bytes(200)
    other = hashlib.sha256(program).hexdigest()
    line = with_picture(other, len(program))
    parts = {PART: shop.gzipped([line]), f"att/{other}": program}
    yield "attachment-program", "E_REC_SCHEMA", craft(lines=[line], parts=parts, counts=(1, 1)).build()


def with_picture(sha256: str, size: int) -> bytes:
    """Returns the line of a record with one picture."""
    reference = AttachmentRef(sha256, size, "image/jpeg", "照片.jpg")
    when = "2026-11-19T16:20:00+08:00"
    return Put("person", shop.identity(1), 1, None, when, "王芳", "李强", {"name": "张玉珍"}, (reference,)).line


def ages() -> Iterator[Vector]:
    """Encrypted parts that are not what the format allows."""
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
    for count in (60, 4000):
        flood = b"age-encryption.org/v1\n" + stanza * count + b"--- " + b"C" * 43 + b"\n" + bytes(64)
        yield f"age-{count}-stanzas", "E_AGE_HEADER", craft(payload=lambda _own, flood=flood: flood).build()
    secret = pyrage.passphrase.encrypt(b"hello", "a passphrase")
    yield "age-passphrase", "E_AGE_HEADER", craft(payload=lambda _own: secret).build()
    yield "age-armoured", "E_AGE_HEADER", craft(payload=armoured).build()
    yield "age-cut", "E_DECRYPT", craft(payload=lambda own: own[:-30]).build()
    yield "age-not-age", "E_AGE_HEADER", craft(payload=lambda _own: zlib.compress(bytes(1000))).build()


def armoured(own: bytes) -> bytes:
    """Returns an age file in text form with CRLF line ends."""
    text = base64.b64encode(own)
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return b"\r\n".join([b"-----BEGIN AGE ENCRYPTED FILE-----", *lines, b"-----END AGE ENCRYPTED FILE-----", b""])


if __name__ == "__main__":
    main()
