"""The closed list of outcomes is complete, and every outcome speaks to a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import anyue_desktop
from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.status import Group, Status

PROGRAM = Path(anyue_desktop.__file__).parent
SOURCES = [*PROGRAM.glob("exchange/*.py"), *PROGRAM.glob("services/*.py")]

PROMISED = re.findall(
    r"\S+",
    """
OK E_TRUNCATED E_CONTAINER E_PAYLOAD_SIZE E_PAYLOAD_HASH E_SIZE E_SIG_FORMAT E_SIG_BAD E_KEY_UNKNOWN
E_KEY_REVOKED E_KEY_EXPIRED E_KEY_NOT_YET E_CLOCK_BEHIND E_CLOCK_FUTURE E_UTF8 E_JSON E_JSON_CANON E_JSON_DUPKEY
E_JSON_KEY E_JSON_NUMBER E_JSON_STRING E_JSON_NFC E_JSON_DEPTH E_MANIFEST E_TYPE E_VERSION_NEWER E_SCHEMA_NEWER E_CRIT
E_DOWNGRADE E_SUITE E_SENDER E_BINDING E_RECIPIENT E_DECRYPT E_AGE_HEADER E_LIMIT E_BOMB E_REPLAY E_GAP E_FORK E_PREV
E_CHAIN_UNKNOWN E_DELETIONS E_INNER E_INNER_NAME E_INNER_ORDER E_INNER_DUP E_GZIP E_COUNT E_REC_LINE E_REC_SCHEMA
E_REC_DUP E_ATT_HASH E_ATT_SIZE E_ATT_MISSING E_ATT_UNREFERENCED E_TRUST_ROLLBACK E_TRUST_FORK E_TRUST_EXPIRED
E_TRUST_COUNTY E_ENROL_DIGITS E_UNLOCK_DIGITS
E_ENROL_DUPKEY E_ENROL_SITE E_ACK_FORK E_ACK_UNKNOWN E_USB_SPACE E_USB_WRITE E_USB_READBACK E_USB_READ R_DUP_PERSON
R_FORK R_STALE R_PREV_UNKNOWN R_NOT_OWNER R_TOWNSHIP R_SELF_REVIEW R_ATT_MISSING R_SCHEMA R_RULE
""",
)


def test_the_list_holds_every_promised_code_and_no_other() -> None:
    assert sorted(Status.__members__) == sorted(PROMISED)


@pytest.mark.parametrize("status", Status)
def test_every_code_has_a_sentence_and_a_next_step_in_chinese(status: Status) -> None:
    for text in (status.sentence, status.next_step):
        assert re.search(r"[\u4e00-\u9fff]{2}", text)
        assert not re.search(r"JSON|ZIP|gzip|UTF|hash|manifest", text, re.IGNORECASE)
    assert status.group in Group


def test_no_two_codes_say_the_same() -> None:
    assert len({status.sentence for status in Status}) == len(PROMISED)


def test_every_code_of_a_file_that_is_raised_is_in_the_list_and_every_one_of_the_list_is_raised() -> None:
    raised = {code for path in SOURCES for code in re.findall(r"Status\.(E_[A-Z0-9_]+)", path.read_text("utf-8"))}
    ours = {code for code in PROMISED if code.startswith("E_")}
    assert raised == ours


def test_a_refusal_carries_code_sentence_value_seen_and_next_step() -> None:
    refused = Status.E_GAP.refusal("缺少第 3 包")
    assert isinstance(refused, Refused)
    assert (refused.status, refused.message) == ("E_GAP", "前面还有没收到的上报包（缺少第 3 包）")
    assert refused.hint == Status.E_GAP.next_step


def test_the_published_table_is_this_list() -> None:
    document = Path(__file__).resolve().parents[2] / "docs" / "package-format.md"
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| (.+?) \|$", document.read_text("utf-8"), re.MULTILINE)
    assert rows == [(status.name, status.group.value, status.sentence, status.next_step) for status in Status]
