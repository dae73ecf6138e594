"""The one JSON text of a value, so that hashes and MACs have something fixed to stand on."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> str:
    """Returns the JSON text with sorted keys, without white space, in plain UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
