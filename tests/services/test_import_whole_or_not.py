"""An import is written whole or not at all, never over somebody's later work, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
import service_desk as desk
from service_desk import HEADER, add_elder, names, person_of, roster_row, value, workbook

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace


class StopAt(Progress):
    """Gives up when a stage begins, as a person who presses 取消."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._wanted = stage

    def stage(self, name: str, total: int = 0) -> None:
        if name == self._wanted:
            raise Cancelled
        super().stage(name, total)


def test_an_import_that_stops_half_way_leaves_nothing(township: Workspace, roster: Path) -> None:
    plan = township.importing.plan("elder_case", [roster])
    before = desk.dump(township)
    with pytest.raises(Cancelled):
        township.importing.commit(plan, progress=StopAt("写入特殊困难老年人档案"))
    assert desk.dump(township) == before


def test_an_import_is_refused_when_records_changed_after_its_preview(township: Workspace, roster: Path) -> None:
    first, second = (township.importing.plan("elder_case", [roster]) for _ in range(2))
    township.importing.commit(first)
    with pytest.raises(UserError, match="预览之后"):
        township.importing.commit(second)
    assert value(township, "select count(*) from person") == 3


def test_a_preview_older_than_a_correction_by_hand_does_not_overwrite_it(township: Workspace, tmp_path: Path) -> None:
    case = add_elder(township, 2, "周春英")
    path = workbook(tmp_path / "花名册.xlsx", HEADER, roster_row(2, "周春英", 组="5组"))
    plan = township.importing.plan("elder_case", [path])
    township.records.set("elder_case", case, {"person.phone": "13990127777"})
    with pytest.raises(UserError):
        township.importing.commit(plan)
    assert person_of(township, "周春英")["phone"] == "13990127777"


def test_looking_printing_and_typing_between_preview_and_import_do_no_harm(
    township: Workspace, roster: Path, tmp_path: Path
) -> None:
    plan = township.importing.plan("elder_case", [roster])
    township.exporting.template("elder_case", tmp_path / "模板.xlsx")
    township.exporting.export("elder_case", tmp_path / "名单.xlsx")
    township.records.save_draft("elder_case", "新", {"person": {"name": "周"}})
    assert township.importing.commit(plan).new == 3


def test_undoing_an_import_removes_what_it_added_and_restores_what_it_changed(
    township: Workspace, tmp_path: Path
) -> None:
    add_elder(township, 2, "周春英")
    path = workbook(tmp_path / "花名册.xlsx", HEADER, roster_row(2, "周春英", 组="5组"), roster_row(4, "吴桂英"))
    result = township.importing.commit(township.importing.plan("elder_case", [path]))
    undone = township.importing.undo(result.batch)
    assert (undone.removed, undone.restored, undone.kept) == (2, 1, [])
    assert names(township, township.records.ids(Query("elder_case"))) == ["周春英"]
    assert names(township, township.records.ids(Query("elder_case", deleted=True))) == ["吴桂英"]
    assert person_of(township, "周春英")["group_name"] == "3组"
    assert [batch.undone for batch in township.importing.batches()] == [True]


def test_undoing_an_import_keeps_and_names_whoever_was_changed_or_visited_since(
    township: Workspace, roster: Path
) -> None:
    result = township.importing.commit(township.importing.plan("elder_case", [roster]))
    visited, changed = (township.records.ids(Query("elder_case", search=name))[0] for name in ("周春英", "吴桂英"))
    desk.add_visit(township, visited)
    township.records.set("elder_case", changed, {"risk_level": "3"})
    undone = township.importing.undo(result.batch)
    assert undone.removed == 2  # 郑秀英: the case and the person
    assert sorted(set(undone.kept)) == ["吴桂英", "周春英"]
    assert sorted(names(township, township.records.ids(Query("elder_case")))) == ["吴桂英", "周春英"]


def test_an_unknown_batch_cannot_be_undone(township: Workspace) -> None:
    with pytest.raises(UserError, match="没有找到导入批次"):
        township.importing.undo("019a95c0-0000-7000-8000-000000000001")


def test_importing_again_what_was_reported_leaves_nothing_to_report(desks: desk.Desks, roster: Path) -> None:
    desk.take_in(desks.township, roster)
    assert desks.report().new == 7
    assert desk.take_in(desks.township, roster).same == 3
    assert desks.seal().counts == {"report_package": 1}
