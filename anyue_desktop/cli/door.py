"""The outermost command: common options anywhere on the line, one answer, one exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from anyue_desktop.cli.answer import DONE, STOPPED, Answer
from anyue_desktop.cli.failure import failure, misuse
from anyue_desktop.core.errors import Cancelled

WITH_VALUE = ("--workspace", "--operator")
JSON = "--json"
END_OF_OPTIONS = "--"
UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # typer brings its own click under changing names


class Door(TyperGroup):
    """Shows what a command answers, and turns everything that goes wrong into an answer of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Reads the common options wherever they stand."""
        parsed: list[str] = super().parse_args(ctx, common_first(args))
        return parsed

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Runs one command line and leaves with its exit code."""
        line = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        answer = self._answered(line, *rest, **options)
        if isinstance(answer, Answer):
            answer.show(as_json=wants_json(line))
            sys.exit(answer.code)
        sys.exit(answer if isinstance(answer, int) else DONE)

    def _answered(self, line: list[str], *rest: Any, **options: Any) -> Any:
        try:
            answer = super().main(line, *rest, **options)
        except UsageError as error:
            return misuse(error.format_message())  # type: ignore[attr-defined]  # every click error has it
        except (typer.Abort, KeyboardInterrupt):
            return failure(Cancelled())
        except Exception as error:
            return failure(error)
        return failure(Cancelled()) if answer == STOPPED else answer


def wants_json(line: Sequence[str]) -> bool:
    """Whether the answer is asked for as JSON, even on a line that cannot be understood."""
    options = line[: line.index(END_OF_OPTIONS)] if END_OF_OPTIONS in line else line
    return JSON in options


def common_first(line: Sequence[str]) -> list[str]:
    """Moves the common options before the command's name."""
    common: list[str] = []
    others: list[str] = []
    remaining = iter(line)
    for word in remaining:
        if word == END_OF_OPTIONS:
            others += [word, *remaining]
        elif word in WITH_VALUE:
            value = next(remaining, None)
            (others if value is None else common).extend([word] if value is None else [word, value])
        elif word == JSON or word.partition("=")[0] in WITH_VALUE:
            common.append(word)
        else:
            others.append(word)
    return [*common, *others]
