"""The plan file of a begroting: its keys, read and written; a module per part of a plan."""
