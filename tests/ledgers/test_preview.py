from __future__ import annotations

import pytest
from reportlab.graphics.barcode import qrencoder

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Column, Sheet
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.ledgers.qr_stamp import SIDE_MM, qr_text
from anyue_desktop.ledgers.table_printer import print_sheet

DOTS_PER_MM = 16


@pytest.fixture
def document(tmp_path, fonts, heading):
    return print_sheet(
        Sheet("L1", "特殊困难老年人花名册", heading, (Column("姓名", 30),), ()), tmp_path / "L1.pdf", fonts
    )


def test_a_page_becomes_pixels_of_its_size(document):
    with Preview(document.path) as preview:
        image = preview.image(0, dpi=96)
        assert preview.size_mm(0) == pytest.approx((297, 210), abs=0.1)
    assert (image.width, image.height) == (1123, 794)
    assert len(image.pixels) == image.width * image.height * 4
    assert image.pixels[:3] == b"\xff\xff\xff"


def test_a_missing_file_is_reported_in_words(tmp_path):
    with pytest.raises(UserError, match=r"没有\.pdf"):
        Preview(tmp_path / "没有.pdf")


def test_a_file_that_is_no_document_is_reported_in_words(tmp_path):
    (tmp_path / "坏.pdf").write_bytes(b"no document")
    with pytest.raises(UserError, match=r"坏\.pdf"):
        Preview(tmp_path / "坏.pdf")


def test_the_qr_code_on_paper_holds_print_number_and_digest(document, heading):
    expected = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    expected.addData(qr_text("L1", heading.print_number, document.digest))
    expected.make()
    with Preview(document.path) as preview:
        image = preview.image(0, dpi=DOTS_PER_MM * 25.4)
        width_mm, height_mm = preview.size_mm(0)
    left, top = width_mm - 10 - SIDE_MM, height_mm - 9 - SIDE_MM
    cell = SIDE_MM / len(expected.modules)

    def black(row: int, column: int) -> bool:
        x = int((left + (column + 0.5) * cell) * DOTS_PER_MM)
        y = int((top + (row + 0.5) * cell) * DOTS_PER_MM)
        return image.pixels[(y * image.width + x) * 4] < 128

    size = range(len(expected.modules))
    assert [[black(row, column) for column in size] for row in size] == expected.modules


def test_the_code_is_short_enough_to_be_read_by_a_telephone(heading):
    text = qr_text("L16", heading.print_number, "a" * 64)
    assert text == f"AYTZ:L16:P20261123-0007:{'A' * 64}"
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
