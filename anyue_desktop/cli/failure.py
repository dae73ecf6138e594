"""What went wrong, as a sentence, a status and an exit code: the one door of the command for problems."""

from __future__ import annotations

import platform
import re
import traceback
from pathlib import Path

import anyue_desktop
from anyue_desktop.cli.answer import BUG, REFUSED, STOPPED, UNUSABLE, USAGE, Answer
from anyue_desktop.core import clock, paths
from anyue_desktop.core.errors import Cancelled, Refused, Unusable, UserError
from anyue_desktop.core.files import write_text

E_USAGE, E_BUG, E_STOPPED = "E_USAGE", "E_BUG", "E_STOPPED"
MISUSES = {  # the parser's English, in the reader's words; anything else is passed on as it is
    r"No such command '(.*?)'.*": r"没有“\1”这个命令",
    r"Missing command.*": "后面还要写命令",
    r"Missing option '(.*?)'.*": r"缺少选项 \1",
    r"Missing argument '(.*?)'.*": r"缺少 \1",
    r"No such option:? '?(-[^'\s]*?)'?\.?(?: .*)?": r"没有 \1 这个选项",
    r"Option '(.*?)' requires an argument.*": r"选项 \1 后面要写值",
    r"Got unexpected extra argument(?:s|\(s\))? \((.*)\).*": r"多写了 \1",
    r"Invalid value for '(.*?)': (?i:file|directory|dir|path) '(.*)' does not exist.*": r"“\2”不存在",
    r"Invalid value for '(.*?)': (?i:file|path) '(.*)' is a directory.*": r"“\2”是文件夹，这里要写文件",
    r"Invalid value for '(.*?)': (?i:directory|dir|path) '(.*)' is a file.*": r"“\2”是文件，这里要写文件夹",
    r"Invalid value for '(.*?)':.*valid integer.*": r"\1 后面要写整数",
    r"Invalid value for '(.*?)': (.*)": r"\1 的值不对（\2）",
}


def misuse(sentence: str) -> Answer:
    """Returns the answer to a command line that cannot be understood."""
    for english, chinese in MISUSES.items():
        if (found := re.fullmatch(english, sentence, re.DOTALL)) is not None:
            sentence = found.expand(chinese)
            break
    return _answer(E_USAGE, f"命令用法不对：{sentence}", "请用 anyue --help 或 anyue 命令名 --help 查看用法", USAGE)


def failure(error: BaseException) -> Answer:
    """Returns the answer to an error."""
    if isinstance(error, Refused):
        return _answer(error.status, error.message, error.hint, REFUSED)
    if isinstance(error, Unusable):
        return _answer(error.status, error.message, error.hint, UNUSABLE)
    if isinstance(error, UserError):
        return _answer(E_USAGE, error.message, error.hint, USAGE)
    if isinstance(error, Cancelled | KeyboardInterrupt):
        return _answer(E_STOPPED, "已停止，没有做完的部分都没有保存", "需要时重新运行这个命令", STOPPED)
    return _bug(error)


def _answer(status: str, message: str, hint: str, code: int) -> Answer:
    told = f"{message}\n{hint}" if hint else message
    return Answer({"status": status, "message": message, "hint": hint}, notes=[told], code=code)


def _bug(error: BaseException) -> Answer:
    message = "程序遇到了没有料到的情况，刚才的操作没有完成；已经保存的数据不受影响"
    try:
        log = str(_written(error))
    except UserError:
        log = ""
    hint = f"请把日志交给技术支持：{log}（里面没有个人信息）" if log else "请把这条命令告诉技术支持"
    answer = _answer(E_BUG, message, hint, BUG)
    return Answer({**answer.facts, "log": log}, notes=answer.notes, code=BUG)


def _written(error: BaseException) -> Path:
    """Writes where the bug struck, without the values that were at hand: they may be personal."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"安岳民政离线台账 {anyue_desktop.__version__} · Python {platform.python_version()} · {platform.system()}"]
    lines += [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    lines.append(type(error).__name__)
    log = paths.log_folder() / f"anyue-{clock.now():%Y%m%d-%H%M%S}.log"
    write_text(log, "\n".join(lines) + "\n")
    return log
