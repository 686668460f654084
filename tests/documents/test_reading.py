"""Reading documents without what reads them."""

from pathlib import Path

import pytest

from hoka_excel.documents import reading
from hoka_excel.documents.errors import DocumentError


def test_without_the_extra_the_answer_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda package: None if package == "rapidfuzz" else object())
    with pytest.raises(DocumentError, match=r'pip install "hoka-excel\[documents\]"'):
        reading.read_document(tmp_path / "plan.txt")
