"""The begroting: its plan file and its workbook, built, read and regenerated."""
