from __future__ import annotations

import pytest

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.passphrase import cautions, require_good, suggest_passphrase, words

UNIT = {"edition": "township", "code": "512021100000", "name": "安岳县岳阳镇"}


def test_a_suggested_passphrase_is_four_different_words_of_the_list_and_is_accepted() -> None:
    suggestions = {suggest_passphrase() for _ in range(50)}
    assert len(suggestions) > 45
    for suggestion in suggestions:
        assert len(set(suggestion.split("-"))) == 4
        assert set(suggestion.split("-")) <= words()
        require_good(suggestion, UNIT, "张三")


def test_the_word_list_holds_enough_words_of_two_characters() -> None:
    assert len(words()) >= 512
    assert all(len(word) == 2 for word in words())


@pytest.mark.parametrize(
    "text",
    [
        "山羊-水牛-黄牛-骏马",
        "山羊 水牛 黄牛 骏马",
        "山羊水牛黄牛骏马",
        "Zebra 走过 17 座桥",
        "门前大桥下，游过一群鸭子",
    ],
)
def test_a_good_passphrase_is_accepted(text: str) -> None:
    require_good(text, UNIT, "张三")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "太短"),
        ("abc!1234xyz", "太短"),
        ("山羊-水牛-黄牛", "太短"),
        ("512099194103071225", "身份证号"),
        ("身份证512099194103071225", "身份证号"),
        ("我的号码是５１２０９９１９４１０３０７１２２５", "身份证号"),
        ("我的电话13800000000号", "电话号码"),
        ("安岳县岳阳镇安岳县岳阳镇", "太容易猜到"),
        ("安岳县岳阳镇张三2026", "太容易猜到"),
        ("password123456", "太容易猜到"),
        ("qwertyuiopas", "太容易猜到"),
        ("1234567890123", "太容易猜到"),
        ("aaaaaaaabbbbbbbb", "太容易猜到"),
    ],
)
def test_a_passphrase_easy_to_guess_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason) as caught:
        require_good(text, UNIT, "张三")
    assert "四个词语" in caught.value.hint


def test_full_width_digits_are_pointed_out() -> None:
    assert "全角" in cautions("山羊走过１７座桥和河")[0]
    assert "空格" in cautions("Zebra 走过 17 座桥 ")[0]
    assert cautions("Zebra 走过 17 座桥") == []
