"""What is wrong with a plan before any figure is checked: a module per part of a plan."""
