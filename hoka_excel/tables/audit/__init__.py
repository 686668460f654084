"""Auditing formulas: taken apart, followed, and compared with their neighbours."""
