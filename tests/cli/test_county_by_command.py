"""What the county does by command beside receiving: its own yearly figures, and lists by township."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import MONTH, SITE, Desk, Pair, id_number, workbook

FIGURES, CASE = "county_manual", "elder_case"


def test_the_county_enters_changes_and_imports_its_own_figures(pair: Pair, tmp_path: Path) -> None:
    county = pair.county
    added = county.tells("add", FIGURES, "年度=2025", "社会工作人才总量（人）=214")
    county.tells("set", FIGURES, added["id"], "社会组织孵化园（个）=1")
    county.tells("import", FIGURES, workbook(tmp_path / "县级.xlsx", [["年度", "社会组织数（个）"], [2024, 648]]))
    rows = county.tells("list", FIGURES)["rows"]
    shown = [(row["year"], row["social_workers_total"], row["org_incubators"]) for row in rows]
    assert shown == [("2025", "214", "1"), ("2024", "", "")]
    county.tells("delete", FIGURES, added["id"], "--reason", "误录")
    assert county.tells("list", FIGURES)["total"] == 1


def test_a_township_is_told_that_the_county_fills_them_in(pair: Pair) -> None:
    for words in (("add", FIGURES, "年度=2025"), ("list", FIGURES), ("template", FIGURES, "x.xlsx")):
        assert "由县局填写，乡镇不用填报" in pair.township.answers(2, *words)["message"]


def test_the_county_lists_one_township(pair: Pair) -> None:
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.county.tells("county", "receive", pair.stick)
    for township, count in (("512021206000", 3), ("天马乡", 3), ("鸳大镇", 0)):
        assert pair.county.tells("list", CASE, "--where", f"township_code={township}")["total"] == count


def test_the_county_sees_every_township_with_every_indicator(pair: Pair, tmp_path: Path) -> None:
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.county.tells("county", "receive", pair.stick)
    told = pair.county.tells("county", "indicators", "--month", MONTH, "--out", tmp_path / "一览.xlsx")
    assert (told["month"], told["year"], len(told["rows"])) == (MONTH, False, 1 + 46)
    assert (tmp_path / "一览.xlsx").exists()
    (home,) = (row for row in told["rows"] if row["name"] == "天马乡")
    (rate,) = (one for one in home["indicators"] if one["id"] == "I04")
    assert (rate["value"], rate["numerator"], rate["denominator"], rate["reported"]) == ("66.7%", 2, 3, "")
    one = pair.county.tells("county", "indicators", "--month", MONTH, "--year", "--township", "天马乡")
    assert (one["year"], [row["code"] for row in one["rows"]]) == (True, ["512021206000"])
    read = pair.county.says("county", "indicators", "--month", MONTH, "--township", "天马")
    assert "天马乡\t" in read.out and "66.7% ✗" in read.out


def test_the_county_rebuilds_its_records_from_the_packages_it_kept(pair: Pair) -> None:
    sealed = pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.county.tells("county", "receive", pair.stick)
    visits = pair.county.tells("list", "elder_visit")["rows"]
    told = pair.county.tells("county", "rebuild")
    assert (told["packages"], told["records"], told["differences"]) == (1, sum(sealed["counts"].values()), {})
    assert told["replaced"] and Path(told["kept"]).exists()
    assert pair.county.tells("list", "elder_visit")["rows"] == visits
    assert pair.county.tells("verify")["ok"]


def test_only_the_county_has_the_table(pair: Pair) -> None:
    assert "县局的台账" in pair.township.answers(2, "county", "indicators", "--month", MONTH)["message"]


@pytest.fixture
def both(pair: Pair, stranger: Desk, tmp_path: Path) -> Pair:
    """The county after two townships reported the same elder."""
    request = stranger.tells("enrol", "request", tmp_path)
    approved = pair.county.tells("county", "approve", request["path"], tmp_path, "--digits", request["fingerprint"])
    stranger.tells("enrol", "accept", approved["path"], "--root", " ".join(approved["root_fingerprint"].split()[-2:]))
    stranger.tells("add", CASE, "person.name=周春英", f"person.id_number={id_number(2)}", "困难类别=独居")
    for desk in (pair.township, stranger):
        desk.tells("seal", "--month", MONTH, pair.stick)
    pair.county.answers(1, "county", "receive", pair.stick)
    return pair


def test_a_person_two_townships_have_is_decided_by_command(both: Pair) -> None:
    county = both.county
    (waiting,) = county.answers(1, "county", "duplicates")["duplicates"]
    units = {waiting[side]["unit"]: waiting[side]["id"] for side in ("first", "second")}
    ids = tuple(units.values())
    assert (waiting["caption"], set(units)) == ("周春英", {"天马乡", "鸳大镇"})
    for wrong in ((), ("--apart", "--keep", ids[0])):
        assert "没有写明怎样核定" in county.answers(2, "county", "decide", *ids, *wrong)["message"]
    told = county.tells("county", "decide", *ids, "--keep", units["天马乡"], "--reason", "户口在天马乡")
    assert told["waiting"] == 0
    assert county.tells("county", "duplicates")["duplicates"] == []
    (decided,) = county.tells("county", "duplicates", "--decided")["duplicates"]
    assert (decided["decision"], decided["decided_by"]) == ("同一人，归天马乡", "李局")
    receipt = county.tells("county", "receipt", SITE, both.stick)
    taken = both.township.tells("receipt", receipt["path"])
    assert [one["message"] for one in taken["decisions"]] == ["县局核定：与鸳大镇登记的是同一人，由本单位登记"]


def test_a_package_is_taken_back_by_command_and_can_be_received_again(pair: Pair) -> None:
    path = pair.township.tells("seal", "--month", MONTH, pair.stick)["path"]
    new = pair.county.tells("county", "receive", path)["packages"][0]["new"]
    back = pair.county.tells("county", "undo", SITE, 1)
    assert (back["site"], back["sequence"], back["removed"], back["restored"]) == (SITE, 1, new, 0)
    assert pair.county.tells("list", CASE)["total"] == 0
    assert "没有接收过" in pair.county.answers(2, "county", "undo", SITE, 1)["message"]
    assert pair.county.tells("county", "receive", path)["packages"][0]["new"] == new
    pair.county.tells("county", "receipt", SITE, pair.stick)
    assert "已经写进回执" in pair.county.answers(2, "county", "undo", SITE, 1)["message"]


def test_a_package_that_deletes_much_needs_a_word_by_command(pair: Pair) -> None:
    pair.township.tells("seal", "--month", MONTH, pair.stick)
    pair.county.tells("county", "receive", pair.stick)
    visit = pair.township.tells("list", "elder_visit")["rows"][0]["id"]
    pair.township.tells("delete", "elder_visit", visit, "--reason", "误录")
    path = pair.township.tells("seal", "--month", MONTH, pair.stick)["path"]
    held = pair.county.answers(3, "county", "receive", path)
    assert (held["status"], "向乡镇核实" in held["hint"]) == ("E_DELETIONS", True)
    assert pair.county.tells("county", "receive", path, "--deletions", SITE)["packages"][0]["removed"] == 1


def test_a_person_is_given_to_another_township_by_command(both: Pair, stranger: Desk, tmp_path: Path) -> None:
    county, found = both.county, both.county.tells("list", "person", "--search", "吴桂英")["rows"]
    assert "通贤镇还没有设备上报过" in county.answers(2, "county", "transfer", found[0]["id"], "通贤镇")["message"]
    done = county.tells("county", "transfer", found[0]["id"], "鸳大镇")
    assert (done["unit"], done["to_unit"], done["site"], done["records"]) == ("天马乡", "鸳大镇", SITE, 3)
    assert [one["person"] for one in county.tells("county", "transfers")["transfers"]] == [found[0]["id"]]
    written = {site: county.tells("county", "receipt", site, both.stick)["path"] for site in (SITE, done["to_site"])}
    went = both.township.answers(1, "receipt", written[SITE])
    assert [(one["caption"], one["message"]) for one in went["departed"]] == [("吴桂英", "已转交鸳大镇")]
    (came,) = stranger.tells("receipt", written[done["to_site"]])["arrived"]
    assert came["id"] == found[0]["id"]
    assert stranger.tells("list", CASE, "--search", "吴桂英")["total"] == 1
    assert both.township.tells("list", CASE, "--search", "吴桂英")["total"] == 0


def test_keys_are_listed_extended_and_revoked_and_the_root_changed_by_command(pair: Pair, tmp_path: Path) -> None:
    township, county = pair.township, pair.county
    assert township.tells("enrol", "status")["state"] == "enrolled"
    (one,) = county.tells("county", "certificates")["certificates"]
    assert (one["site"], one["state"]) == (SITE, "可以上报")
    assert county.tells("county", "extend", SITE, tmp_path, "--days", 30)["site"] == SITE
    assert county.answers(1, "county", "certificates")["certificates"][0]["state"] == "快到期"
    assert "没有写明办哪一步" in county.answers(2, "county", "root", tmp_path)["message"]
    made = county.tells("county", "root", tmp_path, "--announce", "--offline", tmp_path / "保险柜")
    assert (tmp_path / "保险柜" / "新根密钥.openssh").exists()
    changed = county.tells("county", "root", tmp_path, "--change")
    assert changed["root_fingerprint"] != made["root_fingerprint"]
    assert township.tells("enrol", "accept", changed["path"])["enrolled"] is True
    assert "本机的登记将于" in township.answers(1, "enrol", "status")["warnings"][0]
    county.tells("county", "revoke", SITE, tmp_path, "--key", one["key"])
    assert county.tells("county", "certificates")["certificates"][0]["state"] == "已注销"
