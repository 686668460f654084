"""What the cells of an agenda say: rectangle by rectangle, from values to the parts of an agenda."""
