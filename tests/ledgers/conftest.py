from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anyue_desktop.core.sheet import Heading
from anyue_desktop.ledgers.fonts import FontChain
from anyue_desktop.ledgers.preview import Preview


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontChain:
    """The program's fonts, unpacked into a folder of this test run."""
    return FontChain(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def heading() -> Heading:
    return Heading("姚市镇人民政府", "2026年11月", "P20261123-0007", filled_on=date(2026, 11, 23))


@pytest.fixture(scope="session")
def read():
    """Returns the texts of a document's pages, each as its words."""

    def pages(path: Path) -> list[list[str]]:
        with Preview(path) as preview:
            texts = [preview.text(number) for number in range(preview.pages)]
        return [text.split() for text in texts]

    return pages
