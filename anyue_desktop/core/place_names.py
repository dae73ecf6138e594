"""How names of villages and townships are compared, however they are written."""

from __future__ import annotations

import re

from anyue_desktop.core.cells import folded

_VARIANTS = str.maketrans({"迴": "回", "廻": "回", "塆": "湾", "埡": "垭", "壩": "坝", "橋": "桥", "龍": "龙"})
_COMMITTEE = re.compile(r"(?:村民委员会|社区居民委员会|居民委员会|社区居委会|居委会|村委会|委员会)$")
_STEM = re.compile(r"(?:社区|村)$")


def fold_place(text: str) -> str:
    """The form in which place names are compared: one width, no white space, 迴 as 回."""
    return folded(text).translate(_VARIANTS)


def short_place(name: str) -> str:
    """Drops the committee behind a name: 土桥村村民委员会, 土桥村委会 → 土桥村; 迴龙社区居委会 → 回龙社区."""
    bare = _COMMITTEE.sub("", name)
    if bare == name or not bare:
        return name
    if bare.endswith(("村", "社区")):
        return bare
    return bare + ("村" if "村" in name[len(bare) :] else "社区")


def stem_of(name: str) -> str:
    """Returns a village's name without 村 or 社区."""
    return _STEM.sub("", name)
