"""Which subtotals stand in for their own parts."""

from hoka_excel import find_sums

MONTHS = (
    (978, 1400, 1216, 1095),
    (365, 480, 375, 400),
    (298, 530, 437, 353),
    (411, 461, 340, 353),
    (378, 487, 330, 333),
    (407, 459, 423, 325),
    (309, 349, 300, 214),
    (323, 367, 323, 290),
)


def test_running_totals_are_no_steps_to_the_total_of_the_year() -> None:
    years = list(zip(*MONTHS, strict=True))
    cells: list[list[object]] = [["", "2006", "2007", "2008", "2009"]]
    for name, last in (("Hele jaar", 8), ("tot april", 3), ("tot juni", 5), ("tot augustus", 6)):
        cells.append([name, *(sum(year[:last]) for year in years)])
    cells += [[f"maand {number}", *row] for number, row in enumerate(MONTHS)]
    found = {one.total: [row for row, _ in one.parts] for one in find_sums(cells)}
    assert found[1, 1] == list(range(5, 13))
