"""The plan file of a quality agenda: its keys, read and written."""
