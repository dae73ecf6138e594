from __future__ import annotations

import gc

import pytest

from anyue_desktop.core.collecting import collecting_seldom
from anyue_desktop.core.remembered import Remembered


def test_a_question_is_asked_once() -> None:
    asked: list[str] = []
    known = Remembered(lambda value: asked.append(value) or f"<{value}>")
    assert [known["a"], known["b"], known["a"]] == ["<a>", "<b>", "<a>"]
    assert asked == ["a", "b"]


def test_what_is_kept_is_bounded() -> None:
    known = Remembered(str, most=3)
    for number in range(100):
        assert known[number] == str(number)
        assert len(known) <= 3


def test_a_question_that_failed_is_asked_again() -> None:
    known = Remembered(int)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            known["甲"]
    assert not known


@pytest.mark.parametrize("raised", [None, ValueError])
def test_the_collector_goes_back_to_its_habit(raised: type[Exception] | None) -> None:
    usual = gc.get_threshold()
    try:
        with collecting_seldom():
            assert gc.get_threshold()[0] > usual[0]
            if raised:
                raise raised
    except ValueError:
        pass
    assert gc.get_threshold() == usual
