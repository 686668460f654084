"""The Dutch words of verdicts and kinds of check."""

from hoka_excel.begroting.words import kind_word, word
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.verdicts import Verdict


def test_every_kind_of_check_has_a_word_of_its_own() -> None:
    words = {kind: kind_word(kind) for kind in Kind}
    assert len(set(words.values())) == len(words)
    assert (words[Kind.FOOTING], words[Kind.NETWORK]) == ("telcontrole", "samenhang")


def test_every_verdict_has_a_word_of_its_own() -> None:
    words = {verdict: word(verdict) for verdict in Verdict}
    assert len(set(words.values())) == len(words)
    assert words[Verdict.MISMATCH] == "verschil"
