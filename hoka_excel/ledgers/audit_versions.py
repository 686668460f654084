"""The versions of the XML Auditfile Financieel that are read.

Source: XmlAuditfileFinancieel3.2.xsd; for 3.2.1 and 4.0, the names that programs write and read for them.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Version(NamedTuple):
    """What the codes of a line are called in a version of the audit file."""

    cost_centre: str
    project: str


_V3 = Version("costID", "projID")
_V4 = Version("cost", "project")
_ODB = "http://www.odb.belastingdienst.nl/"
VERSIONS: Mapping[str, Version] = {
    "http://www.auditfiles.nl/XAF/3.2": _V3,
    f"{_ODB}Belastingdienst/BCPP/1.0/structures/XmlAuditfileFinancieel3.2.1": _V3,
    f"{_ODB}Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0": _V4,
    f"{_ODB}XAF/4.0": _V4,
}
"""The versions that are read, by the namespace of the file; its explanation gives 4.0 a name of its own."""
