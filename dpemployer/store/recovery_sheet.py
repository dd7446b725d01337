"""The recovery sheet: the key of a book in letters that can be typed back from paper.

The sheet holds the book key itself, so that it opens the book alone, even when both key files
are lost, and no change of passphrase ever makes it stale. Thirteen groups hold the key, a
fourteenth checks the whole. The last letter of every group checks that group and its place, so
that a slip of the finger is found where it was made.

The letters are those that look like nothing else: no I, O, 0 or 1.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from dpemployer.errors import EntryError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS = 14
GROUP_LENGTH = 5

_DATA = GROUP_LENGTH - 1
_KEY_BITS = 256
_KEY_LETTERS = 52
"""At five bits a letter; the last letter has four bits to spare, and they are nothing."""
_REDUCE = 0b100101
"""x⁵ + x² + 1: makes the 32 letters a field, in which each weight below is another number."""


def groups_for(book_key: bytes) -> tuple[str, ...]:
    """Write a book key as the groups of a recovery sheet."""
    number = int.from_bytes(book_key) << (5 * _KEY_LETTERS - _KEY_BITS)
    values = [number >> (5 * place) & 31 for place in reversed(range(_KEY_LETTERS))]
    values += _whole_check(book_key)
    return tuple(
        "".join(LETTERS[value] for value in [*group, _check(group, place)])
        for place, group in enumerate(_in_groups(values))
    )


def read_groups(typed: str | Sequence[str]) -> bytes:
    """Read the groups somebody typed back into a book key.

    Small letters, spaces and dashes do not matter.

    Raises:
        EntryError: If a group cannot be right, saying which.
    """
    groups = _tidy(typed)
    if len(groups) != GROUPS:
        raise _wrong(
            _("{typed} groups were typed, and the sheet has {groups}.").format(
                typed=len(groups), groups=GROUPS
            )
        )
    values = [value for place, group in enumerate(groups) for value in _values(place, group)]
    number = 0
    for value in values[:_KEY_LETTERS]:
        number = number << 5 | value
    spare = 5 * _KEY_LETTERS - _KEY_BITS
    book_key = (number >> spare).to_bytes(_KEY_BITS // 8)
    if number & ((1 << spare) - 1) or values[_KEY_LETTERS:] != _whole_check(book_key):
        raise _wrong(_("Each group is possible, but together they are not the key of a book."))
    return book_key


def _tidy(typed: str | Sequence[str]) -> list[str]:
    """Split what was typed into groups of capitals."""
    text = typed if isinstance(typed, str) else " ".join(typed)
    groups = text.upper().replace("-", " ").replace("–", " ").split()
    if len(groups) == 1:
        run = groups[0]
        groups = [run[start : start + GROUP_LENGTH] for start in range(0, len(run), GROUP_LENGTH)]
    return groups


def _values(place: int, group: str) -> list[int]:
    """Read one group and check it."""
    if len(group) != GROUP_LENGTH:
        raise _wrong(
            _("Group {number} (“{group}”) has {typed} letters, and should have {length}.").format(
                number=place + 1, group=group, typed=len(group), length=GROUP_LENGTH
            )
        )
    for letter in group:
        if letter not in LETTERS:
            raise _wrong(
                _("Group {number} (“{group}”) has “{letter}”, which the sheet never uses.").format(
                    number=place + 1, group=group, letter=letter
                )
            )
    values = [LETTERS.index(letter) for letter in group]
    if _check(values[:_DATA], place) != values[_DATA]:
        raise _wrong(
            _("Group {number} (“{group}”) does not match its check letter.").format(
                number=place + 1, group=group
            )
        )
    return values[:_DATA]


def _wrong(why: str) -> EntryError:
    return EntryError(
        what=_("This is not what the recovery sheet says."),
        why=why,
        next_step=_("Compare it with the sheet, letter by letter, and type it again."),
    )


def _in_groups(values: list[int]) -> list[list[int]]:
    return [values[start : start + _DATA] for start in range(0, len(values), _DATA)]


def _whole_check(book_key: bytes) -> list[int]:
    """Return four letters that depend on the whole key."""
    digest = hashlib.sha256(b"dpemployer recovery sheet" + book_key).digest()
    number = int.from_bytes(digest[:3])
    return [number >> (5 * place) & 31 for place in range(_DATA)]


def _check(group: list[int], place: int) -> int:
    """Return the letter that checks a group and its place.

    Every letter has its own weight, so that one wrong letter, or two that changed places,
    always shows.
    """
    check, weight = 0, 1
    for value in [*group, place]:
        weight = _times(weight, 2)
        check ^= _times(weight, value)
    return check


def _times(first: int, second: int) -> int:
    """Multiply two letters in the field of 32."""
    product = 0
    while second:
        if second & 1:
            product ^= first
        first <<= 1
        if first & 32:
            first ^= _REDUCE
        second >>= 1
    return product
