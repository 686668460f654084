"""The page: the same figures as the records, in both languages, safe to open and possible to read."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Conflict, Finding, Mend, Place, Proof, RateSpan, Reconciliation
from hoka_excel.core.messages import Language, Message, catalogue, number_text
from hoka_excel.core.plan import AllocationKey, Plan
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.report.outcomes import Outcome
from hoka_excel.report.page import to_html
from tests.report.pages import DAY, cells, parsed, reconciled, report_page, with_actuals

TEMPLATES = files("hoka_excel.report").joinpath("templates")
HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> $\\frac{1}{0}$ {0}"


@pytest.fixture(scope="module")
def found(published_plan: Plan) -> Reconciliation:
    return reconciled(published_plan)


def check_page(found: Reconciliation, language: Language = "nl", *, all_checks: bool = False) -> str:
    return to_html([Outcome(Path("b.xlsx"), found)], language, DAY, all_checks=all_checks)


def hostile_finding(verdict: Verdict = Verdict.MISMATCH) -> Finding:
    place = Place(HOSTILE, "A1")
    judgement = Judgement(verdict, Decimal(1), Decimal(3), Decimal(-2), Decimal(1))
    values = {"label": HOSTILE, "period": HOSTILE, "stated": Decimal(1), "expected": Decimal(3)}
    values |= {"difference": Decimal(-2), "tolerance": Decimal(1), "place": place, "parts": HOSTILE}
    message = Message("finding.footing.mismatch", values)
    return Finding(Kind.FOOTING, verdict, place, HOSTILE, HOSTILE, judgement, (), message, HOSTILE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("all_checks", [False, True])
def test_every_figure_of_the_findings_table_is_that_of_its_record(
    found: Reconciliation, language: Language, all_checks: bool
) -> None:
    rows = parsed(check_page(found, language, all_checks=all_checks)).xpath(
        "//table[@class='checks']/tbody/tr"
    )
    records = found.checks if all_checks else found.findings
    by_row = Counter(tuple(cells(row)) for row in rows)

    def shown(figure: Decimal | None, sign: str = "") -> str:
        assert figure is not None
        return number_text(figure, language, sign if figure > 0 else "")

    assert by_row == Counter(
        (
            Message(f"verdict.{record.verdict}").render(language),
            record.place.sheet,
            record.place.cell,
            record.label,
            record.period,
            Message(f"kind.{record.kind}").render(language),
            shown(record.judgement.stated),
            shown(record.judgement.expected),
            shown(record.judgement.difference, "+"),
            shown(record.judgement.tolerance),
            record.message.render(language),
        )
        for record in records
    )
    assert len(rows) == len(records) == (114 if all_checks else 41)


def test_the_numbers_that_programs_read_are_those_that_people_read(found: Reconciliation) -> None:
    numbers = parsed(check_page(found)).xpath("//data")
    assert len(numbers) > 4 * len(found.findings)
    for number in numbers:
        assert number.text.lstrip("+") == number_text(Decimal(number.get("value")), "nl")


def test_every_proof_and_every_smallest_repair_is_on_the_page(found: Reconciliation) -> None:
    page = parsed(check_page(found))
    cards = page.xpath("//article[@class='conflict']")
    assert len(cards) == len(found.conflicts) == 3
    for card, conflict in zip(cards, found.conflicts, strict=True):
        text = " ".join(card.text_content().split())
        assert all(proof.text.render() in text for proof in conflict.proofs)
        assert ("niet te bepalen" in text) is not conflict.decidable
        shown = [cells(row)[-5:] for row in card.xpath(".//table[@class='repairs']/tbody/tr")]
        assert [[row[0], *row[2:]] for row in shown] == [
            [
                str(mend.place),
                *(number_text(figure) for figure in (mend.stated, mend.low, mend.high) if figure),
            ]
            for repair in conflict.repairs
            for mend in repair
        ]


def test_a_report_names_the_line_of_every_cell_of_a_repair(published_plan: Plan) -> None:
    rows = parsed(report_page(published_plan)).xpath("//table[@class='repairs']/tbody/tr")
    named = {row[-5]: row[-4] for row in map(cells, rows)}
    assert named == {
        "Thema 2!E5": "Tijd voor docenten voor professionalisering 2022",
        "Thema 2!E6": "Didactische leergangen 2022",
        "Thema 2!E7": "Intercollegiale uitwisseling 2022",
        "Thema 2!G8": "Totaal EUR 2024",
        "Begroting integraal!F14": "Totaal FTE 2023",
    }


def test_rates_stand_per_year_and_over_all_years(found: Reconciliation) -> None:
    rows = parsed(check_page(found, "en")).xpath("//table[@class='rates']/tbody/tr")
    assert [cells(row) for row in rows] == [
        [span.period or "All years together", number_text(span.low, "en"), number_text(span.high, "en")]
        for span in found.rates
    ]
    assert len(rows) == 7


def test_hints_stand_apart_from_proof_and_an_open_end_is_a_dash() -> None:
    repair = (
        Mend(Place("B", "C1"), Decimal(5), None, Decimal(7)),
        Mend(Place("B", "C2"), Decimal(6), None, None),
    )
    proof = Proof(
        (Place("B", "C1"),), Message("finding.ratio.exact", {"label": "x", "period": "y", "stated": 1})
    )
    hint = Message("figure.not_a_number", {"text": "hint"})
    page = parsed(check_page(Reconciliation((), (Conflict((proof,), (repair,), (hint,)),))))
    assert hint.render() in page.xpath("string(//div[@class='hints'])")
    assert hint.render() not in page.xpath("string(//p[@class='proof'])")
    rows = [cells(row) for row in page.xpath("//table[@class='repairs']/tbody/tr")]
    assert rows == [["1", "B!C1", "", "5", "–", "7"], ["B!C2", "", "6", "–", "–"]]


def test_an_untestable_check_has_no_figures_and_an_explained_one_has_its_explanation() -> None:
    explained = replace(hostile_finding(Verdict.EXPLAINED), explanation="afgesproken")
    untestable = replace(hostile_finding(Verdict.UNTESTABLE), judgement=Judgement(Verdict.UNTESTABLE))
    page = parsed(check_page(Reconciliation((explained, untestable))))
    first, second = (cells(row) for row in page.xpath("//table[@class='checks']/tbody/tr"))
    assert first[6:10] == ["–"] * 4
    assert second[-1].endswith("Toelichting: afgesproken")


def test_a_file_that_cannot_be_read_has_its_faults_on_the_page() -> None:
    fault = Message("batch.missing", {"where": HOSTILE})
    page = parsed(
        to_html([Outcome(Path("a.xlsx"), None, (fault,)), Outcome(Path("b.xlsx"), None)], "nl", DAY)
    )
    assert [" ".join(text.split()) for text in page.xpath("//nav//li//text()") if text.strip()] == [
        "a.xlsx",
        ": niet te lezen",
        "b.xlsx",
        ": niet te lezen",
    ]
    assert fault.render() in page.xpath("string(//main)")


def test_text_from_workbooks_is_shown_and_never_run(published_plan: Plan) -> None:
    theme = published_plan.themes[0]
    lines = (replace(theme.table.lines[0], label=HOSTILE), *theme.table.lines[1:])
    key = theme.division
    assert isinstance(key, AllocationKey)
    key = replace(key, shares=(replace(key.shares[0], line=HOSTILE), *key.shares[1:]))
    table = replace(theme.table, title=HOSTILE, lines=lines)
    hostile = replace(theme, name=HOSTILE, table=table, division=key)
    plan = replace(published_plan, title=HOSTILE, themes=(hostile, *published_plan.themes[1:]))
    for page in (
        check_page(Reconciliation((hostile_finding(),))),
        report_page(with_actuals(plan, (2019,), "0.9")),
    ):
        tree = parsed(page)
        assert tree.xpath("//script | //img | //iframe | //link | //object | //form") == []
        assert [name for element in tree.iter() for name in element.attrib if name.startswith("on")] == []
        assert HOSTILE in " ".join(tree.xpath("string(//main)").split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_needs_no_network_and_its_policy_says_so(published_plan: Plan, language: Language) -> None:
    page = report_page(with_actuals(published_plan, (2019, 2020), "1.1"), language)
    tree = parsed(page)
    assert "://" not in page
    assert "@import" not in page
    assert all(link.startswith("#") for link in tree.xpath("//@href | //@src"))
    assert all(target.startswith("#") for target in re.findall(r"url\(\s*['\"]?([^)'\"]+)", page))
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert tree.get("lang") == language


def test_names_on_the_page_are_unique_and_every_reference_leads_somewhere(published_plan: Plan) -> None:
    tree = parsed(report_page(with_actuals(published_plan, (2019,), "1.1")))
    names = tree.xpath("//@id")
    assert [name for name, count in Counter(names).items() if count > 1] == []
    wanted = {name for value in tree.xpath("//@aria-labelledby") for name in value.split()}
    wanted |= {link[1:] for link in tree.xpath("//@href")}
    assert wanted <= set(names)


def test_a_keyboard_and_a_screen_reader_find_their_way(published_plan: Plan) -> None:
    tree = parsed(report_page(published_plan))
    assert tree.xpath("string(//body/a[1]/@class)") == "skip"
    assert tree.xpath("//table//th[not(@scope)]") == []
    assert tree.xpath("//table[not(caption)]") == []
    assert tree.xpath("//div[@class='scroll'][not(@tabindex='0') or not(@aria-label)]") == []
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_both_languages_hold_the_same_figures_and_no_word_of_the_other(found: Reconciliation) -> None:
    dutch, english = (parsed(check_page(found, language)) for language in ("nl", "en"))
    assert dutch.xpath("//data/@value") == english.xpath("//data/@value")
    words = {code: texts for code, texts in catalogue().items() if code.startswith("page.column_")}
    heads = {head.strip() for head in english.xpath("//thead//th/text()")}
    assert heads <= {texts["en"] for texts in words.values()}


def test_every_word_of_the_catalogue_for_pages_is_used() -> None:
    package = Path(str(TEMPLATES)).parents[1]
    sources = [*package.rglob("*.jinja"), *package.glob("cli/*.py"), *package.glob("report/*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [
        code
        for code in catalogue()
        if code.startswith("page.")
        and f'"{code}"' not in text
        and f'word("{code[5:]}"' not in text
        and not (code.startswith("page.column_") and f'"{code[12:]}"' in text)
    ]
    assert unused == []


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def themes() -> tuple[str, dict[str, dict[str, str]]]:
    css = TEMPLATES.joinpath("style.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, flags=re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks)
    return css, {"light": light, "dark": {**light, **dark}}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_every_ground_it_can_stand_on(theme: str) -> None:
    css, palettes = themes()
    palette, pairs = palettes[theme], set()
    for rule in re.findall(r"\{([^{}]*)\}", css):
        text = re.search(r"(?<![-\w])color: var\(--([\w-]+)\)", rule)
        ground = re.search(r"background: var\(--([\w-]+)\)", rule)
        if text:
            pairs |= {(text[1], name) for name in ([ground[1]] if ground else ["paper", "panel"])}
    assert len(pairs) >= 16
    ratios = {pair: contrast(*(palette[name] for name in pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_drawn_stands_out_from_the_paper(theme: str) -> None:
    palette = themes()[1][theme]
    drawn = [f"{verdict.replace('_', '-')}-text" for verdict in Verdict]
    drawn += [name for name in palette if name.startswith("series-")]
    ratios = {name: contrast(palette[name], palette["paper"]) for name in drawn}
    assert {name: ratio for name, ratio in ratios.items() if ratio < 3} == {}


def test_the_page_is_well_formed_markup(published_plan: Plan) -> None:
    page = report_page(with_actuals(published_plan, (2019,), "1.1"))
    for drawing in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        assert etree.fromstring(drawing) is not None
    for tag in ("section", "table", "tbody", "tr", "div", "article", "figure", "ul", "li", "p"):
        assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>"), tag


def test_a_rate_of_one_period_alone_is_shown() -> None:
    found = Reconciliation((), rates=(RateSpan("2019", Decimal("84000.10"), Decimal(84001)),))
    rows = parsed(check_page(found)).xpath("//table[@class='rates']/tbody/tr")
    assert [cells(row) for row in rows] == [["2019", "84.000,10", "84.001"]]
