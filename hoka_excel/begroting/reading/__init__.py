"""What the cells of a begroting say: rectangle by rectangle, from values to the parts of a plan."""
