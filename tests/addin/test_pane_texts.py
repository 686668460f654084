"""The texts of the task pane and the ribbon: every one is used, and every one that is used is there."""

import re
from importlib.resources import files
from pathlib import Path

from hoka_excel.core.messages import catalogue
from hoka_excel.excel.macros import MACROS

ADDIN = Path(str(files("hoka_excel.addin")))


def test_templates_and_code_use_exactly_the_texts_of_the_add_in() -> None:
    sources = [*ADDIN.glob("*.py"), *(ADDIN / "project/templates").iterdir()]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"pane_text\([\"']([a-z_.]+)[\"'],", text))
    named |= set(re.findall(r"string\(\"[\w.]+\", \"([a-z_]+)\"\)", text))
    coded = set(re.findall(r'"addin\.([a-z_]+)"', text))
    scripts = {macro.call.__name__ for macro in MACROS} | {"paneel"}
    composed = {f"{kind}.{script}" for kind in ("button", "help") for script in scripts}
    there = {code.removeprefix("addin.") for code in catalogue() if code.startswith("addin.")}
    assert named | coded | composed == there
