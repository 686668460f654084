"""A quality agenda as files: its plan file and its workbook, beside the begroting."""
