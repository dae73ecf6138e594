"""Percentages never claim what is not so (registers.md F.5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.indicators.kinds import SHARE, Kind

NUMBERS = st.integers(0, 2_000_000)


@given(NUMBERS, st.integers(1, 2_000_000))
def test_a_share_is_all_or_nothing_only_when_it_is(numerator: int, denominator: int) -> None:
    exact = SHARE.exact(numerator, denominator)
    assert exact is not None
    shown = SHARE.shown(exact)
    assert (shown == 100) == (numerator == denominator)
    assert (shown == 0) == (numerator == 0)
    assert shown == shown.quantize(Decimal("0.1"))
    assert abs(Fraction(shown) - Fraction(numerator * 100, denominator)) <= Fraction(1, 10)


@given(NUMBERS, st.integers(1, 2_000_000), st.integers(1, 100))
def test_a_value_is_shown_as_its_target_only_when_it_reaches_it(numerator: int, denominator: int, target: int) -> None:
    exact = SHARE.exact(numerator, denominator)
    assert exact is not None
    reached = SHARE.reached(numerator, denominator, Decimal(target))
    assert reached == (numerator * 100 >= target * denominator)
    assert (SHARE.shown(exact, Decimal(target)) >= target) == reached


@given(NUMBERS, st.integers(1, 2_000_000), st.integers(1, 100), st.sampled_from([SHARE, Kind(1000, 2), Kind(100, 1)]))
def test_what_is_missing_is_the_least_that_reaches_the_target(
    numerator: int, denominator: int, target: int, kind: Kind
) -> None:
    missing = kind.missing(numerator, denominator, Decimal(target))
    assert kind.reached(numerator + missing, denominator, Decimal(target))
    assert missing == 0 or not kind.reached(numerator + missing - 1, denominator, Decimal(target))


def test_nothing_to_divide_by_gives_no_value() -> None:
    assert SHARE.exact(0, 0) is None
    assert SHARE.exact(3, None) is None
