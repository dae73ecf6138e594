"""The failures a person can be told about.

Exception
├── UserError        the world is not as it should be; a sentence and a next step
│   ├── Refused      a package, receipt or file that must not be taken in (closed status code)
│   └── Unusable     the workspace is locked, damaged, newer, read-only … (closed status code)
└── Cancelled        the person pressed Cancel; not a failure

Anything else that escapes a service is a bug in the program.
"""

from __future__ import annotations


class UserError(Exception):
    """A sentence for a person (what is wrong, the value seen) and what to do next, in Chinese."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class Refused(UserError):
    """Something offered from outside that must not be taken in; `status` is a code of a closed list."""

    def __init__(self, status: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


class Unusable(UserError):
    """The workspace cannot be opened or written; `status` is a code of a closed list."""

    def __init__(self, status: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


class Cancelled(Exception):
    """The person asked a long job to stop; everything unfinished has been rolled back."""
