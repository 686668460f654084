"""Relations as linear equations over intervals."""

from collections.abc import Hashable
from decimal import Decimal
from fractions import Fraction

import pytest

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.localisation import locate
from hoka_excel.core.localising.constraints import ANY_RATE, FREE, Span, System, systems_of
from hoka_excel.core.relations import Rate, Ratio, Relation, Same, Share, Sum


def the_system(cells: dict[Hashable, Figure], relations: list[Relation]) -> System:
    [system] = systems_of(cells, relations)
    return system


def spans(system: System) -> dict[Hashable, Span]:
    return {column.key: column.printed for column in system.columns if column.key is not None}


def factors(system: System, row: int = 0) -> dict[Hashable, Fraction]:
    return {system.columns[column].key: factor for column, factor in system.rows[row].factors.items()}


def test_a_cell_is_the_closed_interval_half_a_unit_around_its_figure() -> None:
    system = the_system({"a": Printed("5.30", "0.01"), "b": Printed(5, 0)}, [Same("a", "b")])
    assert spans(system) == {
        "a": Span(Fraction("5.295"), Fraction("5.305")),
        "b": Span(Fraction(5), Fraction(5)),
    }


def test_what_cannot_be_read_is_open() -> None:
    assert spans(the_system({"a": Printed(1, 1), "b": MISSING}, [Same("a", "b")]))["b"] == FREE


def test_only_the_coarser_side_has_the_room_of_a_double_rounding() -> None:
    system = the_system({"a": Printed("2.3", "0.1"), "b": Printed("2.25", "0.01")}, [Same("a", "b")])
    rooms = {column.key: (column.printed.low or 0) - (column.widened.low or 0) for column in system.columns}
    assert rooms == {"a": Fraction("0.005"), "b": 0}


def test_a_shared_rate_multiplies_every_figure_tied_to_its_fte() -> None:
    cells: dict[Hashable, Figure] = {key: Printed(1, 1) for key in ("euro", "fte", "part", "other")}
    system = the_system(cells, [Rate("euro", "fte", "rate"), Sum("fte", ["part", "other"])])
    scaled = {column.key for column in system.columns if column.rate is not None}
    assert scaled == {"fte", "part", "other"}
    [rate] = system.pairs
    assert (system.columns[rate].key, system.columns[rate].printed) == ("rate", ANY_RATE)
    assert factors(system) == {"euro": 1, "fte": -1}


def test_a_fixed_amount_in_a_share_of_fte_is_multiplied_by_their_rate() -> None:
    cells: dict[Hashable, Figure] = {key: Printed(1, 1) for key in ("euro", "whole", "part")}
    share = Share("part", "whole", Printed("0.5", 0), own=Decimal(3), top=Decimal(4))
    system = the_system(cells, [Rate("euro", "whole", "rate"), share])
    assert factors(system, 1) == {"part": 1, "whole": Fraction(-1, 2), "rate": -1}
    assert system.rows[1].constant == 0


def test_a_rounded_rate_leaves_room_on_both_sides() -> None:
    system = the_system(
        {"euro": Printed(1, 1), "fte": Printed(1, 1)}, [Rate("euro", "fte", Printed.parse("84K"))]
    )
    assert [factors(system, row) for row in (0, 1)] == [
        {"euro": 1, "fte": -83500, None: -1},
        {"euro": -1, "fte": 84500, None: -1},
    ]


def test_eur_and_fte_below_zero_keep_their_sign_at_a_rounded_rate() -> None:
    cells: dict[Hashable, Figure] = {"euro": Printed(-446609, 1), "fte": Printed("-5.30", "0.01")}
    assert factors(the_system(cells, [Rate("euro", "fte", Printed.parse("84K"))]))["fte"] == -84500


def test_a_figure_that_equals_itself_says_nothing() -> None:
    assert systems_of({"a": Printed(1, 1)}, [Same("a", "a")]) == []


def test_room_lets_a_figure_lie_further_from_its_product_and_no_further() -> None:
    cells = {"euro": Printed(100, 0), "fte": Printed(12, 0), "part": Printed(52, 0), "whole": Printed(100, 0)}
    rate = Printed(10, 0)
    for room, consistent in ((2, True), (1, False)):
        assert (locate(cells, [Rate("euro", "fte", rate, Decimal(room))]).repairs == []) is consistent
        ratio = Ratio("part", "whole", Decimal(1), Decimal(2), Decimal(room))
        assert (locate(cells, [ratio]).repairs == []) is consistent
        share = Share("part", "whole", Printed("0.5", 0), room=Decimal(room))
        assert (locate(cells, [share]).repairs == []) is consistent


def test_room_at_a_hidden_rate_is_refused() -> None:
    cells = {"euro": Printed(100, 0), "fte": Printed(12, 0)}
    with pytest.raises(NetworkError, match="kan alleen bij een gegeven tarief"):
        locate(cells, [Rate("euro", "fte", "rate", Decimal(1))])
