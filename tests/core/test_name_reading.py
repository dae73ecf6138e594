import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core import names
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.names import mask_middle, mask_name, read_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张三", "张三"),
        ("张\u3000三", "张三"),
        (" 李 四 ", "李四"),
        ("王\u200b五", "王五"),
        ("赵\r\n六", "赵六"),
        ("阿的.木果", "阿的·木果"),
        ("阿的•木果", "阿的·木果"),
        ("阿的‧木果", "阿的·木果"),
        ("阿的・木果", "阿的·木果"),
        ("阿的．木果", "阿的·木果"),
        ("阿的。木果", "阿的·木果"),
        ("阿的··木果", "阿的·木果"),
        ("阿的 · 木果", "阿的·木果"),
        ("John  Smith", "John Smith"),
        ("⼈民", "人民"),
        ("㛃䶮", "㛃䶮"),
        ("𣲗𬌗𠅤", "𣲗𬌗𠅤"),
        ("刘\U00031350", "刘\U00031350"),
        ("刘\U0002ebf0", "刘\U0002ebf0"),
        ("李〇", "李〇"),
    ],
)
def test_a_name_is_cleaned_of_layout_only(raw: str, name: str) -> None:
    found = read_name(raw)
    assert found is not None
    assert (found.name, found.remark, found.notes) == (name, "", ())


@pytest.mark.parametrize(
    ("raw", "remark"),
    [
        ("王五（已故）", "已故"),
        ("王五(低保)", "低保"),
        ("王 五【外出】", "外出"),
        ("王五（低保）（独居）", "低保；独居"),
    ],
)
def test_a_note_in_brackets_moves_to_the_remark(raw: str, remark: str) -> None:
    found = read_name(raw)
    assert found is not None
    assert (found.name, found.remark) == ("王五", remark)
    assert "已移到备注" in found.notes[0]


@pytest.mark.parametrize(
    "raw",
    ["张?", "张？三", "张□", "张\ue000", "张\uf8ff三", "王+奇", "李(王奇)", "李（王奇）芳", "张\U000f0001", "张\ufffd"],
)
def test_a_character_nobody_can_know_is_refused(raw: str) -> None:
    with pytest.raises(BadValue, match="姓名含无法识别的字"):
        read_name(raw)


@pytest.mark.parametrize("raw", ["张三138", 13800001111.0, "张３", "1"])
def test_digits_are_no_name(raw: object) -> None:
    with pytest.raises(BadValue, match="姓名里有数字"):
        read_name(raw)


@pytest.mark.parametrize(
    ("raw", "sentence"), [("张*芳", "“\\*”"), ("张三、李四", "“、”"), ("张" * 73, "最多72个字"), ("··", "不是姓名")]
)
def test_other_texts_are_no_name(raw: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_name(raw)


@pytest.mark.parametrize("raw", [None, "", " ", "无", "/"])
def test_a_blank_has_no_name(raw: object) -> None:
    assert read_name(raw) is None


@pytest.mark.parametrize("raw", ["张", "买买提江吐尔逊"])
def test_an_unusual_length_is_a_note(raw: str) -> None:
    found = read_name(raw)
    assert found is not None
    assert "请核对" in found.notes[0]


@pytest.mark.parametrize(
    ("name", "reading", "first"),
    [
        ("单雄", "shanxiong", "sx"),
        ("解放", "xiefang", "xf"),
        ("仇英", "qiuying", "qy"),
        ("区大", "ouda", "od"),
        ("查良", "zhaliang", "zl"),
        ("曾国", "zengguo", "zg"),
        ("任平", "renping", "rp"),
        ("朴英", "piaoying", "py"),
        ("翟文", "zhaiwen", "zw"),
        ("冼星", "xianxing", "xx"),
        ("缪文", "miaowen", "mw"),
        ("员文", "yunwen", "yw"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟文", "moqiwen", "mqw"),
        ("宁文", "ningwen", "nw"),
        ("召文", "shaowen", "sw"),
        ("折文", "shewen", "sw"),
        ("黑文", "hewen", "hw"),
        ("欧阳文", "ouyangwen", "oyw"),
        ("阿的·木果", "ademuguo", "admg"),
        ("𣲗文", "weiwen", "ww"),
        ("John Smith", "johnsmith", "johnsmith"),
    ],
)
def test_the_surname_reading_comes_first(name: str, reading: str, first: str) -> None:
    assert names.pinyin(name).split()[0] == reading
    assert names.initials(name).split()[0] == first


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("覃文", {"qinwen", "tanwen"}),
        ("乐文", {"lewen", "yuewen"}),
        ("盖文", {"gewen", "gaiwen"}),
        ("单文", {"shanwen", "danwen"}),
    ],
)
def test_every_reading_of_a_surname_is_kept(name: str, readings: set[str]) -> None:
    assert readings <= set(names.pinyin(name).split())


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=72))
def test_pinyin_is_bounded_and_made_of_letters(name: str) -> None:
    for made, longest in ((names.pinyin(name), names.PINYIN_LENGTH), (names.initials(name), names.INITIALS_LENGTH)):
        assert len(made) <= longest
        assert len(made.split()) <= 8
        assert made == "" or made.replace(" ", "").isalpha()


def test_a_character_without_known_reading_is_left_out() -> None:
    assert names.pinyin("张\U000323af") == "zhang"
    assert names.initials("\U000323af") == ""


def test_masked_names_keep_the_surname() -> None:
    assert (mask_name("张三芳"), mask_name("李四"), mask_name("")) == ("张**", "李*", "")
    assert (mask_middle("张三芳"), mask_middle("李四")) == ("张*芳", "李*")
