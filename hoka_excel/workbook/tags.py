"""Tags found in the bytes of a part without parsing it, passing over what only looks like one."""

import re
from collections.abc import Iterator

NO_TAGS = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_OPENS_NO_TAG = tuple((mark, re.compile(rb"\%c(?<=<.)" % mark)) for mark in (b"!", b"?"))
_INSIDE_TAG = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""
_PREFIX = re.compile(rb"[\w.-]+:\Z")
_LESS = ord("<")


def may_hide_tags(text: bytes, start: int = 0) -> bool:
    """Say whether there are comments, CDATA or instructions; the rarer character is looked for first."""
    return any(text.find(mark, start) >= 0 and opened.search(text, start) for mark, opened in _OPENS_NO_TAG)


def tags(text: bytes, name: bytes, commented: bool, stop: int) -> Iterator[re.Match[bytes]]:
    """Find the start tags called `name`, with any prefix, passing over comments, CDATA and instructions.

    A match begins at the last letter of the name, which is rarer than the "<" that every tag begins with and
    so is found the fastest.

    Args:
        text: where to look.
        name: without a prefix.
        commented: whether comments, CDATA or instructions may hide what looks like a tag.
        stop: where to stop looking.
    """
    tag = rb"""(?P<name>%c)(?<=[<:]%s)(?:\sr="(?P<number>\d{1,9})")?+(?=[\s/>])%s>""" % (
        name[-1],
        name,
        _INSIDE_TAG,
    )
    pattern = re.compile(rb"(?P<hidden>%s)|%s" % (NO_TAGS, tag) if commented else tag, re.DOTALL)
    length = len(name)
    for found in pattern.finditer(text, 0, stop):
        if commented and found["hidden"] is not None:
            continue
        before = found.start() - length
        if text[before] == _LESS or _PREFIX.match(text, text.rfind(b"<", 0, before) + 1, before + 1):
            yield found


def tag_place(tag: bytes, text: bytes, start: int, commented: bool) -> int:
    """Find where a tag begins that no comment hides; -1 when there is none."""
    if not commented:
        return text.find(tag, start)
    pattern = re.compile(rb"(?P<hidden>%s)|%s" % (NO_TAGS, re.escape(tag)), re.DOTALL)
    found = (match.start() for match in pattern.finditer(text, start) if match["hidden"] is None)
    return next(found, -1)
