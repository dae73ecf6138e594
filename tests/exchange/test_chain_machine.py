"""Packages sent, lost, replayed, reordered, damaged; laptops restored from backups and cloned: against a model.

The model knows packages by their number alone and laptops by what they remember; it computes no hash. The files are
real ones, and the county is the product's reader over the lightest possible store.
"""

from __future__ import annotations

import copy
import os
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import package_workshop as shop
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.package import open_package, write_package
from anyue_desktop.exchange.receipt import open_receipt, write_receipt
from anyue_desktop.exchange.receipt_lines import Acknowledgement
from anyue_desktop.exchange.records import Put
from anyue_desktop.exchange.shape import NO_HASH

AT = "2026-11-19T16:20:00+08:00"
PEOPLE = 3


@dataclass
class Laptop:
    """What one laptop remembers; a clone or a backup is a copy of it."""

    sequence: int = 0
    previous: str = NO_HASH
    outbox: dict[int, str] = field(default_factory=dict)  # sequence → hash
    sent: dict[int, int] = field(default_factory=dict)  # sequence → number of the package; the model's
    last_receipt: int = 0

    def take_over(self, other: Laptop) -> None:
        self.__dict__.update(copy.deepcopy(other.__dict__))


@dataclass(frozen=True)
class Sent:
    """A package as the model sees it."""

    number: int
    sequence: int
    parent: int | None  # the package the laptop believed to be the one before
    person: int
    value: int
    content: bytes
    digest: str


class County:
    """The product's reader over a dictionary: what a package holds, or nothing of it, is taken in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state, self.people = folder, ChainState(shop.CHAIN), dict[str, int]()

    def receive(self, content: bytes) -> str:
        path = self.folder / "arrived.tpkg"
        path.write_bytes(content)
        try:
            package = open_package(path, shop.DESK, lambda _site: self.state if self.state.digests else None)
            records = list(package.records())
        except Refused as refused:
            return refused.status
        number = package.manifest.heading.sequence
        self.state = ChainState(shop.CHAIN, {**self.state.digests, number: package.digest})
        self.people.update({one.id: int(one.data["name"]) for one in records if isinstance(one, Put)})
        return "OK"


class Exchange(RuleBasedStateMachine):
    """One county and as many copies of one laptop as chance makes."""

    laptops, backups, packages, receipts = (Bundle(name) for name in ("laptops", "backups", "packages", "receipts"))

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.county = County(self.folder)
        self.numbers, self.answers = 0, 0
        self.accepted: list[Sent] = []

    def teardown(self) -> None:
        self.place.cleanup()

    @initialize(target=laptops)
    def first_laptop(self) -> Laptop:
        return Laptop()

    @rule(target=packages, laptop=laptops, person=st.integers(0, PEOPLE - 1))
    def send(self, laptop: Laptop, person: int) -> Sent:
        """Whether it ever arrives is another rule's: a package that no rule delivers is lost."""
        self.numbers += 1
        parent = laptop.sent.get(laptop.sequence)
        laptop.sequence += 1
        record = Put("person", shop.identity(person), 1, None, AT, "王芳", "李强", {"name": str(self.numbers)})
        heading = shop.heading(
            sequence=laptop.sequence, previous=laptop.previous, package_id=shop.identity(0xA000 + self.numbers)
        )
        sealed = write_package(self.folder / "sent.tpkg", heading, [record], shop.signing("site"))
        laptop.previous = laptop.outbox[laptop.sequence] = sealed.digest
        laptop.sent[laptop.sequence] = self.numbers
        content = sealed.path.read_bytes()
        return Sent(self.numbers, laptop.sequence, parent, person, self.numbers, content, sealed.digest)

    @rule(target=packages, laptop=laptops, person=st.integers(0, PEOPLE - 1))
    def send_and_deliver(self, laptop: Laptop, person: int) -> Sent:
        package = self.send(laptop, person)
        self.deliver(package)
        return package

    @rule(target=laptops, laptop=laptops)
    def clone(self, laptop: Laptop) -> Laptop:
        return copy.deepcopy(laptop)

    @rule(target=backups, laptop=laptops)
    def back_up(self, laptop: Laptop) -> Laptop:
        return copy.deepcopy(laptop)

    @rule(laptop=laptops, backup=backups)
    def restore(self, laptop: Laptop, backup: Laptop) -> None:
        laptop.take_over(backup)

    @rule(package=packages)
    def deliver(self, package: Sent) -> None:
        """In any order, any number of times."""
        expected = self.expected(package)
        assert self.county.receive(package.content) == expected
        if expected == "OK":
            self.accepted.append(package)

    @rule(package=packages, place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
    def deliver_damaged(self, package: Sent, place: float, bit: int) -> None:
        changed = bytearray(package.content)
        changed[int(len(changed) * place)] ^= 1 << bit
        assert self.county.receive(bytes(changed)) != "OK"

    def expected(self, package: Sent) -> str:
        """What a person with a list of the packages taken in would say."""
        if package in self.accepted:
            return "E_REPLAY"
        if package.sequence <= len(self.accepted):
            return "E_FORK"
        if package.sequence > len(self.accepted) + 1:
            return "E_GAP"
        return "OK" if package.parent == (self.accepted[-1].number if self.accepted else None) else "E_PREV"

    @rule(target=receipts)
    def answer(self) -> tuple[int, int, bytes]:
        """Returns the receipt's number, how many packages it acknowledges, and its bytes."""
        self.answers += 1
        lines = [Acknowledgement(shop.CHAIN, one.sequence, one.digest, "accepted", 1, 0, AT) for one in self.accepted]
        previous = NO_HASH if self.answers == 1 else "ab" * 32
        heading = shop.receipt_heading(sequence=self.answers, previous=previous)
        sealed = write_receipt(self.folder / "answer.tpkg", heading, lines, shop.signing("receipt"))
        return self.answers, len(lines), sealed.path.read_bytes()

    @rule(laptop=laptops, receipt=receipts)
    def take_receipt(self, laptop: Laptop, receipt: tuple[int, int, bytes]) -> None:
        number, count, content = receipt
        path = self.folder / "r.tpkg"
        path.write_bytes(content)
        try:
            open_receipt(path, shop.site_desk(), laptop.last_receipt, lambda _chain, one: laptop.outbox.get(one))
            found = "OK"
        except Refused as refused:
            found = refused.status
        assert found == self.expected_of_receipt(laptop, number, count)
        if found == "OK":
            laptop.last_receipt = number

    def expected_of_receipt(self, laptop: Laptop, number: int, count: int) -> str:
        if number <= laptop.last_receipt:
            return "E_REPLAY"
        for one in self.accepted[:count]:
            if one.sequence not in laptop.sent:
                return "E_ACK_UNKNOWN"
            if laptop.sent[one.sequence] != one.number:
                return "E_ACK_FORK"
        return "OK"

    @invariant()
    def the_county_has_what_the_accepted_packages_hold_and_nothing_else(self) -> None:
        assert self.county.people == {shop.identity(one.person): one.value for one in self.accepted}
        assert self.county.state.digests == {one.sequence: one.digest for one in self.accepted}


class TestAnyHistoryOfTheExchange(Exchange.TestCase):  # type: ignore[misc]
    """Run by pytest: the machine under hypothesis."""

    settings = settings(
        max_examples=30 * int(os.environ.get("ATTACK", "1")),
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


def test_a_sequence_that_is_left_out_is_not_made_good_by_a_later_one(tmp_path: Path) -> None:
    """The shortest history with a gap, as an example of what the machine finds."""
    machine = Exchange()
    laptop = machine.first_laptop()
    first, second = machine.send(laptop, 0), machine.send(laptop, 1)
    assert machine.county.receive(second.content) == "E_GAP"
    machine.deliver(first)
    machine.deliver(replace(second))
    assert len(machine.county.people) == 2
    machine.teardown()
