"""The window: pages, forms, editors and dialogs. It knows values and services, never tables or files."""

from anyue_desktop.ui.constants_guard import protect_constants

protect_constants()
