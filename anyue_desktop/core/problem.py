"""What is wrong with a record, in the officer's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """How much a problem matters."""

    ERROR = "error"  # 逻辑错误: must be mended before the record can be reported
    WARNING = "warning"  # 经验校验: may be kept with a written reason
    MISSING = "missing"  # 信息不全: listed, never in the way


KIND_NAMES = {Kind.ERROR: "逻辑错误", Kind.WARNING: "提示", Kind.MISSING: "信息不全"}


@dataclass(frozen=True)
class Problem:
    """One thing wrong: a sentence, the field it points to, the value seen and what to do."""

    kind: Kind
    message: str
    field: str = ""
    value: str = ""
    hint: str = ""
    code: str = ""  # stable name of the rule; a written reason is kept under it
    suggestion: Mapping[str, Any] = field_of(default_factory=dict, hash=False)  # what would mend it, by field

    def within(self, prefix: str) -> Self:
        """Returns the problem of an embedded record as its outer record sees it; `prefix` ends in a dot."""
        suggestion = {f"{prefix}{path}": value for path, value in self.suggestion.items()}
        return replace(self, field=f"{prefix}{self.field}" if self.field else prefix[:-1], suggestion=suggestion)
