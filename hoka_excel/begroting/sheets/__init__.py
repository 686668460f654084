"""What the sheets of a begroting hold: a module per sheet or part of one, as cells."""
