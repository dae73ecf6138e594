"""What surrounds the content of every page: title, reporting line, signing line, numbers, notice and QR code."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.sheet import Align, Heading, Slot
from anyue_desktop.ledgers.ink import Ink, line_height
from anyue_desktop.ledgers.qr_stamp import SIDE_MM, define_qr, stamp_qr

LANDSCAPE = (297.0, 210.0)
PORTRAIT = (210.0, 297.0)
BINDING_MM = 20.0  # left edge; at least 18 mm must stay free where pages are bound
TOP_MM = 14.0
RIGHT_MM = 10.0
BOTTOM_MM = 9.0

TITLE_SIZE = 18.0
LINE_SIZE = 10.0
SMALL_SIZE = 7.5
TITLE_MM = 9.0
LINE_MM = 7.0
SIGNING_MM = 6.0
BLANK_MM = 16.0  # room to write a name by hand, at least
SLOT_GAP_MM = 5.0
GAP_MM = 2.0

KEEP_SAFE = "内含个人信息，请妥善保管，用后按规定归档或销毁。"
NOBODY = "本表不含个人信息。"


@dataclass(frozen=True)
class FrameText:
    """The words of the frame, equal on all pages but for the page number."""

    title: str
    heading: Heading
    measure: str
    signing: tuple[Slot, ...]
    digest: str
    qr: str
    personal: bool = True

    @property
    def notice(self) -> str:
        """What the page says about the people on it."""
        return f"{self.heading.notice}　{KEEP_SAFE}" if self.personal else NOBODY


class Frame:
    """Draws the frame of each page and says where the content may stand."""

    def __init__(self, ink: Ink, text: FrameText) -> None:
        self._ink = ink
        self._text = text
        self.left = BINDING_MM
        self.width = ink.width - BINDING_MM - RIGHT_MM
        self.right = self.left + self.width
        self.top = TOP_MM + TITLE_MM + LINE_MM
        self._notice = ink.break_text(text.notice, self._small_width(), SMALL_SIZE)
        self._footer = ink.height - BOTTOM_MM - self._footer_height()
        self.bottom = self._footer - GAP_MM
        define_qr(ink, text.qr, self.right - SIDE_MM, ink.height - BOTTOM_MM - SIDE_MM)

    def draw(self) -> None:
        """Draws the frame on the present page."""
        self._draw_head()
        self._draw_signing()
        self._draw_foot()
        stamp_qr(self._ink)

    def close(self) -> int:
        """Ends the document; returns the number of pages."""
        return self._ink.finish(f"共 {self._ink.page} 页", SMALL_SIZE)

    def _draw_head(self) -> None:
        ink, heading, middle = self._ink, self._text.heading, self.left + self.width / 2
        ink.write(middle, TOP_MM + TITLE_MM - GAP_MM, self._text.title, TITLE_SIZE, Align.CENTER, bold=True)
        base = self.top - GAP_MM
        ink.write(self.left, base, f"填报单位（盖章）：{heading.unit}", LINE_SIZE)
        ink.write(middle, base, f"统计月份：{heading.period}", LINE_SIZE, Align.CENTER)
        if self._text.measure:
            ink.write(self.right, base, f"单位：{self._text.measure}", LINE_SIZE, Align.RIGHT)

    def _draw_signing(self) -> None:
        """Draws the signing line left of the QR code; what is still to be written shares the room that is left."""
        ink, slots = self._ink, self._text.signing
        blanks = sum(not slot.value for slot in slots)
        needed = sum(map(self._told_width, slots)) + SLOT_GAP_MM * (len(slots) - 1)
        blank = max((self._small_width() - needed) / max(blanks, 1), BLANK_MM)
        x, base = self.left, self._footer + SIGNING_MM - GAP_MM
        for slot in slots:
            ink.write(x, base, f"{slot.label}：{slot.value}", LINE_SIZE)
            x += self._told_width(slot)
            if not slot.value:
                ink.rules([(x, base + 0.8, x + blank, base + 0.8)])
                x += blank
            x += SLOT_GAP_MM

    def _told_width(self, slot: Slot) -> float:
        return self._ink.text_width(f"{slot.label}：{slot.value}", LINE_SIZE)

    def _draw_foot(self) -> None:
        ink = self._ink
        base = self._footer + self._signing_height() + line_height(SMALL_SIZE)
        middle = self.left + self._small_width() / 2
        ink.write(self.left, base, f"打印号：{self._text.heading.print_number}", SMALL_SIZE)
        ink.write(middle - 1, base, f"第 {ink.page} 页", SMALL_SIZE, Align.RIGHT)
        ink.total_pages(middle + 1, base)
        ink.write(self.left + self._small_width(), base, f"打印摘要：{self._text.digest[:8]}", SMALL_SIZE, Align.RIGHT)
        for number, line in enumerate(self._notice, start=1):
            ink.write(self.left, base + number * line_height(SMALL_SIZE), line, SMALL_SIZE)

    def _small_width(self) -> float:
        return self.width - SIDE_MM - 2 * GAP_MM

    def _signing_height(self) -> float:
        return SIGNING_MM if self._text.signing else 0.0

    def _footer_height(self) -> float:
        lines = (len(self._notice) + 1) * line_height(SMALL_SIZE)
        return max(self._signing_height() + lines + 1, SIDE_MM)
