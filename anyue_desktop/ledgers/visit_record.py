"""L2 老年人探访记录表, one page a visit; without values it is the blank form to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyue_desktop.core.codes import code_list
from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Heading, cell_text, fingerprint
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.fonts import FontChain, font_chain
from anyue_desktop.ledgers.form import Entry, FormRow, Label, Option, Part, Ticks, draw_form
from anyue_desktop.ledgers.frame import PORTRAIT, Frame, FrameText
from anyue_desktop.ledgers.ink import Ink
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.qr_stamp import qr_text

NUMBER = "L2"
LABEL = 24.0
WIDTH = 180.0
SIGN_MM = 14.0


@dataclass(frozen=True)
class VisitSheet:
    """One visit; codes where the form has boxes to tick, texts elsewhere, everything empty on a blank form."""

    name: str = ""
    sex: str = ""
    age: int | None = None
    id_number: str = ""
    phone: str = ""
    address: str = ""
    living: str = ""
    categories: str = ""
    self_care: str = ""
    emergency_contact: str = ""
    responsible: str = ""
    visit_date: date | None = None
    visit_time: str = ""
    visitor: str = ""
    visitor_type: str = ""
    companion: str = ""
    method: str = ""  # visit_method
    result: str = ""  # visit_result
    health: str = ""  # visit_health
    health_note: str = ""
    mental: str = ""  # visit_mental
    safety_issues: tuple[str, ...] = ()  # safety_issue
    hygiene: str = ""  # visit_hygiene
    housing: str = ""  # visit_housing
    needs: tuple[str, ...] = ()  # care_need
    needs_note: str = ""
    actions: tuple[str, ...] = ()  # visit_action
    referral_to: str = ""
    follow_up: str = ""  # follow_up_status
    follow_up_due: date | None = None
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class VisitBook:
    """Visits printed in one go."""

    heading: Heading
    visits: tuple[VisitSheet, ...]


def print_visits(
    book: VisitBook, target: Path, fonts: FontChain | None = None, progress: Progress | None = None
) -> Printed:
    """Writes the visits as a PDF document to `target`, one page each; one step of progress a visit.

    Raises:
        ValueError: there is nothing to print.
        UserError: the file cannot be written or a font is damaged.
        Cancelled: the person stopped it; nothing is left behind.
    """
    if not book.visits:
        raise ValueError("no visit to print")
    digest = fingerprint(book)
    with whole_file(target) as part:
        ink = Ink(part, PORTRAIT, fonts or font_chain())
        ink.describe(LEDGERS[NUMBER], book.heading.unit, book.heading.print_number)
        frame = Frame(ink, _frame_text(book.heading, digest))
        for number, visit in enumerate((progress or Progress()).each(book.visits, "打印探访记录表", len(book.visits))):
            if number:
                ink.next_page()
            draw_form(ink, frame, visit_rows(visit))
        pages = frame.close()
    return Printed(target, pages, digest, tuple(ink.lost))


def visit_rows(visit: VisitSheet) -> tuple[FormRow, ...]:
    """Returns the boxes of one visit, in print order."""
    return (*_person_rows(visit), *_occasion_rows(visit), *_finding_rows(visit), *_outcome_rows(visit), *_sign_rows())


def _person_rows(visit: VisitSheet) -> tuple[FormRow, ...]:
    return (
        _row(("姓名", visit.name, 2), ("性别", visit.sex, 1), ("年龄", cell_text(visit.age), 1)),
        _row(("身份证号", visit.id_number, 1), ("联系电话", visit.phone, 1)),
        _row(("家庭住址", visit.address, 1), ("居住状况", visit.living, 1)),
        _row(("老年人类别", visit.categories, 1), ("自理能力", visit.self_care, 1)),
        _row(("紧急联系人", visit.emergency_contact, 1), ("探访责任人", visit.responsible, 1)),
    )


def _occasion_rows(visit: VisitSheet) -> tuple[FormRow, ...]:
    when = " ".join(filter(None, (cell_text(visit.visit_date), visit.visit_time)))
    return (
        _row(("探访日期", when, 1), ("探访人", visit.visitor, 1)),
        _row(("探访人身份", visit.visitor_type, 1), ("陪同人", visit.companion, 1)),
        _ticks("探访方式", "visit_method", visit.method),
        _ticks("探访结果", "visit_result", visit.result),
    )


def _finding_rows(visit: VisitSheet) -> tuple[FormRow, ...]:
    """Returns the six things to look at on every visit (民发〔2022〕73号)."""
    return (
        _ticks("健康状况", "visit_health", visit.health, remark_label="说明", remark=visit.health_note),
        _ticks("精神状态", "visit_mental", visit.mental),
        _ticks("安全情况", "safety_issue", *visit.safety_issues),
        _ticks("卫生环境", "visit_hygiene", visit.hygiene),
        _ticks("居住环境", "visit_housing", visit.housing),
        _ticks("服务需求", "care_need", *visit.needs),
    )


def _outcome_rows(visit: VisitSheet) -> tuple[FormRow, ...]:
    return (
        _row(("问题及需求", visit.needs_note, 1), stretch=3),
        _ticks("处置措施", "visit_action", *visit.actions),
        _row(
            ("转介单位（人员）", visit.referral_to, 2),
            ("跟进期限", cell_text(visit.follow_up_due), 1),
            ("办结日期", cell_text(visit.done_on), 1),
        ),
        _ticks("跟进状态", "follow_up_status", visit.follow_up),
        _row(("办结情况", visit.outcome, 1), stretch=2),
    )


def _sign_rows() -> tuple[FormRow, ...]:
    return (_row(("老年人签字（按印）", "", 1), ("探访人签字", "", 1), least_mm=SIGN_MM, stretch=1),)


def _row(*pairs: tuple[str, str, float], least_mm: float = 8.0, stretch: float = 0.0) -> FormRow:
    """Returns labels of one width and values that share what is left."""
    room = (WIDTH - LABEL * len(pairs)) / sum(share for _, _, share in pairs)
    parts: list[Part] = []
    for label, value, share in pairs:
        parts += [Label(label, LABEL), Entry(value, share * room)]
    return FormRow(tuple(parts), least_mm, stretch)


def _ticks(label: str, codes: str, *chosen: str, remark_label: str = "", remark: str = "") -> FormRow:
    """Returns the answers of a code list with the chosen ones ticked; a code it lacks stands ticked at the end."""
    listed = code_list(codes)
    unknown = tuple(code for code in chosen if code and code not in listed)
    options = tuple(Option(listed.show(code), code in chosen) for code in (*listed.codes, *unknown))
    return FormRow((Label(label, LABEL), Ticks(options, WIDTH - LABEL, remark_label, remark)))


def _frame_text(heading: Heading, digest: str) -> FrameText:
    code = qr_text(NUMBER, heading.print_number, digest)
    return FrameText(LEDGERS[NUMBER], heading, measure="", signing=(), digest=digest, qr=code)
