"""The order of a site's packages: replay, gap, fork and a foreign chain are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from anyue_desktop.exchange import shape
from anyue_desktop.exchange.manifest import FULL, Heading
from anyue_desktop.exchange.status import Status


@dataclass(frozen=True)
class ChainState:
    """What the receiver knows of a sender's chain.

    Attributes:
        id: the chain's UUIDv7.
        digests: package hash by sequence, for every package that advanced the chain.
        former: package hashes of the sender's earlier chains, so that their replay stays harmless.
        closed: ids of the sender's earlier chains, which go on no more.
    """

    id: str
    digests: Mapping[int, str] = field(default_factory=dict)
    former: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    @cached_property
    def last(self) -> int:
        """The newest sequence, 0 for a chain that has only been agreed upon."""
        return max(self.digests, default=0)

    @property
    def head(self) -> str:
        """The package hash the next package must name."""
        return self.digests.get(self.last, shape.NO_HASH)


def check_chain(state: ChainState | None, heading: Heading, digest: str) -> None:
    """Judges the next package of a site against its chain.

    Raises:
        Refused: `E_REPLAY`, `E_FORK`, `E_GAP`, `E_PREV` or `E_CHAIN_UNKNOWN`.
    """
    if state is None:
        state = ChainState("" if heading.kind == FULL else heading.chain_id)
    if digest in state.former:
        raise Status.E_REPLAY.refusal(f"第 {heading.sequence} 包")
    if heading.chain_id != state.id:
        _check_beginning(state, heading)
        return
    if heading.sequence <= state.last:
        known = state.digests.get(heading.sequence) == digest
        raise (Status.E_REPLAY if known else Status.E_FORK).refusal(f"第 {heading.sequence} 包")
    if heading.sequence > state.last + 1:
        raise Status.E_GAP.refusal(_missing(state.last + 1, heading.sequence - 1))
    if heading.previous != state.head:
        raise Status.E_PREV.refusal(f"第 {heading.sequence} 包")


def _check_beginning(state: ChainState, heading: Heading) -> None:
    """A restored laptop begins a new chain with a full package; whoever goes on with the old one is another copy."""
    if heading.chain_id in state.closed:
        raise Status.E_FORK.refusal(f"第 {heading.sequence} 包接在已经停用的编号后面")
    if heading.kind != FULL:
        raise Status.E_CHAIN_UNKNOWN.refusal(f"第 {heading.sequence} 包")


def check_rising(last: int, heading: Heading) -> None:
    """Judges a receipt: its sequence must rise, gaps are allowed because receipts are cumulative (`E_REPLAY`)."""
    if heading.sequence <= last:
        raise Status.E_REPLAY.refusal(f"回执第 {heading.sequence} 号，已接收到第 {last} 号")


def _missing(first: int, last: int) -> str:
    return f"缺少第 {first} 包" if first == last else f"缺少第 {first} 至第 {last} 包"
