from __future__ import annotations

from datetime import date

import pytest

from anyue_desktop.ledgers.form import BOX_GAP_MM, BOX_MM, OPTION_GAP_MM, PAD_MM, FormRow, Option, Ticks
from anyue_desktop.ledgers.form_book import FormBook, print_forms
from anyue_desktop.ledgers.ink import Ink
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.printing.telling import Row, Teller
from anyue_desktop.services.printing.visit_pages import ELDER_FORM

VISIT = {
    "case.person.name": "测𬌗芳",
    "case.person.sex": "2",
    "case.person.birth_date": date(1943, 3, 2),
    "case.person.phone": "13812345678",
    "case.person.residence_division": "512021206200",
    "case.person.group_name": "3组",
    "case.categories": ("01", "04"),
    "visit_date": date(2026, 11, 3),
    "visit_time": "09:30",
    "visitor_name": "测建国",
    "visitor_type": "01",
    "companion": "测医生",
    "visit_method": "1",
    "visit_result": "1",
    "health": "2",
    "health_note": "血压150/90，按时服药",
    "mental": "1",
    "safety_issues": ("01", "04"),
    "hygiene": "2",
    "housing": "3",
    "needs": ("01", "09"),
    "needs_note": "厨房电线老化",
    "actions": ("02", "09"),
    "referral_to": "石羊镇敬老院",
    "follow_up": "2",
    "follow_up_due": date(2026, 12, 3),
}


def page(**changes: object) -> tuple[FormRow, ...]:
    """Returns the form of a visit as it is drawn."""
    tell = Teller(unmasked=False, as_of=date(2026, 11, 30), today=date(2026, 11, 23))
    return ELDER_FORM.page(Row(REGISTERS["elder_visit"], {**VISIT, **changes}, tell))


BLANK = page(**dict.fromkeys(VISIT))


def ticked(rows: tuple[FormRow, ...]) -> set[str]:
    ticks = (part for row in rows for part in row.parts if isinstance(part, Ticks))
    return {option.name for box in ticks for option in box.options if option.ticked}


def test_what_was_found_is_ticked_and_nothing_else():
    assert ticked(page()) == {
        "上门入户",
        "见到本人",
        "一般",
        "良好",
        "用电线路老化",
        "跌倒（地面湿滑、无扶手）",
        "存在隐患",
        "生活照料",
        "助餐",
        "政策宣讲",
        "报乡镇（街道）处置",
        "跟进中",
    }


def test_a_blank_form_has_nothing_ticked():
    assert ticked(BLANK) == set()


def test_a_code_the_list_does_not_know_is_shown_ticked_and_not_dropped():
    assert "77" in ticked(page(needs=("77",)))


def test_each_visit_has_its_page_with_all_six_blocks(tmp_path, fonts, heading, read):
    visits = (page(), page(**{"case.person.name": "测二"}), BLANK)
    printed = print_forms(FormBook("L2", heading, visits), tmp_path / "L2.pdf", fonts)
    assert printed.pages == 3
    pages = ["".join(page) for page in read(printed.path)]
    assert [page.count("测𬌗芳") + page.count("测二") for page in pages] == [1, 1, 0]
    for number, words in enumerate(pages, start=1):
        assert f"第{number}页共3页" in words
        for block in ("健康状况", "精神状态", "安全情况", "卫生环境", "居住环境", "服务需求"):
            assert block in words
        assert "老年人签字（按印）" in words
    for value in ("2026-11-0309:30", "血压150/90，按时服药", "厨房电线老化", "石羊镇敬老院", "2026-12-03"):
        assert value in pages[0], value


def test_a_tick_can_be_seen_in_its_box(tmp_path, fonts):
    options = (Option("甲", True), Option("乙", False))
    ink = Ink(tmp_path / "form.pdf", (60.0, 20.0), fonts)
    Ticks(options, share=1).draw(ink, 10, 5, 40, 8, 9.5)
    ink.finish("", 8)
    with Preview(tmp_path / "form.pdf") as preview:
        image = preview.image(0, dpi=254)  # ten dots a millimetre
    first = 10 + PAD_MM
    second = first + BOX_MM + BOX_GAP_MM + ink.text_width("甲", 9.5, bold=True) + OPTION_GAP_MM

    def dark(left: float) -> int:
        columns = range(int(left * 10) + 4, int((left + BOX_MM) * 10) - 3)
        return sum(image.pixels[(y * image.width + x) * 4] < 128 for x in columns for y in range(80, 102))

    assert dark(first) > 40
    assert dark(second) == 0


def test_texts_as_long_as_the_form_allows_still_fit_one_page(tmp_path, fonts, heading, read):
    full = page(health_note="甲" * 200, needs_note="乙" * 300, follow_up_result="丙" * 300, referral_to="丁" * 60)
    printed = print_forms(FormBook("L2", heading, (full,)), tmp_path / "L2.pdf", fonts)
    text = "".join(read(printed.path)[0])
    assert printed.pages == 1
    assert [text.count(character) for character in "甲乙丙丁"] == [200, 300, 300, 60]


def test_a_text_longer_than_a_page_allows_goes_on_to_the_next(tmp_path, fonts, heading, read):
    printed = print_forms(FormBook("L2", heading, (page(needs_note="戊" * 1500),)), tmp_path / "L2.pdf", fonts)
    assert printed.pages == 2
    assert "".join("".join(page) for page in read(printed.path)).count("戊") == 1500


def test_nothing_to_print_is_refused(tmp_path, fonts, heading):
    with pytest.raises(ValueError, match="no form"):
        print_forms(FormBook("L2", heading, ()), tmp_path / "L2.pdf", fonts)
