"""How the program looks: Fusion, one style sheet, its own fonts and Qt's words in Chinese."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from anyue_desktop.core import resources
from anyue_desktop.ui import colours, fonts

SMALLEST, USUAL, LARGEST = 14, 14, 27  # pixels; 27 px are 20 pt at 96 dpi
ROW_EXTRA = 18  # a row of 14 px text is 32 px high


class Theme(QObject):
    """The look of the running program; its size can be changed at any time."""

    resized = Signal(int)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._families: list[str] = []
        self.size = USUAL

    @property
    def row_height(self) -> int:
        """The height of a table row in pixels."""
        return self.size + ROW_EXTRA

    def apply(self, size: int = USUAL) -> None:
        """Dresses the whole program; `size` is the height of its text in pixels."""
        self._app.setStyle("Fusion")
        self._app.setPalette(_palette())
        self._families = fonts.load_main()
        self._translate()
        self.resize(size)

    def resize(self, size: int) -> None:
        """Sets the height of text in pixels, within what stays usable."""
        self.size = max(SMALLEST, min(LARGEST, size))
        self._app.setFont(fonts.chain(self._families, self.size))
        self._app.setStyleSheet(style_sheet(self.size))
        self.resized.emit(self.size)

    def add_families(self, families: list[str]) -> None:
        """Adds fonts that were loaded later to the end of the chain."""
        fresh = [family for family in families if family not in self._families]
        if fresh:
            self._families += fresh
            self._app.setFont(fonts.chain(self._families, self.size))

    def _translate(self) -> None:
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        translator = QTranslator(self._app)
        own = resources.path("i18n")
        folder = str(own) if own.exists() else QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            self._app.installTranslator(translator)


def style_sheet(size: int) -> str:
    """Returns the style sheet for text of this height in pixels."""
    measures = {
        "text": size,
        "small": max(12, size - 1),
        "large": size + 2,
        "title": size + 5,
        "figure": size + 10,
        "box": size + 12,
        "row": size + ROW_EXTRA,
        "nav_row": size + 24,
        "nav_width": size * 8 + 24,
        "line_height": size + 8,
        "choice": size * 2 + 28,
        "icon": size + 3,
        "round": (size + 12) // 2,
    }
    names = {**colours.named(), **{key: f"{value}px" for key, value in measures.items()}}
    names["icons"] = resources.path("icons").as_posix()
    return Template(resources.path("style.qss").read_text(encoding="utf-8")).substitute(names)


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.GROUND,
        QPalette.ColorRole.WindowText: colours.INK,
        QPalette.ColorRole.Base: colours.SURFACE,
        QPalette.ColorRole.AlternateBase: colours.STRIPE,
        QPalette.ColorRole.Text: colours.INK,
        QPalette.ColorRole.Button: colours.SURFACE,
        QPalette.ColorRole.ButtonText: colours.INK,
        QPalette.ColorRole.Highlight: colours.ACCENT,
        QPalette.ColorRole.HighlightedText: colours.SURFACE,
        QPalette.ColorRole.PlaceholderText: colours.FAINT,
        QPalette.ColorRole.ToolTipBase: colours.SURFACE,
        QPalette.ColorRole.ToolTipText: colours.INK,
        QPalette.ColorRole.Link: colours.ACCENT,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
