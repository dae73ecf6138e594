"""动态管理: the classes of a file follow what else is known; the rules propose, the officer confirms (A.2, A.3).

A class that seems to be missing and one that no longer holds are each a 提示 with a proposal; a written reason keeps
the file as it is. What was chosen before is seen in the file's history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from anyue_desktop.core import codes
from anyue_desktop.core.problem import Problem
from anyue_desktop.core.register import Entry, Values

Grounds = Mapping[str, str]  # code of a class → why it holds, or why it does not


def agree(
    case: Entry, fields: tuple[str, str], grounds: Grounds, against: Grounds, ways_out: Mapping[str, str]
) -> Iterator[Problem]:
    """Compares the chosen classes with what is known; `fields` hold the classes and the main one.

    `ways_out` names for a class the reason to leave the list with when it was the only one and holds no longer.
    """
    if case["exit_date"]:
        return
    key = fields[0]
    known = codes.code_list(str(getattr(case.register.field(key).type, "list_name")))  # noqa: B009 - a `Codes`
    chosen: tuple[str, ...] = case[key] or ()
    for code, why in grounds.items():
        if code not in chosen:
            message = f"{why}，可能还属于“{known.show(code)}”"
            hint = "请核实后采用；不属于的请写明理由"
            more = {key: known.in_order((*chosen, code))}
            yield case.warning(f"kind_{code}", message, key, hint, suggestion=more)
    for code in chosen:
        if code in against:
            message = f"{against[code]}，不再符合“{known.show(code)}”"
            proposal = without(case, fields, code) if len(chosen) > 1 else _exit(case, ways_out.get(code))
            yield case.warning(
                f"not_kind_{code}", message, key, "请核实后采用；仍属于的请写明理由", suggestion=proposal
            )


def without(case: Entry, fields: tuple[str, str], code: str) -> Values:
    """Returns the classes without one of them; the main one stays where it can."""
    key, main = fields
    left = tuple(one for one in case[key] if one != code)
    kept = case[main] if case[main] in left else left[0] if len(left) == 1 else None
    return {key: left, main: kept}


def _exit(case: Entry, reason: str | None) -> Values:
    return {"exit_date": case.context.today, "exit_reason": reason} if reason else {}
