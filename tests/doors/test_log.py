"""A report of a mistake says where it happened, and nothing about anybody."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import pytest

from dpemployer import __version__
from dpemployer.errors import BookError
from dpemployer.log import keep_report, kind_of, report_of

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "Zebedee Quill-Thistlewood"


def fail() -> None:
    try:
        os.environ[SECRET]
    except KeyError as error:
        raise ValueError(f"no {SECRET} at /home/{SECRET}") from error


@pytest.fixture
def mistake() -> BaseException:
    """An error with another behind it, both of which say too much."""
    with pytest.raises(ValueError, match=SECRET) as caught:
        fail()
    return caught.value


def test_it_names_kinds_and_places(mistake: BaseException) -> None:
    report = report_of(mistake)

    assert f"DP Employer {__version__}" in report
    assert platform.system() in report
    assert "ValueError" in report
    assert "KeyError" in report
    assert " fail" in report


def test_it_repeats_nothing_an_error_said(mistake: BaseException) -> None:
    assert SECRET not in report_of(mistake)


def test_it_is_kept_for_its_owner_alone(mistake: BaseException) -> None:
    path = keep_report(mistake)

    assert path is not None
    assert path.read_text(encoding="utf-8").startswith(f"DP Employer {__version__}")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_disk_that_refuses_is_no_second_mistake(
    mistake: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    assert keep_report(mistake) is None


def test_kinds_are_named_by_where_they_come_from() -> None:
    assert kind_of(ValueError(SECRET)) == "ValueError"
    assert kind_of(BookError(SECRET, SECRET, SECRET)) == "dpemployer.errors.BookError"
