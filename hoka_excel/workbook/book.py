"""The workbook part: which sheets there are, in which order, and how the workbook counts and recalculates."""

from collections.abc import Sequence
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.draft import CONTENT_TYPES, Draft, Relationship
from hoka_excel.workbook.markup import (
    Element,
    Splice,
    elements,
    escaped,
    prefix_of,
    spliced,
    with_attributes,
)

_BEFORE_CALCULATION = (
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
"""The elements that come before calcPr, in the order of the schema."""
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT_MARK = b"//purl.oclc.org/"
_PRINT_TITLES = "_xlnm.Print_Titles"
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of the workbook: its name, its part, and its kind; the last two "" when it has none."""

    name: str
    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook part of a draft."""

    draft: Draft
    part: str
    links: Sequence[Relationship]

    @classmethod
    def of(cls, draft: Draft) -> "Book":
        """Find the workbook part.

        Raises:
            WorkbookError: the package holds no workbook of the kind Excel writes.
        """
        file = draft.package.file
        if CONTENT_TYPES not in draft:
            raise WorkbookError("package.no_workbook", file=file)
        part = next((link.target for link in draft.relationships() if link.kind == "officeDocument"), "")
        if part.endswith(".bin"):
            raise WorkbookError("package.binary", file=file)
        if part not in draft:
            raise WorkbookError("package.no_workbook", file=file)
        book = cls(draft, part, draft.relationships(part))
        if book.elements()[0].name != "workbook":
            raise WorkbookError("package.no_workbook", file=file)
        return book

    def elements(self) -> list[Element]:
        """Read the workbook part as it stands now."""
        return self.draft.elements(self.part)

    def linked(self, kind: str) -> str:
        """Find the part of a kind that the workbook has one of, such as styles; "" when it has none."""
        return next((link.target for link in self.links if link.kind == kind), "")

    @property
    def is_1904(self) -> bool:
        """Whether days count from 1904."""
        return any(
            element.attributes.get("date1904") in _TRUE
            for element in self.elements()
            if element.name == "workbookPr"
        )

    @property
    def has_locked_structure(self) -> bool:
        """Whether sheets must not be added or removed."""
        return any(
            element.attributes.get("lockStructure") in _TRUE
            for element in self.elements()
            if element.name == "workbookProtection"
        )

    def tabs(self) -> list[Tab]:
        """List the sheets in order."""
        links = {link.id: link for link in self.draft.relationships(self.part)}
        found = []
        for element in self.elements():
            if element.name == "sheet" and element.depth == 2 and "name" in element.attributes:
                link = links.get(element.attributes.get("id", ""), Relationship("", "", ""))
                found.append(Tab(element.attributes["name"], link.target, link.kind))
        return found

    def tab(self, name: str) -> Tab:
        """Find a sheet by its name; Excel does not tell capitals apart.

        Raises:
            UsageError: there is no such sheet, or it holds no cells.
        """
        tabs = self.tabs()
        found = next((tab for tab in tabs if tab.name.casefold() == name.casefold()), None)
        if found is None:
            raise UsageError("cells.no_sheet", sheet=name, sheets=", ".join(tab.name for tab in tabs))
        if found.kind != "worksheet":
            raise UsageError("cells.no_worksheet", sheet=found.name, kind=found.kind)
        return found

    def link_type(self, kind: str) -> str:
        """Write the whole type of the links of a kind, such as comments."""
        return f"{self.link_space}/{kind}"

    @property
    def link_space(self) -> str:
        """The namespace of links, which also begins the types of links."""
        return _STRICT if _STRICT_MARK in self.new_root("x") else _TRANSITIONAL

    def new_root(self, name: str) -> bytes:
        """Write a root element with nothing in it, in this workbook's namespace: transitional or strict."""
        root = self.elements()[0]
        data = self.draft.read(self.part)
        prefix = prefix_of(data, root).removesuffix(":")
        namespace = root.attributes[prefix or "xmlns"]
        declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return declaration + f'<{name} xmlns="{namespace}"></{name}>'.encode()

    def add_part(self, part: str, kind: str, content_type: str) -> str:
        """Declare a new part and link the workbook to it.

        Returns:
            The name of the part, whose text is still to be put.
        """
        self.draft.relate(self.part, self.link_type(kind), part)
        self.draft.declare(part, content_type)
        return part

    def add_tab(self, tab: Tab, *, hidden: bool) -> None:
        """List a new sheet last; its part is linked already."""
        data = self.draft.read(self.part)
        found = elements(data, self.part)
        link = next(link for link in self.draft.relationships(self.part) if link.target == tab.part)
        numbers = [int(element.attributes["sheetId"]) for element in found if element.name == "sheet"]
        values = f'name="{escaped(tab.name)}" sheetId="{max([0, *numbers]) + 1}"'
        state = ' state="hidden"' if hidden else ""
        sheets = next(element for element in found if element.name == "sheets")
        space = f'xmlns:r="{self.link_space}"'
        tag = f'<{prefix_of(data, sheets)}sheet {space} {values}{state} r:id="{link.id}"/>'
        self.draft.put(self.part, [spliced(data, [Splice(sheets.outside, sheets.outside, tag.encode())])])

    def repeat_rows(self, name: str, rows: tuple[int, int]) -> None:
        """Print the first to the last of `rows` on top of every page of a sheet."""
        index = [tab.name for tab in self.tabs()].index(name)
        data = self.draft.read(self.part)
        found = elements(data, self.part)
        splices = [
            Splice(element.start, element.stop, b"")
            for element in found
            if element.attributes.get("name") == _PRINT_TITLES
            and element.attributes.get("localSheetId") == str(index)
        ]
        quoted = name.replace("'", "''")
        area = escaped(f"'{quoted}'!${rows[0]}:${rows[1]}")
        splices.append(self._new_name(data, found, f'{_PRINT_TITLES}" localSheetId="{index}', area))
        self.draft.put(self.part, [spliced(data, splices)])

    @staticmethod
    def _new_name(data: bytes, found: list[Element], attributes: str, text: str) -> Splice:
        prefix = prefix_of(data, found[0])
        tag = f'<{prefix}definedName name="{attributes}">{text}</{prefix}definedName>'
        names = next((element for element in found if element.name == "definedNames"), None)
        if names is not None and names.inside < names.stop:
            return Splice(names.outside, names.outside, tag.encode())
        whole = f"<{prefix}definedNames>{tag}</{prefix}definedNames>".encode()
        if names is not None:
            return Splice(names.start, names.stop, whole)
        place = max(
            element.stop for element in found if element.depth == 1 and element.name in _BEFORE_CALCULATION
        )
        return Splice(place, place, whole)

    def recalculate_on_load(self) -> None:
        """Let Excel recompute every formula when it opens the workbook."""
        data = self.draft.read(self.part)
        found = elements(data, self.part)
        settings = next((element for element in found if element.name == "calcPr"), None)
        if settings is not None:
            splice = with_attributes(data, settings, fullCalcOnLoad="1")
        else:
            before = [
                element for element in found if element.depth == 1 and element.name in _BEFORE_CALCULATION
            ]
            place = max(element.stop for element in before)
            tag = f'<{prefix_of(data, found[0])}calcPr fullCalcOnLoad="1"/>'.encode()
            splice = Splice(place, place, tag)
        if (changed := spliced(data, [splice])) != data:
            self.draft.put(self.part, [changed])

    def forget_calculation_order(self) -> None:
        """Take calcChain away: it may name a cell that no longer holds a formula; Excel makes it anew."""
        chain = self.linked("calcChain")
        if chain:
            self.draft.drop(chain, linked_from=self.part)
