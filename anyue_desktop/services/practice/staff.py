"""未保人员和培训: a 儿童督导员 in the township, a 儿童主任 in each village, and what they were taught."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.places import Village
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

SUPERVISOR, DIRECTOR, OF_STATION = "1", "2", "3"  # codelist protect_role
CERTIFICATES = Odds({"0": 80, "1": 16, "2": 4})
EDUCATION = Odds({"60": 40, "40": 20, "30": 30, "20": 10})
LEFT_BEFORE = 18  # days since a vacant post was given up
UNTRAINED = 3  # the village whose 儿童主任 missed every training
COURSES = (
    (40, "儿童主任业务培训", "儿童督导员、儿童主任职责，一人一档信息更新，强制报告流程"),
    (200, "预防溺水和暑期安全培训", "暑期走访要求，临水安全巡查，心理关爱基本方法"),
    (300, "委托照护和监护指导培训", "委托照护确认书的签订，监护缺失情形的识别与转介"),
)  # days ago, title, content


def write_staff(setting: Setting) -> None:
    """Writes who is in post and the trainings of the last twelve months."""
    draw = setting.draw("staff")
    _write_officials(setting, draw)
    vacant = setting.villages[-setting.character.vacant_posts :] if setting.character.vacant_posts else ()
    for village in setting.villages:
        left = setting.today - timedelta(days=LEFT_BEFORE) if village in vacant else None
        _write_director(setting, draw, village, left)
    _write_trainings(setting, draw)


def director_of(setting: Setting, village: Village) -> Values:
    """Returns the 儿童主任 of a village, the last one where the post is vacant."""
    return setting.book.others("protect_staff", {"role": DIRECTOR, "duty_division": village.code})[0]


def supervisor(setting: Setting) -> Values:
    """Returns the township's 儿童督导员."""
    return setting.book.others("protect_staff", {"role": SUPERVISOR})[0]


def _write_officials(setting: Setting, draw: Draw) -> None:
    posts = [(SUPERVISOR, f"{setting.name}民政办工作人员")]
    if setting.character.has_station:
        posts.append((OF_STATION, f"{setting.name}未成年人保护工作站"))
    for role, company in posts:
        values = {"role": role, "duty_division": setting.township, "company": company, "is_full_time": role != "1"}
        _write_post(setting, draw, values, None)


def _write_director(setting: Setting, draw: Draw, village: Village, left: date | None) -> None:
    values: Values = {
        "role": DIRECTOR,
        "duty_division": village.code,
        "company": f"{village.name}{draw.one(('妇女委员', '委员', '文书'))}",
        "is_full_time": False,
    }
    _write_post(setting, draw, values, left)


def _write_post(setting: Setting, draw: Draw, values: Values, left: date | None) -> None:
    began = setting.today - timedelta(days=draw.between(400, 1500))
    whole = values | {
        "name": words.full_name(draw, draw.one("1222"), young=True),
        "phone": numbers.phone(draw, numbers.VISITOR),
        "on_date": began,
        "education": draw.of(EDUCATION),
        "social_work_cert": draw.of(CERTIFICATES),
    }
    setting.book.write("protect_staff", draw, began, whole | ({"off_date": left} if left else {}))


def _write_trainings(setting: Setting, draw: Draw) -> None:
    staff = [one for one in setting.book.records["protect_staff"] if one["role"] in (SUPERVISOR, DIRECTOR)]
    missed = setting.villages[min(UNTRAINED, len(setting.villages) - 1)].code
    for days, title, content in COURSES:
        day = setting.today - timedelta(days=days)
        there = [one for one in staff if one["duty_division"] != missed and draw.chance(0.85)] or staff[:1]
        values: Values = {
            "title": f"{day.year}年{title}",
            "place": f"{setting.name}便民服务中心会议室",
            "trained_on": day,
            "teacher": "县民政局儿童福利股、县未成年人救助保护中心",
            "content": content,
            "attendees": tuple(sorted(one["id"] for one in there)),
        }
        setting.book.write("staff_training", draw, day, values)
