"""Something wrong with a workspace."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.db.status import SENTENCES, Status


@dataclass(frozen=True)
class Finding:
    """Something wrong with a workspace: a status and where it shows."""

    status: Status
    place: str

    @property
    def sentence(self) -> str:
        """What it means, and what to do."""
        message, hint = SENTENCES[self.status]
        return f"{message}：{self.place}。{hint}"
