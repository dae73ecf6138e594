"""批量录入: what is entered line by line, for everybody who is due."""

from __future__ import annotations

from anyue_desktop.services.batches.batch import Batch, DueLine
from anyue_desktop.services.batches.batching import Batching
from anyue_desktop.services.batches.kinds import BATCHES, batch_of

__all__ = ["BATCHES", "Batch", "Batching", "DueLine", "batch_of"]
