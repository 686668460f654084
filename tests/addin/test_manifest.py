"""The manifest: every reference in it resolves, and Microsoft's own tools accept it."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

import pytest

from hoka_excel.addin.settings import MANIFEST_ID
from hoka_excel.core.version import VERSION
from hoka_excel.excel.macros import MACROS
from tests.addin.addin_server import AddinServer, needs_server

pytestmark = needs_server
BASIC = "{http://schemas.microsoft.com/office/appforoffice/1.1}"
TYPES = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
COMMANDS = "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}"
CHECKER = Path(__file__).parent / "office_schema/check.cjs"
ADDRESS = "https://hoka.example.org"
SCRIPTS = [macro.call.__name__ for macro in MACROS]


@pytest.fixture(scope="module")
def manifest(server: AddinServer) -> str:
    """Take the manifest as a server with a name for others gives it."""
    return server.get("/manifest.xml").text.replace(server.address, ADDRESS)


@pytest.fixture(scope="module")
def root(manifest: str) -> ET.Element:
    return ET.fromstring(manifest)  # noqa: S314 - our own


def resources(root: ET.Element, kind: str) -> dict[str, ET.Element]:
    """Take what is defined, not what refers to it."""
    return {entry.attrib["id"]: entry for entry in root.iter(f"{TYPES}{kind}") if "id" in entry.attrib}


def test_every_reference_has_its_resource_and_every_resource_is_used(root: ET.Element) -> None:
    used = {element.attrib["resid"] for element in root.iter() if "resid" in element.attrib}
    there = {key for kind in ("Image", "Url", "String") for key in resources(root, kind)}
    assert used == there


def test_names_and_texts_fit_what_office_allows(root: ET.Element) -> None:
    assert all(len(element.attrib.get("resid", "")) <= 32 for element in root.iter())
    for kind, longest in (("ShortStrings", 125), ("LongStrings", 250)):
        texts = [
            text
            for group in root.iter(f"{TYPES}{kind}")
            for entry in group.iter()
            for name, text in entry.attrib.items()
            if name in {"DefaultValue", "Value"}
        ]
        assert texts
        assert all(0 < len(text) <= longest for text in texts)


def test_it_is_known_by_its_own_id_and_version(root: ET.Element) -> None:
    assert root.findtext(f"{BASIC}Id") == MANIFEST_ID
    assert root.findtext(f"{BASIC}Version") == f"{VERSION}.0"


def test_the_ribbon_tab_hoka_has_every_macro_and_the_pane(root: ET.Element) -> None:
    strings = resources(root, "String")
    tab = next(root.iter(f"{COMMANDS}CustomTab"))
    label = tab.find(f"{COMMANDS}Label")
    assert label is not None
    assert strings[label.attrib["resid"]].attrib["DefaultValue"] == "HoKa"
    functions = [element.text for element in tab.iter(f"{COMMANDS}FunctionName")]
    assert functions == [f"hoka-{script}" for script in SCRIPTS]
    ribbon = files("hoka_excel.addin").joinpath("project/static/js/ribbon.js").read_text(encoding="utf-8")
    assert all(f'"{script}"' in ribbon for script in SCRIPTS)
    captions = [strings[f"{script}.Label"].attrib["DefaultValue"] for script in SCRIPTS]
    assert captions == [macro.caption for macro in MACROS]


def test_every_text_on_the_ribbon_is_dutch_with_english_beside_it(root: ET.Element) -> None:
    own_names = {"Functions.Namespace", "Tab.Label"}
    for key, entry in resources(root, "String").items():
        override = entry.find(f"{TYPES}Override")
        assert (override is None) == (key in own_names)
        assert override is None or override.attrib["Locale"] == "en-US"


def test_what_it_points_at_is_served(server: AddinServer, root: ET.Element) -> None:
    addresses = {
        text for element in root.iter() for text in element.attrib.values() if text.startswith(ADDRESS)
    }
    assert len(addresses) > 20
    for address in addresses:
        assert server.get(address.removeprefix(ADDRESS)).status == 200, address


def test_every_icon_has_the_size_its_name_says(root: ET.Element) -> None:
    for key, entry in resources(root, "Image").items():
        path = entry.attrib["DefaultValue"].replace(ADDRESS, "project")
        head = files("hoka_excel.addin").joinpath(path).read_bytes()[:24]
        width, height = (int.from_bytes(head[start : start + 4], "big") for start in (16, 20))
        assert head.startswith(b"\x89PNG")
        assert [str(width), str(height)] == [key.rpartition(".")[2]] * 2


def test_microsofts_tools_accept_it(manifest: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or subprocess.run([node, "--check", CHECKER], check=False).returncode:
        pytest.skip("node is not installed")
    there = f"require('module').createRequire({str(CHECKER)!r}).resolve('office-addin-manifest-converter')"
    if subprocess.run([node, "-e", there], check=False, capture_output=True).returncode:
        pytest.skip(f"Microsoft's packages are missing: npm install --prefix {CHECKER.parent.name}")
    file = tmp_path / "manifest.xml"
    file.write_text(manifest, encoding="utf-8")
    told = subprocess.run(
        [node, CHECKER, file, tmp_path / "json"], capture_output=True, text=True, check=True, timeout=120
    )
    outcome = json.loads(told.stdout)
    assert outcome["errors"] == []
    assert outcome["read"]["displayName"] == "HoKa"
    assert len(outcome["tabs"][0]["groups"][0]["controls"]) == len(SCRIPTS) + 1
