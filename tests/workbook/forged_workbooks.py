"""Small workbooks forged part by part, sound ones and bad ones, and a way to look into them."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

ROWS = (
    '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>10.5</v></c></row>'
    '<row r="3"><c r="A3"><f>B1*2</f><v>21</v></c></row>'
)


def worksheet(rows: str = ROWS, after: str = "", before: str = '<dimension ref="A1:B3"/>') -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def relationships(**targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def parts(**sheets: str) -> dict[str, str]:
    """The parts of a workbook with one sheet per name; without names a sheet Blad."""
    sheets = sheets or {"Blad": worksheet()}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="s{number}"/>' for number, name in enumerate(sheets, 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{TYPES}.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            ("sharedStrings.xml", "sharedStrings"),
            ("calcChain.xml", "calcChain"),
            *((f"worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(sheets) + 1)),
        )
    )
    links = {
        f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)
    }
    xf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": relationships(r1=("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            **links,
            x1=("styles", "styles.xml"),
            x2=("sharedStrings", "sharedStrings.xml"),
            x3=("calcChain", "calcChain.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1">{xf}/></cellStyleXfs><cellXfs count="2">{xf} xfId="0"/>{xf} xfId="0">'
        '<protection locked="0"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><r><t>Be</t></r><r><t>drag</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></si></sst>',
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A3" i="1"/></calcChain>',
        **{f"xl/worksheets/sheet{number}.xml": text for number, text in enumerate(sheets.values(), 1)},
    }


def signed(contents: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Add a digital signature, which covers nothing."""
    links = contents["_rels/.rels"]
    text = links.decode() if isinstance(links, bytes) else links
    origin = '<Relationship Id="r9" Type="x/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    return {
        **contents,
        "_rels/.rels": text.replace("</Relationships>", f"{origin}</Relationships>"),
        "_xmlsignatures/_rels/origin.sigs.rels": relationships(r1=("signature", "sig1.xml")),
        "_xmlsignatures/origin.sigs": "",
        "_xmlsignatures/sig1.xml": "<x/>",
    }


def forged(path: Path, contents: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook of these parts."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in (contents or parts()).items():
            archive.writestr(name, text)
    return path


def members(path: Path) -> dict[str, bytes]:
    """Read every part, proving each checksum."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def raw_members(path: Path) -> dict[str, bytes]:
    """Cut out the bytes that each member takes in the file, header included."""
    data = path.read_bytes()
    with ZipFile(io.BytesIO(data)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        stops = [*(info.header_offset for info in infos[1:]), archive.start_dir]
        return {
            info.filename: data[info.header_offset : stop] for info, stop in zip(infos, stops, strict=True)
        }


def cell_texts(sheet: bytes) -> dict[str, str]:
    """List the cells of a sheet without prefixes, by their place."""
    found = re.findall(r'(<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>))', sheet.decode(), re.DOTALL)
    return {place: text for text, place in found}
