"""Replay, gap, fork and a foreign chain are told apart, whatever the order of arrival."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import package_workshop as shop
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.chain import ChainState, check_chain, check_rising
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.exchange.shape import NO_HASH


def status(state: ChainState | None, heading: Heading, digest: str) -> str:
    try:
        check_chain(state, heading, digest)
    except Refused as refused:
        return refused.status
    return "OK"


@dataclass
class Laptop:
    """Sends packages; can be cloned and restored to an earlier state."""

    chain: str = shop.CHAIN
    sequence: int = 0
    previous: str = NO_HASH
    sent: list[tuple[Heading, str]] = field(default_factory=list)

    def send(self, salt: int) -> tuple[Heading, str]:
        self.sequence += 1
        heading = shop.heading(chain_id=self.chain, sequence=self.sequence, previous=self.previous)
        self.previous = hashlib.sha256(f"{self.chain}{self.sequence}{self.previous}{salt}".encode()).hexdigest()
        self.sent.append((heading, self.previous))
        return self.sent[-1]


def expected(known: list[str], heading: Heading, digest: str) -> str:
    """What a person with the list of received hashes would say."""
    if heading.chain_id != shop.CHAIN:
        return "E_CHAIN_UNKNOWN"
    if heading.sequence <= len(known):
        return "E_REPLAY" if known[heading.sequence - 1] == digest else "E_FORK"
    if heading.sequence > len(known) + 1:
        return "E_GAP"
    return "OK" if heading.previous == (known[-1] if known else NO_HASH) else "E_PREV"


@given(st.lists(st.sampled_from(["send", "clone", "lose", "replay", "restore", "other"]), max_size=30), st.randoms())
def test_any_history_of_sending_losing_cloning_and_restoring_is_judged_like_the_model(
    acts: list[str], chance: object
) -> None:
    laptop, known, salt = Laptop(), [], 0
    state = ChainState(shop.CHAIN)
    for act in acts:
        salt += 1
        clone = Laptop(laptop.chain, laptop.sequence, laptop.previous)
        if act == "lose":
            laptop.send(salt)
            continue
        if act == "restore":
            laptop.sequence, laptop.previous = max(0, laptop.sequence - 1), NO_HASH
            continue
        if act == "replay" and laptop.sent:
            heading, digest = chance.choice(laptop.sent)  # type: ignore[attr-defined]
        elif act == "other":
            heading, digest = Laptop(shop.OTHER_CHAIN).send(salt)
        else:
            heading, digest = (clone if act == "clone" else laptop).send(salt)
        found = status(state, heading, digest)
        assert found == expected(known, heading, digest)
        if found == "OK":
            known.append(digest)
            state = ChainState(shop.CHAIN, dict(enumerate(known, 1)))


def test_the_first_package_of_an_unknown_site_may_begin_any_chain() -> None:
    assert status(None, shop.heading(chain_id=shop.OTHER_CHAIN), "a" * 64) == "OK"
    assert status(None, shop.heading(sequence=2, previous="b" * 64), "a" * 64) == "E_GAP"


def test_the_missing_numbers_are_named() -> None:
    state = ChainState(shop.CHAIN, {1: "a" * 64})
    for sequence, words in ((3, "缺少第 2 包"), (9, "缺少第 2 至第 8 包")):
        try:
            check_chain(state, shop.heading(sequence=sequence, previous="b" * 64), "c" * 64)
        except Refused as refused:
            assert words in refused.message


def test_a_package_of_a_closed_chain_is_a_harmless_replay() -> None:
    state = ChainState(shop.OTHER_CHAIN, {1: "a" * 64}, frozenset({"c" * 64}))
    assert status(state, shop.heading(), "c" * 64) == "E_REPLAY"
    assert status(state, shop.heading(), "d" * 64) == "E_CHAIN_UNKNOWN"


def test_a_whole_package_begins_a_new_chain_and_closes_the_one_before() -> None:
    state = ChainState(shop.CHAIN, {1: "a" * 64})
    fresh = {"chain_id": shop.OTHER_CHAIN, "sequence": 2, "previous": "a" * 64}
    assert status(state, shop.heading(**fresh, kind="full"), "d" * 64) == "OK"
    assert status(state, shop.heading(**fresh), "d" * 64) == "E_CHAIN_UNKNOWN"
    assert status(None, shop.heading(**fresh, kind="full"), "d" * 64) == "OK"
    after = ChainState(shop.OTHER_CHAIN, {2: "d" * 64}, frozenset({"a" * 64}), frozenset({shop.CHAIN}))
    for kind in ("incremental", "full"):
        going_on = shop.heading(sequence=2, previous="a" * 64, kind=kind)
        assert status(after, going_on, "e" * 64) == "E_FORK"
    assert status(after, shop.heading(**fresh, kind="full"), "f" * 64) == "E_FORK"


def test_receipts_may_skip_numbers_but_never_go_back() -> None:
    check_rising(3, shop.receipt_heading(sequence=7, previous="a" * 64))
    for last in (7, 8):
        try:
            check_rising(last, shop.receipt_heading(sequence=7, previous="a" * 64))
        except Refused as refused:
            assert refused.status == "E_REPLAY"
        else:
            raise AssertionError("an old receipt was taken in")
