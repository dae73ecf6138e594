"""The made-up unit and people of these tests; 512099 is an unassigned prefix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anyue_desktop.db.vault import Keys
from anyue_desktop.registers import Person

PASSPHRASE = "山羊-水牛-黄牛-骏马"
UNIT = {"edition": "township", "code": "512021100000", "name": "岳阳镇"}


@dataclass(frozen=True)
class Made:
    folder: Path
    keys: Keys


SURNAMES = ("王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "曾")
PINYIN = ("wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhou", "wu", "zeng zeng")


def row(number: int, **values: Any) -> dict[str, Any]:
    """Returns the values of one made-up person."""
    surname = number % len(SURNAMES)
    return {
        "name": f"{SURNAMES[surname]}芳{number:05}",
        "name_pinyin": f"{PINYIN[surname].split()[0]}fang{number:05}",
        "name_initials": f"{PINYIN[surname][0]}f{number:05}",
        "id_type": "111",
        "id_number": f"512099{number:012}",
        "birth_date": date(1940, 1 + number % 12, 1),
        "phone": f"139{number:08}",
        "residence_division": "512021100001",
        "group_name": f"{number % 9 + 1}组",
        **values,
    }


def person(number: int, **values: Any) -> Person:
    """Returns one made-up person as an object."""
    return Person(**row(number, **values))
