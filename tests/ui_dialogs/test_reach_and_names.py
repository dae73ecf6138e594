"""Every control says what it is, and every dialog fits the office's screen at the largest text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from dialog_office import MONTH, Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from anyue_desktop.services.columns import typed_columns
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.county.approval_dialog import ApprovalDialog
from anyue_desktop.ui.county.receive_page import ReceivePage
from anyue_desktop.ui.county.returns_page import ReturnsPage
from anyue_desktop.ui.county.townships_page import TownshipsPage
from anyue_desktop.ui.importing.batches_dialog import BatchesDialog
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.importing.import_dialog import ImportDialog
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.page_maker import PageMaker
from anyue_desktop.ui.places import BrowsePlace, NamedPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.printing.print_dialog import PrintDialog
from anyue_desktop.ui.reporting.copy_dialog import CopyDialog
from anyue_desktop.ui.reporting.enrolment_dialog import EnrolmentDialog
from anyue_desktop.ui.reporting.receipt_dialog import ReceiptDialog
from anyue_desktop.ui.reporting.report_wizard import ReportWizard
from anyue_desktop.ui.reporting.reporting_page import ReportingPage
from anyue_desktop.ui.system.operator_dialog import OperatorDialog
from anyue_desktop.ui.system.system_page import SystemPage
from anyue_desktop.ui.theme import LARGEST, USUAL, Theme

SCREEN = (1366, 728)  # a 1366×768 screen less the task bar
PAGE = (1366 - 150, 768 - 120)  # what navigation and bars leave
CONTROLS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, QAbstractSpinBox, QSlider)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp)
    made.apply()
    yield made
    made.resize(USUAL)


@pytest.fixture
def windows(town: Workspace, county: Workspace, office: Office, theme: Theme) -> Iterator[list[QWidget]]:
    """Every page and dialog, as it opens."""
    tasks, problems, records = office.tasks, office.problems, town.records
    cases = records.register("elder_case")
    report = (records, town.checking, town.indicators, town.reporting, tasks, problems)
    preferences = Preferences(town.folder)
    maker = PageMaker(county, tasks, problems, theme, preferences, MonthChoice(), lambda _path: None)
    made = [
        ImportDialog(cases, typed_columns(cases), town.importing, town.exporting, tasks),
        BatchesDialog(town.importing, tasks),
        ExportDialog([cases], town.exporting, tasks),
        PrintDialog(town.printing, MONTH, tasks),
        EnrolmentDialog(town.enrolment, tasks),
        ReportWizard(MONTH, *report),
        ReceiptDialog(town.receipts, town.unit.site, tasks),
        CopyDialog(town.reporting, tasks),
        ReportingPage(town, tasks, problems, MONTH),
        OperatorDialog(town.accounts, tasks),
        SystemPage(town, tasks, problems, theme, preferences),
        SystemPage(county, tasks, problems, theme, preferences),
        ReceivePage(county.receiving, tasks),
        TownshipsPage(county.returning, tasks, MONTH),
        ReturnsPage(county.returning, county.records, county.deciding, county.transferring, county.asking, tasks),
        *(maker.page(place) for place in (BrowsePlace(), NamedPlace("indicators"), NamedPlace("ledgers"))),
        ApprovalDialog(county.county_enrolment, tasks),
    ]
    yield made
    for window in made:
        window.close()
        if shiboken6.isValid(window):
            window.deleteLater()


def nameless(window: QWidget) -> list[str]:
    """Returns the kinds of the controls without a name; parts of other controls need none."""
    found = [one for kind in CONTROLS for one in window.findChildren(kind) if not isinstance(one, QHeaderView)]
    return [type(one).__name__ for one in found if not one.accessibleName() and not part_of_another(one)]


def part_of_another(control: QWidget) -> bool:
    popup = control.window().inherits("QComboBoxPrivateContainer")
    inside = isinstance(control.parentWidget(), (QComboBox, QAbstractSpinBox, QAbstractItemView))
    return popup or inside


def test_every_control_has_a_name_for_who_cannot_see_it(windows: list[QWidget]) -> None:
    assert {type(window).__name__: nameless(window) for window in windows if nameless(window)} == {}


def test_everything_fits_the_screen_at_the_largest_text(
    windows: list[QWidget], theme: Theme, show: Callable[[QWidget], None], office: Office
) -> None:
    theme.resize(LARGEST)
    too_large = {}
    for window in windows:
        show(window)
        room = SCREEN if window.isWindow() and "Dialog" in type(window).__name__ else PAGE
        least = window.minimumSizeHint()
        if least.width() > room[0] or least.height() > room[1]:
            too_large[type(window).__name__] = (least.width(), least.height())
    office.wait()
    assert too_large == {}


def test_steps_go_back_by_key_and_enter_never_goes_on(
    windows: list[QWidget], show: Callable[[QWidget], None], office: Office
) -> None:
    dialog = next(one for one in windows if isinstance(one, EnrolmentDialog))
    show(dialog)
    dialog.show_step(dialog.trust_step)
    office.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.step is dialog.trust_step
    office.qtbot.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.step is dialog.telephone_step
