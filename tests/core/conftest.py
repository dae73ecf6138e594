from datetime import date

import pytest

from anyue_desktop.core.field_type import Context

TIANMA = "512021206000"  # 天马乡


@pytest.fixture
def context() -> Context:
    """The reader of the sample sheets: 天马乡 on 2026-11-23."""
    return Context(date(2026, 11, 23), TIANMA)
