"""What the common options say: which workspace, which operator, and how to unlock it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
from rich.progress import Progress as Bar

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.services.workspace import Workspace, exists, open_workspace, unit_of

PASSPHRASE, NEW_PASSPHRASE = "ANYUE_PASSPHRASE", "ANYUE_NEW_PASSPHRASE"
E_PASSPHRASE, E_WORKSPACE_MISSING = "E_PASSPHRASE", "E_WORKSPACE_MISSING"


@dataclass(frozen=True)
class Session:
    """One run of the command."""

    folder: Path
    operator: str
    as_json: bool

    @contextmanager
    def opened(self) -> Iterator[Workspace]:
        """Gives the unlocked workspace, and locks it again whatever happens."""
        self.require_workspace()
        workspace = open_workspace(self.folder, self.operator, passphrase())
        try:
            news = workspace.accounts.news()
            if news:
                typer.echo(news, err=True)
            yield workspace
        finally:
            workspace.close()

    @contextmanager
    def township(self) -> Iterator[Workspace]:
        """Gives the unlocked workspace of a township.

        Raises:
            UserError: it is the county's.
        """
        self.require_workspace()
        if unit_of(self.folder).is_county:
            raise UserError("这是县局的台账，这个命令只能用于乡镇的台账", "请用 --workspace 指定乡镇的台账")
        with self.opened() as workspace:
            yield workspace

    @contextmanager
    def county(self) -> Iterator[Workspace]:
        """Gives the unlocked workspace of the county.

        Raises:
            UserError: it is a township's.
        """
        self.require_workspace()
        if not unit_of(self.folder).is_county:
            raise UserError("这是乡镇的台账，这个命令只能用于县局的台账", "请用 --workspace 指定县局的台账")
        with self.opened() as workspace:
            yield workspace

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Gives a progress shown as a bar on a terminal, and silent anywhere else."""
        if self.as_json or not sys.stderr.isatty():
            yield Progress()
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def report(stage: str, done: int, total: int) -> None:
                bar.update(task, description=stage, completed=done, total=total or None)

            yield Progress(report)

    def require_workspace(self) -> None:
        """Raises `Unusable` E_WORKSPACE_MISSING unless there is something in the folder."""
        if exists(self.folder) or (self.folder.is_dir() and any(self.folder.iterdir())):
            return
        raise Unusable(
            E_WORKSPACE_MISSING,
            f"“{self.folder}”里没有台账",
            "请用 --workspace 指定台账所在的文件夹，或先用 anyue init 建立",
        )


def session_of(context: typer.Context) -> Session:
    """Returns the session of a command."""
    found = context.obj
    if not isinstance(found, Session):
        raise TypeError("a command runs within a session")
    return found


def passphrase() -> str:
    """Returns the operator's passphrase, from the environment or the person at the terminal."""
    return _secret(PASSPHRASE, "密码")


def new_passphrase(variable: str = NEW_PASSPHRASE) -> str:
    """Returns a passphrase that is being set; a person types it twice."""
    return _secret(variable, "新密码", twice=True)


def _secret(variable: str, what: str, *, twice: bool = False) -> str:
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise Unusable(
            E_PASSPHRASE, f"没有给出{what}，也没有可以输入的终端", f"请在终端里运行，或设置环境变量 {variable}"
        )
    typed: str = typer.prompt(
        what, hide_input=True, err=True, confirmation_prompt=f"再输入一次{what}" if twice else False
    )
    return typed
