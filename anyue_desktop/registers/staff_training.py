"""未保人员培训: who was trained when and in what (民发〔2019〕34号; registers.md B.11; indicator I23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Mapped

from anyue_desktop.core.field import Need, Privacy
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, only_hints
from anyue_desktop.core.types import Date, Refs, Text
from anyue_desktop.registers.base import Record, field

STAFF = "protect_staff"


@only_hints
def in_post(training: Entry) -> Iterator[Problem]:
    """Whoever was trained was in post that day."""
    day = training["trained_on"]
    staff = [training.neighbours.parent(STAFF, one) for one in training["attendees"] or ()]
    gone = [
        str(one["name"])
        for one in staff
        if day and one and ((one.get("off_date") or day) < day or (one.get("on_date") or day) > day)
    ]
    if gone:
        message = f"{day} 不在任的培训人员：{'、'.join(gone)}"
        yield training.warning("not_in_post", message, "attendees", "请核对培训日期和任职、离任日期")


@only_hints
def once(training: Entry) -> Iterator[Problem]:
    """The same training is not keyed twice."""
    title, day = training["title"], training["trained_on"]
    if title and day and training.others(title=title, trained_on=day):
        yield training.warning("same_training", f"{day} 已有一次同名的培训", "title", "请核对是否重复录入")


class StaffTraining(Record):
    """One training and the staff who attended it."""

    __tablename__ = "staff_training"
    TITLE = "未保人员培训"
    ORDER = ("-trained_on", "title")
    NATURAL_KEY = ("title", "trained_on")
    CAPTION = "title"
    RULES = (in_post, once)
    SHEET = ("title", "trained_on", "place", "teacher", "content", "attendees.name", "report_state")

    title: Mapped[str | None] = field(
        "培训标题", Text(72), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="培训",
        headers=("培训名称", "标题"),
    )  # fmt: skip
    place: Mapped[str | None] = field(
        "培训地点", Text(72), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True, section="培训",
        headers=("地点",),
    )  # fmt: skip
    trained_on: Mapped[date | None] = field(
        "培训日期", Date(not_after_today=True), need=Need.REPORT, privacy=Privacy.PUBLIC, listed=True, printed=True,
        section="培训", index=True, headers=("培训时间", "日期"),
    )  # fmt: skip
    teacher: Mapped[str | None] = field("培训老师", Text(72), printed=True, section="培训", headers=("老师", "讲师"))
    content: Mapped[str | None] = field(
        "培训内容", Text(300, multiline=True), need=Need.REPORT, privacy=Privacy.PUBLIC, printed=True, section="培训",
        headers=("内容",),
    )  # fmt: skip
    attendees: Mapped[tuple[str, ...] | None] = field(
        "培训人员", Refs(STAFF), need=Need.REPORT, listed=True, printed=True, section="培训",
        headers=("参训人员", "参加人员"),
    )  # fmt: skip
