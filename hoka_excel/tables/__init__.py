"""A neutral grid of cells, and what can be found in one."""
