"""A running Excel: worksheet functions, macros, and the workbook that carries them."""
