"""Under which licence every package stands that hoka_excel may pull in, as the package itself declares it."""

from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

from packaging.requirements import Requirement

_OWN = "hoka-excel"
_TRIED = "dev"
"""The extra whose packages run in the tests only; a user never gets them."""


def licences() -> dict[str, str]:
    """Give the licence of each package that is installed here, by name, what users install first."""
    found: dict[str, str] = {}
    _gather(_OWN, found)
    del found[_OWN]
    return dict(sorted(found.items()))


def _gather(name: str, found: dict[str, str]) -> None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return
    found[name] = _licence(about)
    for required in _requirements(name, about):
        if required not in found:
            _gather(required, found)


def _requirements(name: str, about: PackageMetadata) -> Iterator[str]:
    """List what a package needs; of our own package also what its extras need."""
    extras = [*(about.get_all("Provides-Extra") or ())] if name == _OWN else [""]
    for text in about.get_all("Requires-Dist") or ():
        requirement = Requirement(text)
        wanted = [extra for extra in ("", *extras) if extra != _TRIED]
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in wanted):
            yield requirement.name.lower().replace("_", "-")


def _licence(about: PackageMetadata) -> str:
    stated = about.get_all("License-Expression") or ()
    classified = [entry for entry in about.get_all("Classifier") or () if entry.startswith("License ::")]
    named = ", ".join(entry.rpartition(" :: ")[2] for entry in classified)
    free = "".join(about.get_all("License") or ()).strip().partition("\n")[0]
    return "".join(stated) or named or free or "?"
