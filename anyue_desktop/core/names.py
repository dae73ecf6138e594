"""Names of people: cleaning what sheets contain, and pinyin for finding them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyue_desktop.core import pinyin as spelling
from anyue_desktop.core.cells import BLANK_SIGNS, cell_text, quoted
from anyue_desktop.core.field_type import BadValue

LONGEST = 72
INTERPUNCT = "\u00b7"  # GB 18030 A1A4, as in 阿的·木果
MANY_HAN = 6
NONE_WORDS = frozenset({"无", "没有", "暂无"})
MOST_READINGS = 8
PINYIN_LENGTH = 200
INITIALS_LENGTH = 40

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOTS = "·•‧∙⋅・･.．。●"
_SPACE_IN_NAME = re.compile(rf"(?<=[{_HAN}{INTERPUNCT}])\s+(?=[{_HAN}{INTERPUNCT}])")
_DOTS_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s*[{_DOTS}]+\s*(?=[{_HAN}])")
_BRACKETS = re.compile(r"[（(【\[〔](.*?)[）)】\]〕]")
_EVERYDAY = re.compile("[\u4e00-\u9fff]{2,6}")  # most names: nothing can be wrong with them but that they mean none
_UNKNOWN_SIGNS = frozenset("?？□�〓■+＋")
_RADICAL = re.compile("[\u2f00-\u2fd5]")  # ⼈ for 人, as text copied from PDF files has it
_ZERO_WIDTH = dict.fromkeys((0x200C, 0x200D, 0x200E, 0x200F))
_PLAIN_SIGNS = frozenset(f"{INTERPUNCT} '’-.")

# Readings of a character as a surname, the usual one first (registers.md D.5 and the common surname lists).
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "解": ("xie",), "仇": ("qiu",), "区": ("ou",), "查": ("zha",), "曾": ("zeng",), "任": ("ren",),
    "朴": ("piao",), "覃": ("qin", "tan"), "翟": ("zhai",), "冼": ("xian",), "缪": ("miao",), "员": ("yun",),
    "乐": ("le", "yue"), "盖": ("ge", "gai"), "华": ("hua",), "宁": ("ning",), "召": ("shao",), "折": ("she",),
    "黑": ("he",), "繁": ("po",), "秘": ("bi",), "种": ("chong",), "重": ("chong",), "尹": ("yin",), "洗": ("xian",),
    "逄": ("pang",), "祭": ("zhai",), "晟": ("cheng",), "卜": ("bu",), "柏": ("bai", "bo"), "薄": ("bo",),
    "鲍": ("bao",), "车": ("che",), "佴": ("nai",), "晁": ("chao",), "谌": ("chen", "shen"), "葛": ("ge",),
    "纪": ("ji",), "靓": ("jing",), "隗": ("wei", "kui"), "吕": ("lv", "lu"), "那": ("na",), "能": ("nai",),
    "宓": ("mi", "fu"), "万": ("wan",), "尉": ("wei",), "沈": ("shen",), "盛": ("sheng",), "石": ("shi",),
    "洪": ("hong",), "夏": ("xia",), "相": ("xiang",), "燕": ("yan",), "幺": ("yao",), "叶": ("ye",),
    "应": ("ying",), "於": ("yu",), "臧": ("zang",), "占": ("zhan",), "长": ("chang", "zhang"), "朝": ("chao",),
    "郗": ("xi", "chi"), "尧": ("yao",), "贾": ("jia",), "郝": ("hao",), "褚": ("chu",), "都": ("du",),
}  # fmt: skip
COMPOUND_SURNAMES: dict[str, tuple[str, ...]] = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "欧阳": ("ou", "yang"), "司马": ("si", "ma"),
    "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"), "夏侯": ("xia", "hou"), "皇甫": ("huang", "fu"),
    "宇文": ("yu", "wen"), "慕容": ("mu", "rong"), "公孙": ("gong", "sun"), "东方": ("dong", "fang"),
    "呼延": ("hu", "yan"), "端木": ("duan", "mu"), "申屠": ("shen", "tu"), "仉督": ("zhang", "du"),
    "宰父": ("zai", "fu"), "亓官": ("qi", "guan"), "乐正": ("yue", "zheng"), "尉缭": ("wei", "liao"),
}  # fmt: skip


@dataclass(frozen=True)
class NameReading:
    """A clean name and the note that stood in brackets behind it."""

    name: str
    remark: str = ""
    notes: tuple[str, ...] = ()


def read_name(raw: object) -> NameReading | None:
    """Reads a name; a blank or a word for none gives None.

    Raises:
        BadValue: the text holds digits, signs or characters no name has.
    """
    if isinstance(raw, str) and is_everyday(raw):
        return NameReading(raw)
    text = " ".join(cell_text(raw).translate(_ZERO_WIDTH).split())
    if not text or text in BLANK_SIGNS or text in NONE_WORDS:
        return None
    _refuse_unknown(text)
    name, remark = _without_brackets(text)
    name = _tidy(name)
    sentence = fault(name)
    if sentence:
        raise BadValue(sentence)
    return NameReading(name, remark, tuple(_notes(name, remark)))


def is_everyday(name: str) -> bool:
    """Whether a text is a name of the most usual kind: a few common Han characters."""
    return bool(_EVERYDAY.fullmatch(name)) and name not in NONE_WORDS


@lru_cache(maxsize=4096)  # one visitor's name stands in thousands of records
def fault(name: str) -> str | None:
    """Returns the sentence that says why a text is not a clean name, or None."""
    if is_everyday(name):
        return None
    if not name:
        return "姓名是空的，请填写"
    if len(name) > LONGEST:
        return f"姓名最多{LONGEST}个字，现为{len(name)}个字：{quoted(name)}"
    if any(_unknown(char) for char in name):
        return _unknown_sentence(name)
    if any(char.isnumeric() and not _is_han(char) for char in name):
        return f"姓名里有数字：{quoted(name)}，请只写姓名"
    strange = next((char for char in name if not _allowed(char)), None)
    if strange is not None:
        return f"姓名里有“{strange}”：{quoted(name)}，请只写姓名"
    if name in NONE_WORDS or not any(unicodedata.category(char)[0] == "L" for char in name):
        return f"{quoted(name)}不是姓名，请核对"
    return None if _tidy(name) == name else f"姓名的写法应为{quoted(_tidy(name))}，现为{quoted(name)}"


def pinyin(name: str) -> str:
    """Returns the full pinyin in all readings, separated by spaces: `shanxiong danxiong`."""
    return spelled(name)[0]


def initials(name: str) -> str:
    """Returns the first letters in all readings, separated by spaces: `sx dx`."""
    return spelled(name)[1]


@lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[str, str]:
    """Returns the full pinyin of a name and its first letters, each in all readings."""
    readings = _character_readings(name)
    letters = [_first_letters(options) for options in readings]
    return _joined(_combinations(readings), PINYIN_LENGTH), _joined(_combinations(letters), INITIALS_LENGTH)


@lru_cache(maxsize=4096)
def _first_letters(readings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0] for one in readings))


def mask_name(name: str) -> str:
    """Returns the name with all but its first character hidden: 张**."""
    return name[:1] + "*" * (len(name) - 1)


def mask_middle(name: str) -> str:
    """Returns the name as posted: 张*芳; two characters lose their last."""
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}" if len(name) > 2 else mask_name(name)


def _refuse_unknown(text: str) -> None:
    if any(_unknown(char) for char in text):
        raise BadValue(_unknown_sentence(text))


def _unknown(char: str) -> bool:
    if char in _UNKNOWN_SIGNS or ord(char) & 0xFFFE == 0xFFFE:
        return True
    # Python 3.11 does not know the characters of Extensions H and I yet, so unassigned Han is no fault
    return unicodedata.category(char) in ("Co", "Cs", "Cn") and not _is_han(char)


def _unknown_sentence(text: str) -> str:
    return f"姓名含无法识别的字：{quoted(text)}，请对照身份证重新输入这个字"


def _without_brackets(text: str) -> tuple[str, str]:
    found = _BRACKETS.search(text)
    if not found:
        return text, ""
    name, behind = text[: found.start()].strip(), text[found.end() :].strip()
    if len(name) < 2 or (behind and not _BRACKETS.fullmatch(behind)):
        raise BadValue(_unknown_sentence(text))  # 李(王奇) describes a character that could not be typed
    return name, "；".join(part.strip() for part in _BRACKETS.findall(text) if part.strip())


def _tidy(name: str) -> str:
    name = _RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    name = " ".join(unicodedata.normalize("NFC", name).split())
    return _SPACE_IN_NAME.sub("", _DOTS_BETWEEN_HAN.sub(INTERPUNCT, name))


def _is_han(char: str) -> bool:
    return bool(re.match(rf"[{_HAN}]", char))


def _allowed(char: str) -> bool:
    return char in _PLAIN_SIGNS or _is_han(char) or unicodedata.category(char)[0] in ("L", "M")


def _notes(name: str, remark: str) -> Iterable[str]:
    if remark:
        yield f"姓名后括号里的{quoted(remark)}已移到备注"
    if len(name) == 1:
        yield f"姓名只有一个字：{quoted(name)}，请核对"
    if sum(map(_is_han, name)) > MANY_HAN and INTERPUNCT not in name:
        yield f"姓名有{len(name)}个字：{quoted(name)}，请核对"


def _character_readings(name: str) -> list[tuple[str, ...]]:
    """The readings of each character that has any; a surname is read as one."""
    if name[:2] in COMPOUND_SURNAMES:
        head, given = _surname_readings(name[:2]), name[2:]
    else:
        head, given = _surname_readings(name[:1]), name[1:]
    return [options for options in (*head, *map(_given_readings, given)) if options]


@lru_cache(maxsize=4096)
def _surname_readings(surname: str) -> tuple[tuple[str, ...], ...]:
    compound = COMPOUND_SURNAMES.get(surname)
    if compound:
        return tuple(
            _merged((reading,), spelling.readings(char)) for reading, char in zip(compound, surname, strict=False)
        )
    return tuple(_merged(SURNAMES.get(char, ()), spelling.readings(char)) for char in surname)


@lru_cache(maxsize=16384)
def _given_readings(char: str) -> tuple[str, ...]:
    return spelling.readings(_without_accent(char))


def _merged(first: Sequence[str], then: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *then)))


def _without_accent(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[0]
    return plain if plain.isascii() else char


def _combinations(options: Sequence[Sequence[str]]) -> list[str]:
    """The likeliest combinations: fewest departures from the usual readings first, at most eight."""
    if all(len(readings) == 1 for readings in options):
        return ["".join(readings[0] for readings in options)] if options else []
    best: list[tuple[int, str]] = [(0, "")]
    for readings in options:
        if len(readings) == 1:
            best = [(cost, said + readings[0]) for cost, said in best]
            continue
        longer = [(cost + rank, said + one) for cost, said in best for rank, one in enumerate(readings)]
        best = sorted(longer, key=lambda pair: pair[0])[:MOST_READINGS]
    return [said for _, said in best if said]


def _joined(alternatives: Sequence[str], longest: int) -> str:
    if len(alternatives) == 1:
        return alternatives[0][:longest]
    kept = ""
    for one in alternatives:
        longer = f"{kept} {one}".strip()
        if len(longer) > longest:
            break
        kept = longer
    return kept or "".join(alternatives[:1])[:longest]
