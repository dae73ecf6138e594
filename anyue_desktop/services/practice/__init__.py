"""Made-up townships for practice, demonstration and measurement; no person in them exists."""

from anyue_desktop.services.practice.base_figures import county_figures
from anyue_desktop.services.practice.county import COUNTY_SEED, USUAL_SCALE, character_of, townships
from anyue_desktop.services.practice.setting import Size, size_of
from anyue_desktop.services.practice.township import PRACTICE_TOWNSHIP, PersonFile, PracticeTownship, files, people
from anyue_desktop.services.practice.whole import whole_township

__all__ = [
    "COUNTY_SEED",
    "PRACTICE_TOWNSHIP",
    "USUAL_SCALE",
    "PersonFile",
    "PracticeTownship",
    "Size",
    "character_of",
    "county_figures",
    "files",
    "people",
    "size_of",
    "townships",
    "whole_township",
]
