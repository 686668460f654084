"""What the sheets of a quality agenda hold: a module per sheet, as cells."""
