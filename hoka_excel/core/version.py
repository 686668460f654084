"""The version of hoka_excel, in one place."""

VERSION = "0.1.0"
