"""The `anyue` command: one module a group of commands, each of them parse → service → answer."""
