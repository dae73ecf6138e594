"""The encrypted workspace: keys, database, history, search, safekeeping."""
