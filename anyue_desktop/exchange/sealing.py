"""age v1 encryption of a stream, and its bounded decryption."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Generator, Iterable, Sequence
from typing import Protocol

import pyrage

from anyue_desktop.exchange.box_key import BoxKey, recipient_of
from anyue_desktop.exchange.limits import KIB, LIMITS
from anyue_desktop.exchange.status import Status

FIRST_LINE = b"age-encryption.org/v1\n"
MAC_LINE = b"\n--- "
MOST_GREASE = 2  # stanzas some age programs add to keep readers honest
_CHUNK = 256 * KIB
_WAITING = 8  # chunks between the decrypting thread and the reader


class Sink(Protocol):
    """Takes ciphertext."""

    def write(self, chunk: bytes, /) -> object:
        """Takes the next bytes."""


class ChunkReader:
    """Reads exact lengths from pieces of any length."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = bytearray()

    def read(self, length: int) -> bytes:
        """Returns `length` bytes, fewer only at the end."""
        while len(self._held) < length:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._held += chunk
        found = bytes(self._held[:length])
        del self._held[:length]
        return found


class _Source:
    """Lets pyrage read, and keeps the first failure: pyrage would show it as its own."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._reader = ChunkReader(chunks)
        self.failure: BaseException | None = None

    def read(self, length: int) -> bytes:
        try:
            return self._reader.read(length)
        except BaseException as error:
            self.failure = error
            raise


def seal(chunks: Iterable[bytes], target: Sink, recipients: Sequence[str]) -> None:
    """Encrypts a stream to all recipients (`age1…`)."""
    source = _Source(chunks)
    try:
        pyrage.encrypt_io(source, target, [recipient_of(one) for one in recipients])
    except pyrage.EncryptError:
        if source.failure:
            raise source.failure from None
        raise


def check_age_header(start: bytes, recipients: int) -> None:
    """Refuses an unusual age header before a parser with quadratic cost sees it (`E_AGE_HEADER`).

    Args:
        start: the first bytes of the payload; the header must end within `LIMITS.age_header`.
        recipients: how many X25519 recipients the manifest names.
    """
    start = start[: LIMITS.age_header]
    end = start.find(MAC_LINE)
    if not start.startswith(FIRST_LINE) or end < 0:
        raise Status.E_AGE_HEADER.refusal()
    kinds = [line.split(b" ")[1] for line in start[:end].split(b"\n") if line.startswith(b"-> ")]
    others = [kind for kind in kinds if kind != b"X25519"]
    if len(kinds) - len(others) != recipients:
        raise Status.E_AGE_HEADER.refusal(f"应有 {recipients} 个收件人，实有 {len(kinds) - len(others)} 个")
    if len(others) > MOST_GREASE or not all(kind.endswith(b"-grease") for kind in others):
        raise Status.E_AGE_HEADER.refusal("有未写明的收件人")


class _Abandoned(Exception):
    """The reader went away before the end."""


class _Pump:
    """Collects what pyrage pushes and hands it over to the reading thread in larger pieces."""

    def __init__(self) -> None:
        self.ready: queue.Queue[bytes | BaseException | None] = queue.Queue(_WAITING)
        self.abandoned = threading.Event()
        self._held = bytearray()

    def write(self, chunk: bytes) -> int:
        self._held += chunk
        if len(self._held) >= _CHUNK:
            self.flush()
        return len(chunk)

    def flush(self) -> None:
        self.put(bytes(self._held))
        self._held.clear()

    def put(self, item: bytes | BaseException | None) -> None:
        while not self.abandoned.is_set():
            with contextlib.suppress(queue.Full):
                return self.ready.put(item, timeout=0.1)
        raise _Abandoned


def opened(chunks: Iterable[bytes], keys: Sequence[BoxKey]) -> Generator[bytes, None, None]:
    """Decrypts a stream; what it gives is provisional until it is exhausted.

    pyrage pushes, a reader pulls: a thread stands between them and ends with this generator.

    Raises:
        Refused: `E_DECRYPT`: no key fits, or the stream is damaged or cut.
    """
    pump = _Pump()
    thread = threading.Thread(target=_decrypt, args=(chunks, keys, pump), name="age", daemon=True)
    thread.start()
    try:
        while (item := pump.ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        pump.abandoned.set()
        thread.join()


def _decrypt(chunks: Iterable[bytes], keys: Sequence[BoxKey], pump: _Pump) -> None:
    source = _Source(chunks)
    try:
        pyrage.decrypt_io(source, pump, [key.identity for key in keys])
        pump.flush()
        pump.put(None)
    except _Abandoned:
        return
    except BaseException as error:  # whatever ends this thread must reach the reader, who waits
        expected = isinstance(error, pyrage.DecryptError | pyrage.EncryptError | OSError)
        with contextlib.suppress(_Abandoned):
            pump.put(source.failure or (Status.E_DECRYPT.refusal() if expected else error))
