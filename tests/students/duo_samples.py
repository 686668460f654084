"""Files in the layouts of DUO's "ingeschrevenen wo", written for the tests: every number is made up."""

from collections.abc import Sequence
from pathlib import Path

UTRECHT, GRONINGEN = ("Universiteit Utrecht", "21PD"), ("Rijksuniversiteit Groningen", "21PC")
YEARS = (2018, 2019, 2020)
ROWS: Sequence[tuple[tuple[str, str], str, str, Sequence[tuple[str, str]]]] = (
    (UTRECHT, "56551", "B Geneeskunde", [("700", "1200"), ("710", "1210"), ("690", "1190")]),
    (UTRECHT, "66551", "M Geneeskunde", [("100", "300"), ("110", "280"), ("120", "290")]),
    (UTRECHT, "66551", "M Geneeskunde", [("<5", "<5"), ("0", "0"), ("<5", "6")]),
    (UTRECHT, "56990", "B Biomedische Wetenschappen", [("240", "450"), ("245", "460"), ("250", "462")]),
    (GRONINGEN, "56551", "B Geneeskunde", [("900", "1500"), ("900", "1500"), ("900", "1500")]),
)
"""Institution, code, name, and men and women per year."""

_PLACE = "PROVINCIE;GEMEENTENUMMER;GEMEENTENAAM;SOORT INSTELLING;TYPE HOGER ONDERWIJS"
_PROGRAMME = "CROHO ONDERDEEL;CROHO SUBONDERDEEL;OPLEIDINGSCODE ACTUEEL;OPLEIDINGSNAAM ACTUEEL;OPLEIDINGSVORM"


def _start(institution: tuple[str, str], code: str, name: str) -> list[str]:
    where = ["Utrecht", "0344", "UTRECHT", "reguliere inst.", "bachelor"]
    what = ["gezondheidszorg", "n.v.t. (gezondheidszorg)", code, name, "voltijd onderwijs"]
    return [*where, institution[1], institution[0], *what]


def per_sex() -> list[str]:
    """Write a column per year and sex, as older files do."""
    years = ";".join(f"{year} {sex}" for year in YEARS for sex in ("MAN", "VROUW"))
    heading = (
        f"{_PLACE};BRIN NUMMER ACTUEEL;INSTELLINGSNAAM ACTUEEL;{_PROGRAMME};OPLEIDINGSFASE ACTUEEL;{years}"
    )
    return [
        heading,
        *(
            ";".join([*_start(institution, code, name), "bachelor", *(n for pair in counts for n in pair)])
            for institution, code, name, counts in ROWS
        ),
    ]


def per_year() -> list[str]:
    """Write a column per year and a row per sex, as later files do."""
    years = ";".join(map(str, YEARS))
    heading = f"{_PLACE};INSTELLINGSCODE ACTUEEL;INSTELLINGSNAAM ACTUEEL;{_PROGRAMME};GESLACHT;{years}"
    return [
        heading,
        *(
            ";".join([*_start(institution, code, name), sex, *(pair[side] for pair in counts)])
            for institution, code, name, counts in ROWS
            for side, sex in enumerate(("man", "vrouw"))
        ),
    ]


def portal() -> list[str]:
    """Write a row per year and sex, as the data portal does."""
    heading = f"STUDIEJAAR;{_PLACE};INSTELLINGSCODE ACTUEEL;INSTELLINGSNAAM ACTUEEL;{_PROGRAMME};GESLACHT"
    return [
        f"{heading};AANTAL INGESCHREVENEN".replace(" ", "_"),
        *(
            ";".join([str(year), *_start(institution, code, name), sex, counts[position][side]])
            for institution, code, name, counts in ROWS
            for position, year in enumerate(YEARS)
            for side, sex in enumerate(("man", "vrouw"))
        ),
    ]


def written(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """Put lines in a file as Windows does."""
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path
