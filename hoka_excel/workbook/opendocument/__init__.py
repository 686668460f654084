"""OpenDocument spreadsheets (.ods): their formulas, number formats, errors and what they hide."""
