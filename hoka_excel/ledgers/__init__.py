"""Ledgers of the financial administration: exports and audit files, posted to the lines of a plan."""
