"""批量录入: a grid with one line for each who is due."""
