"""The steps that bring a database file from one version of the program to the next."""
