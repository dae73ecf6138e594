from __future__ import annotations

import errno
import re

import pytest

from anyue_desktop.db.status import SENTENCES, Status, unusable, unusable_disk


def test_every_status_has_its_own_sentence_and_a_next_step() -> None:
    assert set(SENTENCES) == set(Status)
    messages = [message for message, _ in SENTENCES.values()]
    assert len(set(messages)) == len(messages)
    for message, hint in SENTENCES.values():
        assert re.search("[\u4e00-\u9fff]", message)
        assert re.search("[\u4e00-\u9fff]", hint)


@pytest.mark.parametrize("status", list(Status))
def test_an_error_carries_status_sentence_and_what_was_seen(status: Status) -> None:
    error = unusable(status, "第3条")
    assert error.status == status.value
    assert error.status.startswith("E_")
    assert "第3条" in error.message
    assert error.hint == SENTENCES[status][1]


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (errno.ENOSPC, Status.WORKSPACE_FULL),
        (errno.EROFS, Status.WORKSPACE_READONLY),
        (errno.EACCES, Status.WORKSPACE_READONLY),
        (errno.ENOENT, Status.WORKSPACE_MISSING),
        (errno.EIO, Status.WORKSPACE_DISK),
    ],
)
def test_what_the_disk_says_becomes_a_status(number: int, status: Status) -> None:
    assert unusable_disk(OSError(number, "x")).status == status
