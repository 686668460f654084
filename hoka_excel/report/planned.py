"""The plan behind a file and where its figures stand, for the pages that show it."""

from collections.abc import Mapping
from typing import NamedTuple

from hoka_excel.core.findings import Place
from hoka_excel.core.plan import Plan, Ref


class Planned(NamedTuple):
    """A plan and where each of its figures stands."""

    plan: Plan
    places: Mapping[Ref, Place]
