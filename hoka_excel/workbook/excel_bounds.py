"""How much Excel itself allows in a sheet, a cell and a formula.

Source: Microsoft, Excel specifications and limits.
"""

ROWS = 1_048_576
COLUMNS = 16_384
TEXT_LENGTH = 32_767
"""The characters of a text in a cell."""
FORMULA_LENGTH = 8_192
"""The characters of a formula."""
