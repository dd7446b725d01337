"""The recovery sheet can be typed back, and a slip of the finger is found where it was made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpemployer.errors import EntryError
from dpemployer.store.recovery_sheet import GROUP_LENGTH, GROUPS, LETTERS, groups_for, read_groups

KEYS = st.binary(min_size=32, max_size=32)
SHEET = groups_for(bytes(range(32)))


@given(KEYS)
def test_what_is_printed_can_be_typed_back(book_key: bytes) -> None:
    groups = groups_for(book_key)

    assert len(groups) == GROUPS
    assert {len(group) for group in groups} == {GROUP_LENGTH}
    assert read_groups(groups) == book_key


@pytest.mark.parametrize("joint", [" ", "-", " - ", "\n", ""])
def test_spaces_dashes_and_small_letters_do_not_matter(joint: str) -> None:
    assert read_groups(joint.join(SHEET).lower()) == bytes(range(32))


@given(KEYS, st.integers(0, GROUPS - 1), st.integers(0, GROUP_LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found_in_its_group(
    book_key: bytes, group: int, place: int, letter: str
) -> None:
    groups = list(groups_for(book_key))
    right = groups[group]
    groups[group] = right[:place] + letter + right[place + 1 :]

    if groups[group] == right:
        assert read_groups(groups) == book_key
    else:
        with pytest.raises(EntryError) as wrong:
            read_groups(groups)
        assert wrong.value.why.startswith(f"Group {group + 1} (“{groups[group]}”)")


@given(KEYS, st.integers(0, GROUPS - 1), st.integers(0, GROUP_LENGTH - 2))
def test_two_letters_that_changed_places_are_found(book_key: bytes, group: int, place: int) -> None:
    groups = list(groups_for(book_key))
    right = groups[group]
    groups[group] = right[:place] + right[place + 1] + right[place] + right[place + 2 :]

    if groups[group] == right:
        assert read_groups(groups) == book_key
    else:
        with pytest.raises(EntryError, match="not what the recovery sheet says"):
            read_groups(groups)


@given(KEYS, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_two_groups_that_changed_places_are_found(book_key: bytes, one: int, other: int) -> None:
    groups = list(groups_for(book_key))
    groups[one], groups[other] = groups[other], groups[one]

    if one == other:
        assert read_groups(groups) == book_key
    else:
        with pytest.raises(EntryError, match="not what the recovery sheet says"):
            read_groups(groups)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (SHEET[:-2], "12 groups were typed, and the sheet has 14."),
        ((*SHEET[:2], "ABC", *SHEET[3:]), "Group 3 (“ABC”) has 3 letters, and should have 5."),
        ((*SHEET[:2], "AB1CD", *SHEET[3:]), "has “1”, which the sheet never uses"),
        ((), "0 groups were typed"),
    ],
    ids=["too few", "too short", "strange letter", "nothing"],
)
def test_what_cannot_be_the_sheet_says_why(typed: tuple[str, ...], why: str) -> None:
    with pytest.raises(EntryError) as wrong:
        read_groups(typed)

    assert why in wrong.value.why


def test_groups_of_two_sheets_do_not_make_one() -> None:
    other = groups_for(bytes(reversed(range(32))))

    with pytest.raises(EntryError) as wrong:
        read_groups((*SHEET[:7], *other[7:]))

    assert wrong.value.why.startswith("Each group is possible, but together")


def test_no_letter_looks_like_another() -> None:
    assert len(set(LETTERS)) == 32
    assert not set("IO01") & set(LETTERS)
