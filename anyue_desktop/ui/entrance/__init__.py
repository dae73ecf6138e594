"""Before the window opens: making a workspace, and unlocking it."""
