"""What a check can be about, whatever it was found in: a plan, an agenda, any workbook, a document."""

from enum import StrEnum


class Kind(StrEnum):
    """What a check is about; the catalogue holds the Dutch words."""

    FOOTING = "footing"
    SAME_FIGURE = "same_figure"
    RATE = "rate"
    RATIO = "ratio"
    SHARE = "share"
    FORMULA = "formula"
    NETWORK = "network"
    SECTOR_THEME = "sector_theme"
    QUALITY_AIM = "quality_aim"
    EVIDENCE = "evidence"
    COVERAGE = "coverage"
    AGREEMENT_YEARS = "agreement_years"
