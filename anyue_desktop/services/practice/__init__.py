"""Made-up townships for practice, demonstration and measurement; no person in them exists."""

from anyue_desktop.services.practice.setting import Size, size_of
from anyue_desktop.services.practice.township import PRACTICE_TOWNSHIP, PersonFile, PracticeTownship, files, people
from anyue_desktop.services.practice.whole import whole_township

__all__ = [
    "PRACTICE_TOWNSHIP",
    "PersonFile",
    "PracticeTownship",
    "Size",
    "files",
    "people",
    "size_of",
    "whole_township",
]
