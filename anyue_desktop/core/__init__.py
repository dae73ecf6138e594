"""What the program knows without any outside surface: values, codes, rules and errors."""
