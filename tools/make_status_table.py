"""Writes the table of docs/manual/09-出错时.md: every code the program can show, what it says, and what to do.

.venv/bin/python -m tools.make_status_table
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from anyue_desktop.db.status import SENTENCES
from anyue_desktop.exchange.status import Group, Status

TARGET = Path(__file__).resolve().parent.parent / "docs" / "manual" / "09-出错时.md"
BEGIN, END = "<!-- 状态码表由 tools/make_status_table.py 写成 -->", "<!-- 表到这里 -->"
HEAD = "| 代码 | 意思 | 怎么办 |\n|---|---|---|"
TITLES = {
    Group.DAMAGED: "文件或 U 盘坏了：重新拷贝",
    Group.WRONG: "先不要接收：核对清楚再来",
    Group.HOLD: "暂缓接收：先补上缺的",
    Group.STOP: "停下来：告诉县局信息安全负责人",
    Group.INFO: "没有关系：知道一下",
    Group.RECORD: "一条记录被退回：其余的已经收下",
}


def table() -> str:
    """Returns everything between the two marks."""
    return "\n".join((BEGIN, "", *_workspace(), *(line for group in TITLES for line in _group(group)), END))


def renewed(text: str) -> str:
    """Returns the page with its table as the program has it now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{table()}{after}"


def _workspace() -> Iterator[str]:
    yield f"### 打不开台账，或者存不进去\n\n{HEAD}"
    for status, (sentence, next_step) in SENTENCES.items():
        yield _row(status.value, sentence, next_step)
    yield ""


def _group(group: Group) -> Iterator[str]:
    yield f"### {TITLES[group]}\n\n{HEAD}"
    for status in Status:
        if status.group is group:
            yield _row(status.name, status.sentence, status.next_step)
    yield ""


def _row(code: str, sentence: str, next_step: str) -> str:
    return f"| `{code}` | {sentence} | {next_step} |"


def main() -> None:
    """Writes the table into the page."""
    TARGET.write_text(renewed(TARGET.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
