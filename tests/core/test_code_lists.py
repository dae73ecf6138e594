import pytest

from anyue_desktop.core import resources
from anyue_desktop.core.codes import CodeItem, CodeList, code_list, code_lists
from anyue_desktop.core.field_type import BadValue


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("elderly_category", "04", "04"),
        ("elderly_category", "4", "04"),
        ("elderly_category", "失能", "04"),
        ("elderly_category", "sn", "04"),
        ("elderly_category", "shineng", "04"),
        ("elderly_category", "失能老人", "04"),
        ("elderly_category", "独居", "01"),
        ("elderly_category", "空巢", "02"),
        ("elderly_category", "留守", "03"),
        ("elderly_category", "重残", "05"),
        ("elderly_category", "计生", "06"),
        ("elderly_category", "失独", "06"),
        ("elderly_category", "计划生育特殊家庭", "06"),
        ("elderly_category", "特困", "07"),
        ("elderly_category", "五保", "07"),
        ("elderly_category", "低保高龄", "08"),
        ("homecare_class", "低保老人", "02"),
        ("sex", "男", "1"),
        ("sex", "男性", "1"),
        ("sex", "M", "1"),
        ("sex", "1", "1"),
        ("sex", "女 ", "2"),
        ("sex", "F", "2"),
        ("ethnicity", "汉", "01"),
        ("ethnicity", "汉族", "01"),
        ("ethnicity", "1", "01"),
        ("ethnicity", "彝", "07"),
        ("family_relation", "长子", "22"),
        ("family_relation", "大儿子", "22"),
        ("family_relation", "爷爷", "61"),
        ("family_relation", "嘎公", "63"),
        ("family_relation", "外婆", "64"),
        ("family_relation", "老伴", "10"),
        ("family_relation", "儿子", "20"),
        ("family_relation", "儿媳妇", "38"),
        ("family_relation", "妈妈", "52"),
        ("self_care_level", "自理", "1"),
        ("self_care_level", "全自理", "1"),
        ("self_care_level", "能自理", "1"),
        ("self_care_level", "半自理", "2"),
        ("self_care_level", "不能自理", "3"),
        ("self_care_level", "全护理", "3"),
        ("living_arrangement", "一个人住", "1"),
        ("living_arrangement", "与老伴居住", "2"),
        ("visit_method", "入户", "1"),
        ("visit_method", "上门", "1"),
        ("visit_method", "电话", "2"),
        ("visit_method", "视频", "3"),
        ("visit_health", "好", "1"),
        ("visit_health", "良好", "1"),
        ("visit_health", "一般", "2"),
        ("visit_health", "差", "3"),
        ("relief_class", "低保", "1"),
        ("relief_class", "分散供养", "2"),
        ("relief_class", "监测户", "6"),
        ("relief_class", "无", "0"),
        ("risk_level", "高", "3"),
        ("risk_level", "红", "3"),
        ("disability_grade", "二级", "2"),
        ("care_need", "无", "00"),
        ("entrust_reason", "父母双方外出", "1"),
        ("id_type", "身份证", "111"),
    ],
)
def test_the_officers_words_choose_the_code(name: str, text: str, code: str) -> None:
    assert code_list(name).find(text).code == code


@pytest.mark.parametrize(
    ("name", "text", "candidates"),
    [
        ("family_relation", "媳妇", ("妻", "儿媳")),
        ("family_relation", "外孙", ("外孙子", "外孙女")),
        ("relief_class", "特困", ("分散供养", "集中供养")),
        ("relief_class", "五保", ("分散供养", "集中供养")),
    ],
)
def test_an_ambiguous_word_lists_its_candidates(name: str, text: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(BadValue, match="请写明是哪一个") as refusal:
        code_list(name).find(text)
    assert all(one in str(refusal.value) for one in candidates)


def test_an_unknown_word_is_refused_with_the_choices() -> None:
    with pytest.raises(BadValue, match=r"“外星人”不在“性别”的选项里，可以填：.*男、女"):
        code_list("sex").find("外星人")


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_every_entry_is_found_by_its_code_its_name_and_its_name_without_spaces(name: str) -> None:
    known = code_list(name)
    for item in known.items:
        assert known.find(item.code).code == item.code
        assert known.find(item.name).code == item.code
        assert known.split(item.name) != []


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_titles_and_names_hold_no_marks_of_their_sources(name: str) -> None:
    known = code_list(name)
    for text in (known.title, known.source, *(item.name for item in known.items)):
        assert not set(text) & set("[]●")
        assert text == text.strip()


def test_synonyms_belong_to_known_lists_and_codes_and_never_hide_a_name() -> None:
    for name, spellings in resources.load_json("synonyms.json").items():
        if name == "yes_no":
            continue
        known = code_list(name)
        assert set(spellings) <= set(known.codes)
        for words in spellings.values():
            assert all(len(word) <= 20 for word in words)


def test_attributes_are_numbers() -> None:
    assert code_list("visit_result").attribute("3", "counts") == 0
    assert code_list("visit_result").attribute("7", "ask") == "exit"
    assert code_list("risk_level").attribute("3", "elder_days") == 15
    assert code_list("ability_level").attribute("2", "max") == 65
    assert code_list("sex").attribute("1", "counts", 7) == 7


def test_the_unfinished_word_offers_the_likeliest_first() -> None:
    offered = [item.name for item in code_list("elderly_category").search("失")]
    assert offered[0] == "失能老年人"
    assert code_list("sex").search("") == code_list("sex").items
    assert code_list("family_relation").search("z", limit=3) != ()


def test_the_name_without_brackets_is_the_short_name() -> None:
    assert code_list("self_care_level").items[0].short_name == "具备生活自理能力"


def test_codes_come_in_list_order_once_each() -> None:
    assert code_list("elderly_category").in_order(["99", "01", "99", "04"]) == ("01", "04", "99")


def test_an_unknown_code_shows_itself() -> None:
    assert code_list("sex").show("7") == "7"
    assert "7" not in code_list("sex")


def test_a_prefix_that_fits_one_entry_chooses_it_and_one_that_fits_two_asks() -> None:
    colours = CodeList("colour", "颜色", [CodeItem("1", "红色"), CodeItem("2", "红褐色"), CodeItem("3", "蓝色")])
    assert colours.find("蓝").code == "3"
    with pytest.raises(BadValue, match="红色、红褐色"):
        colours.find("红")
