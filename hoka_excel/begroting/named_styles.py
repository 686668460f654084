"""Give the formats of a fresh workbook their names in Excel's style gallery.

XlsxWriter knows formats but no named cell styles; this adds them to the style sheet it made.
"""

import zipfile
from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from xml.etree import ElementTree as ET

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES_PART = "xl/styles.xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def with_named_styles(workbook: bytes, names: Mapping[int, str]) -> bytes:
    """Return the workbook with its formats named.

    Args:
        workbook: an .xlsx file made by XlsxWriter.
        names: the style name of each format, by its index among the cell formats.
    """
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            content = source.read(member)
            if member == _STYLES_PART:
                content = _named(content, names)
            target.writestr(zipfile.ZipInfo(member, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _named(style_sheet: bytes, names: Mapping[int, str]) -> bytes:
    ET.register_namespace("", _MAIN)
    root = ET.fromstring(style_sheet)  # noqa: S314 - our own output
    masters, formats, styles = (
        root.find(f"{{{_MAIN}}}{tag}") for tag in ("cellStyleXfs", "cellXfs", "cellStyles")
    )
    assert masters is not None
    assert formats is not None
    assert styles is not None
    known: dict[str, int] = {}
    for index, name in sorted(names.items()):
        if name not in known:
            known[name] = len(masters)
            master = deepcopy(formats[index])
            master.attrib.pop("xfId", None)
            master.set("numFmtId", "0")
            masters.append(master)
            ET.SubElement(styles, f"{{{_MAIN}}}cellStyle", {"name": name, "xfId": str(known[name])})
        formats[index].set("xfId", str(known[name]))
    for group in (masters, styles):
        group.set("count", str(len(group)))
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
