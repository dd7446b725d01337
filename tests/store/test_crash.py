"""A program that is killed in the middle of saving loses nothing that was saved."""

from __future__ import annotations

from tests.store.crashing import rounds


def test_what_was_saved_outlives_a_program_that_is_killed() -> None:
    assert rounds(4) == []
