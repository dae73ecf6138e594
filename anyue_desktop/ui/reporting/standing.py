"""How a township stands with its county, in one notice: enrolled or not, restored, reviews, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from anyue_desktop.services.asking import FULL, Wish

ENROLLED = "enrolled"
ENROLMENT = {
    "none": ("warning", "本机还没有在县局登记，不能上报。", "点“设备登记”，把申请交给县局，一次办好以后都能用。"),
    "requested": ("warning", "已经申请登记，等县局批准。", "拿到县局的信任表后，点“设备登记”接收。"),
    "enrolled": ("ok", "本机已在县局登记，可以上报。", ""),
}
AFTER_RESTORE = (
    "warning",
    "本机恢复过备份：下一个上报包会带上全部记录，和县局逐条核对。",
    "请尽快报送一次，再读取回执：备份以后上报过的记录会自动回来，不要重新录入。",
)
REVIEW_HOW = "在下面的“待审核”里由没有录入它的人核对，点“审核通过”。"


def standing(
    state: str, *, anew: bool, unreviewed: int, asked: Sequence[Wish], warnings: Sequence[str] = ()
) -> tuple[str, str, str]:
    """Returns tone, sentence and hint of the most pressing; whatever else there is stands in the hint."""
    if state != ENROLLED:
        tone, sentence, hint = ENROLMENT[state]
        return tone, sentence, "\n".join([hint, *warnings])
    whole = any(one.what == FULL for one in asked)  # then nothing was restored here: the county wants everything
    told: list[tuple[str, str]] = [AFTER_RESTORE[1:]] if anew and not whole else []
    if unreviewed:
        told.append((f"县局要求双人审核：还有 {unreviewed} 条没有审核，不审核就不会进入上报包。", REVIEW_HOW))
    told += [(f"{one.told()}。", "") for one in asked if anew or one.what != FULL]
    told += [(f"{words}。", "") for words in warnings]
    if not told:
        return ENROLMENT[state]
    (sentence, hint), *rest = told
    return "warning", sentence, "\n".join(one for one in (hint, *(words for words, _ in rest)) if one)
