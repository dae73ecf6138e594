"""Made-up townships for practice, demonstration and measurement; no person in them exists."""

from anyue_desktop.services.practice.township import PRACTICE_TOWNSHIP, PersonFile, PracticeTownship, files, people

__all__ = ["PRACTICE_TOWNSHIP", "PersonFile", "PracticeTownship", "files", "people"]
