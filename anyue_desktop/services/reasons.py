"""The reasons people write, tidied as every text is: packages, receipts and history carry them as they are."""

from __future__ import annotations

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.types import Text

REASON = Text(200)


def tidy_reason(text: str) -> str:
    """Returns a reason on one line of at most 200 characters; blank if nothing was written.

    Raises:
        UserError: too long, or characters no package may carry.
    """
    try:
        return REASON.parse(text, Context(clock.today())).value or ""
    except BadValue as error:
        raise UserError(f"填写的原因不合规定：{error}", "请改正后再试") from error
