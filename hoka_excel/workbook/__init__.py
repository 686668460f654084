"""Begroting workbooks and plan files on disk: layout, build, read, write."""
