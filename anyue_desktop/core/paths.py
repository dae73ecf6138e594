"""Where the program keeps its files when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "AnyueDesktop"
WORKSPACE_NAME = "安岳民政台账"


def default_workspace() -> Path:
    """Returns the folder offered for a new workspace: in the person's documents, where it can be seen and backed up."""
    return Path(platformdirs.user_documents_dir()) / WORKSPACE_NAME


def settings_folder() -> Path:
    """Returns the folder of settings of this computer."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def cache_folder() -> Path:
    """Returns the folder of files that can be made again, such as unpacked fonts."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """Returns the folder of log files, which hold no personal data."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
