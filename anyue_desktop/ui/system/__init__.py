"""系统: operators, safekeeping, the recycle bin, health and the look of the program."""
