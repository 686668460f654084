"""The begroting workbook and its plan file: layout, build, read, regenerate."""
