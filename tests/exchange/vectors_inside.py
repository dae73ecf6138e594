"""Vectors that only the one who can open them can judge: manifests, archive, lines, attachments, encryption."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import package_workshop as shop
import pyrage
from package_workshop import craft, heading, member

from anyue_desktop.exchange.records import AttachmentRef, Put
from anyue_desktop.exchange.ustar import END, member_header

Vector = tuple[str, str, bytes] | tuple[str, str, bytes, dict[str, Any]]  # name, status, file, chain state
LINES = [one.line for one in shop.sample_records()]
PICTURE = b"\xff\xd8\xff\xe0" + bytes(200)
PART = "records/000001.jsonl.gz"


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


MAKERS = (manifests, inners, record_lines, attached, ages)
