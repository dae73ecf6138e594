"""A whole month by commands alone: keys, package, stick, reception, return, receipt, correction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import MONTH, SITE, TOWNSHIP, Desk, Pair, id_number, run, words_of_elder

CASE, VISIT = "elder_case", "elder_visit"
EFFECTS = ("new", "changed", "removed", "same", "returned", "conflicts")
PACKAGE_KEYS = {"file", "status", "site", "unit", "month", "sequence", *EFFECTS}


def sealed(pair: Pair) -> Path:
    return Path(pair.township.tells("seal", "--month", MONTH, pair.stick)["path"])


def received(pair: Pair) -> None:
    assert pair.county.tells("county", "receive", pair.stick)["packages"][-1]["status"] == "OK"


def returned_visit(pair: Pair) -> str:
    """Returns a visit from the county and brings the receipt to the township."""
    visit: str = pair.county.tells("list", VISIT)["rows"][0]["id"]
    answer = pair.county.tells(
        "county", "return", SITE, VISIT, visit, "--reason", "请填健康状况", "--field", "健康状况"
    )
    assert answer["returned"] == 1
    return visit


def damaged(package: Path, name: str) -> Path:
    """Writes a copy of a package with one bit of its signed manifest turned."""
    content = bytearray(package.read_bytes())
    content[200] ^= 1
    copy = package.with_name(name)
    copy.write_bytes(content)
    return copy


def test_a_month_goes_round_by_commands_alone(tmp_path: Path) -> None:
    township, county, stick = Desk(tmp_path / "t"), Desk(tmp_path / "c"), tmp_path / "stick"
    made = township.tells("init", "--township", "512021206", "--operator", "王芳", "--site-letter", "b")
    assert (made["workspace"], made["unit"], made["site"]) == (str(township.folder), TOWNSHIP, "t512021206b")
    root = county.tells("county", "init", "--operator", "李局", "--offline", tmp_path / "safe")
    assert {"site", "fingerprint", "root_fingerprint", "trust_version", "path"} <= root.keys()
    assert (Path(root["path"]).parent / "allowed_signers").exists()
    request = township.tells("enrol", "request", stick)
    approved = county.tells("county", "approve", request["path"], stick, "--digits", request["fingerprint"])
    assert (approved["site"], approved["fingerprint"]) == (request["site"], request["fingerprint"])
    assert (stick / "allowed_signers").exists()
    card = " ".join(root["root_fingerprint"].split()[-2:])
    accepted = township.tells("enrol", "accept", approved["path"], "--root", card)
    assert (accepted["site"], accepted["fingerprint"]) == ("t512021206b", root["root_fingerprint"])
    township.tells("add", CASE, *words_of_elder(2, "周春英"))
    township.tells("add", VISIT, f"id_number={id_number(2)}", "visit_date=2026-11-10", "visit_method=1")
    package = township.tells("seal", "--month", MONTH, stick)
    assert package["counts"] == {"person": 1, CASE: 1, VISIT: 1, "report_package": 1}
    (taken,) = county.tells("county", "receive", stick)["packages"]
    assert (taken["status"], taken["site"], taken["new"]) == ("OK", "t512021206b", 4)
    receipt = county.tells("county", "receipt", "t512021206b", stick)
    assert township.tells("receipt", receipt["path"])["accepted"] == 4
    units = county.tells("county", "status", "--month", MONTH)["units"]
    (unit,) = [one for one in units if one["sequence"]]
    assert (unit["unit"], unit["state"], unit["records"], unit["returned"]) == (TOWNSHIP, "已收", 4, 0)


def test_a_package_says_what_is_in_it(pair: Pair) -> None:
    answer = pair.township.tells("seal", "--month", MONTH, pair.stick, "--filler", "王芳", "--leader", "赵乡长")
    assert (answer["site"], answer["sequence"]) == (SITE, 1)
    assert answer["counts"] == {"person": 3, CASE: 3, VISIT: 2, "report_package": 1}
    inspected = run("inspect", answer["path"], "--json").json
    assert (inspected["type"], inspected["format"], inspected["recipient"]) == ("package", "tpkg", "county-512021")
    assert (inspected["digest"], inspected["size"]) == (answer["digest"], Path(answer["path"]).stat().st_size)


def test_mandatory_reports_travel_only_in_a_package_of_their_own(pair: Pair) -> None:
    report = "报告情形=05 情况说明=邻居发现 报告对象=1 办理阶段=1 报告人=王芳"
    times = ("发现时间=2026-11-10 09:30", "报告时间=2026-11-10 10:05")
    pair.township.tells("add", "child_report", *report.split(), *times)
    special = pair.township.tells("seal", "--month", MONTH, "--special", pair.stick)
    assert special["counts"] == {"child_report": 1, "report_package": 1}
    assert "child_report" not in pair.township.tells("seal", "--month", MONTH, pair.stick)["counts"]
    taken = pair.county.tells("county", "receive", pair.stick)["packages"]
    assert [one["status"] for one in taken] == ["OK", "OK"]
    assert len(pair.county.tells("list", "child_report")["rows"]) == 1


def test_a_record_with_a_logic_error_is_left_out_and_told(pair: Pair) -> None:
    case = pair.township.tells("list", CASE, "--search", "周春英")["rows"][0]["id"]
    pair.township.tells("set", CASE, case, "enrol_date=2026-11-20")
    answer = pair.township.answers(1, "seal", "--month", MONTH, pair.stick)
    assert answer["counts"][VISIT] == 1
    assert [(one["register"], one["caption"]) for one in answer["left_out"]] == [(VISIT, "周春英")]
    pair.county.tells("county", "receive", pair.stick)
    assert pair.county.tells("list", VISIT)["total"] == 1


def test_a_preview_takes_nothing_in(pair: Pair) -> None:
    sealed(pair)
    (seen,) = pair.county.tells("county", "receive", pair.stick, "--preview")["packages"]
    assert seen.keys() >= PACKAGE_KEYS
    assert (seen["status"], seen["new"]) == ("OK", 9)
    assert pair.county.tells("list", CASE)["total"] == 0
    received(pair)
    assert pair.county.tells("list", CASE)["total"] == 3


def test_the_same_package_again_is_refused_alone_and_harmless_beside_others(pair: Pair) -> None:
    sealed(pair)
    received(pair)
    answer = pair.county.answers(3, "county", "receive", pair.stick)
    assert (answer["status"], answer["packages"][0]["status"]) == ("E_REPLAY", "E_REPLAY")
    assert answer["message"]
    sealed(pair)
    again = pair.county.tells("county", "receive", pair.stick)
    assert [one["status"] for one in again["packages"]] == ["E_REPLAY", "OK"]


def test_a_damaged_package_is_refused_and_changes_nothing(pair: Pair) -> None:
    bad = damaged(sealed(pair), f"{SITE}-000009.tpkg")
    ran = pair.county.says("--json", "county", "receive", bad)
    assert ran.code == 3
    assert ran.json["status"].startswith("E_")
    assert ran.json["message"] in ran.err
    assert pair.county.tells("list", CASE)["total"] == 0


def test_a_damaged_package_beside_a_good_one_is_a_problem(pair: Pair) -> None:
    damaged(sealed(pair), f"{SITE}-000009.tpkg")
    answer = pair.county.answers(1, "county", "receive", pair.stick)
    assert answer["status"] == "OK"
    assert sorted(one["status"] == "OK" for one in answer["packages"]) == [False, True]


def test_a_folder_without_packages_is_told(pair: Pair) -> None:
    assert "没有找到上报包" in pair.county.answers(2, "county", "receive", pair.stick)["message"]


def test_a_returned_record_comes_back_corrected(pair: Pair) -> None:
    sealed(pair)
    received(pair)
    visit = returned_visit(pair)
    written = pair.county.tells("county", "receipt", SITE, pair.stick)
    assert (written["accepted"], written["returned"]) == (9, 1)
    answer = pair.township.answers(1, "receipt", written["path"])
    assert (answer["status"], answer["accepted"], answer["returned"]) == ("OK", 9, 1)
    (record,) = answer["records"]
    assert (record["register"], record["id"], record["label"]) == (VISIT, visit, "健康状况")
    assert record["message"] == "请填健康状况"
    pair.township.tells("set", VISIT, visit, "health=良好")
    sealed(pair)
    received(pair)
    written = pair.county.tells("county", "receipt", SITE, pair.stick)
    assert pair.township.tells("receipt", written["path"])["returned"] == 0
    (shown,) = [row for row in pair.county.tells("list", VISIT)["rows"] if row["id"] == visit]
    assert shown["health"] == "良好"


def test_a_receipt_is_taken_once(pair: Pair) -> None:
    sealed(pair)
    received(pair)
    path = pair.county.tells("county", "receipt", SITE, pair.stick)["path"]
    pair.township.tells("receipt", path)
    answer = pair.township.answers(3, "receipt", path)
    assert (answer["status"], bool(answer["message"])) == ("E_REPLAY", True)


def test_a_record_is_returned_with_a_reason_and_an_existing_field(pair: Pair) -> None:
    sealed(pair)
    received(pair)
    visit = pair.county.tells("list", VISIT)["rows"][0]["id"]
    line = ("county", "return", SITE, VISIT, visit)
    assert "退回原因" in pair.county.answers(2, *line, "--reason", " ")["message"]
    assert "没有“nix”" in pair.county.answers(2, *line, "--reason", "请改", "--field", "nix")["message"]
    assert (
        "没有上报过"
        in pair.county.answers(2, "county", "return", "t512021101a", VISIT, visit, "--reason", "请改")["message"]
    )


def test_wrong_digits_enrol_nobody(pair: Pair, tmp_path: Path) -> None:
    request = pair.township.tells("enrol", "request", tmp_path)
    wrong = " ".join(["00000"] * 6)
    answer = pair.county.answers(3, "county", "approve", request["path"], tmp_path, "--digits", wrong)
    assert answer["status"] == "E_ENROL_DIGITS"


def test_a_trust_bundle_of_another_county_is_refused(made: Path, stranger: Desk) -> None:
    answer = stranger.answers(3, "enrol", "accept", made / "trust-000002.tpkg", "--root", "00000 00000")
    assert answer["status"] == "E_TRUST_COUNTY"


def test_a_laptop_not_on_the_list_is_told_so_and_cannot_seal(made: Path, stranger: Desk, tmp_path: Path) -> None:
    assert "还没有在县局登记" in stranger.answers(2, "seal", "--month", MONTH, tmp_path)["message"]
    card = Path(made / "offline" / "信任卡.txt").read_text(encoding="utf-8").split("：")[1].split()
    answer = stranger.answers(1, "enrol", "accept", made / "trust-000002.tpkg", "--root", " ".join(card[-2:]))
    assert answer["enrolled"] is False


def test_packages_of_a_revoked_laptop_are_refused(pair: Pair, tmp_path: Path) -> None:
    sealed(pair)
    revoked = pair.county.tells("county", "revoke", SITE, tmp_path)
    assert (revoked["site"], revoked["trust_version"]) == (SITE, 3)
    assert SITE not in (tmp_path / "allowed_signers").read_text(encoding="utf-8")
    assert pair.county.answers(3, "county", "receive", pair.stick)["status"] == "E_KEY_REVOKED"


def test_a_laptop_that_never_was_cannot_be_revoked(pair: Pair, tmp_path: Path) -> None:
    assert "没有设备" in pair.county.answers(2, "county", "revoke", "t512021101a", tmp_path)["message"]


def test_the_trust_bundle_is_written_again(pair: Pair, tmp_path: Path) -> None:
    answer = pair.county.tells("county", "trust", tmp_path)
    assert answer["trust_version"] == 2
    assert Path(answer["path"]).exists() and (tmp_path / "allowed_signers").exists()


def test_all_four_kinds_of_file_are_inspected_without_a_workspace(pair: Pair, made: Path) -> None:
    package = sealed(pair)
    received(pair)
    receipt = pair.county.tells("county", "receipt", SITE, pair.stick)["path"]
    files = [package, receipt, made / "trust-000002.tpkg", made / f"enrol-{SITE}.tpkg"]
    found = [run("inspect", path, "--json").json for path in files]
    assert [one["type"] for one in found] == ["package", "receipt", "trust", "enrol"]
    assert [one["recipient"] for one in found] == ["county-512021", SITE, "", ""]
    assert all({"format", "recipient", "size", "digest"} <= one.keys() for one in found)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.tpkg").write_bytes(b"not a package" * 100)
    ran = run("inspect", tmp_path / "x.tpkg", "--json")
    assert (ran.code, json.loads(ran.out)["status"]) == (3, "E_CONTAINER")


@pytest.mark.parametrize("line", [["county", "receive"], ["county", "receipt", SITE], ["inspect"]])
def test_a_file_left_out_is_wrong_usage(pair: Pair, line: list[str]) -> None:
    assert pair.county.answers(2, *line)["status"] == "E_USAGE"
