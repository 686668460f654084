"""The kinds of files of tables, by the ends of their names, and what can be done with each.

A template is read like the workbook that it makes. It is written too, and stays a template; but whoever gives
a folder to be regenerated means the workbooks in it, not the forms they were made from.
"""

WORKBOOKS = (".xlsx", ".xlsm")
"""Workbooks that are read and written."""
TEMPLATES = (".xltx", ".xltm")
OPEN_XML = (*WORKBOOKS, *TEMPLATES)
"""All that Excel keeps as XML in a zip file."""
OPEN_DOCUMENT = (".ods",)
OPEN_DOCUMENT_CONTENT = "content.xml"
"""The part of such a file that holds its sheets."""
BINARY = (".xlsb", ".xls")
"""Workbooks whose formulas, number formats and hidden rows no library here tells; LibreOffice does."""
TEXTS = (".csv", ".tsv")
TABLES = (*OPEN_XML, *BINARY, *OPEN_DOCUMENT, *TEXTS)
"""All that is read."""
