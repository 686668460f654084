"""Reconciliations as text, JSON and pages."""
