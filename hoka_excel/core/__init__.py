"""Quantities, allocation, relations and reconciliation: no Excel, no files, no clock."""
