"""Samples, returns and statements in a terminal: what is printed, kept, refused and left behind."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer.cli import main
from dpemployer.errors import BookError
from dpemployer.services.samples import Sample
from dpemployer.store import keys
from tests.returns.samples import NAMES, content, differences, read_case
from tests.store.conftest import QUICK

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "STRETCHING", QUICK)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the passphrase in it."""
    path = tmp_path / "passphrase"
    path.write_text("grey heron by the weir\n", encoding="utf-8")
    return path


class Terminal:
    """Runs commands, and remembers which files there were before."""

    def __init__(self, folder: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.book = folder / "book"
        self._folder, self._secret, self._capsys = folder, secret, capsys

    def run(self, *arguments: object) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        said = self._capsys.readouterr()
        assert "mistake" not in said.err
        return status, said.out, said.err

    def load(self, sample: bytes, *more: object) -> tuple[int, str, str]:
        path = self._folder / "sample.json"
        path.write_bytes(sample)
        return self.run(
            *("sample", "load", path, "--book", self.book, "--passphrase-file", self._secret), *more
        )

    def show(self, case: dict[str, Any], *more: object) -> tuple[int, str, str]:
        return self.run(
            *("return", "show", "--book", self.book, "--passphrase-file", self._secret),
            *("--template", case["template"]),
            *("--from", case["period"]["from"], "--to", case["period"]["to"]),
            *more,
        )


@pytest.fixture
def terminal(tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal(tmp_path, secret, capsys)


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_loaded_shown_and_sound(terminal: Terminal, secret: Path, name: str) -> None:
    case = read_case(name)
    assert terminal.load(content(case))[0] == 0

    status, out, err = terminal.show(case, "--json")
    assert (status, err) == (0, "")
    assert list(differences(case["expected"], json.loads(out))) == []
    assert terminal.show(case)[0] == 0
    # A sample names papers that are not in it: that is no fault of the book's.
    assert terminal.run("verify", terminal.book, "--passphrase-file", secret)[0] == 0


def test_a_difference_is_shown_and_is_a_finding(terminal: Terminal) -> None:
    case = read_case("s1-quarterly-bank-two-pas")
    case["ledger"][0]["amount_p"] += 1
    assert terminal.load(content(case))[0] == 0

    status, out, _err = terminal.show(case, "--json")
    assert status == 1
    assert json.loads(out)["reconciliation_p"]["difference"] == -1
    assert json.loads(out)["sign_off"]["allowed"] is False


def test_a_sample_never_goes_into_a_book_that_is_there(terminal: Terminal) -> None:
    case = read_case("s1-quarterly-bank-two-pas")
    assert terminal.load(content(case))[0] == 0
    before = {path.name: path.read_bytes() for path in terminal.book.iterdir()}

    status, out, err = terminal.load(content(read_case("s4-two-funders")))
    assert (status, out) == (2, "")
    assert "already" in err
    assert {path.name: path.read_bytes() for path in terminal.book.iterdir()} == before


WHOLE = content(read_case("s1-quarterly-bank-two-pas"))


@pytest.mark.parametrize(
    "sample",
    [
        b"",
        b"[]",
        b"null",
        WHOLE[:5000],
        WHOLE.decode().encode("utf-16"),
        bytes(range(256)),
        b"[" * 100_000,
        b'{"schema": ' + b"9" * 5000 + b"}",
        WHOLE.replace(b'"invented": true', b'"invented": false'),
        WHOLE.replace(b"dp-sample/1", b"dp-sample/2"),
        WHOLE.replace(b'"invented": true', b'"invented": true, "invented": true'),
        WHOLE.replace(b"Own account", b"\\ud800"),
        WHOLE.replace(b"7125", b"71.25"),
        WHOLE.replace(b"7125", b"7.125e400"),
        WHOLE.replace(b"7125", b"NaN"),
        WHOLE.replace(b"7125", b"true"),
        WHOLE.replace(b'"2026-09-30"', b'"9999-12-31"'),
        WHOLE.replace(b'"2026-07-01"', b'"0001-01-01"'),
        WHOLE.replace(b'"2026-07-01"', b'"2026-06-31"'),
        WHOLE.replace(b"inc.contribution", b"inc.nothing"),
        WHOLE.replace(b"generic-quarterly", b"../generic-quarterly"),
        WHOLE.replace(b'"T005"', b'"T004"'),
        WHOLE.replace(b'"bank_line": "B004"', b'"bank_line": "B999"'),
    ],
    ids=lambda sample: f"{len(sample)} bytes",
)
def test_what_is_no_sample_is_refused_in_words_and_leaves_nothing(
    terminal: Terminal, sample: bytes
) -> None:
    assert sample != WHOLE
    status, out, err = terminal.load(sample)

    assert (status, out) == (2, "")
    assert err.startswith("This sample cannot be loaded: nothing was made.")
    assert not terminal.book.exists()


def test_a_sample_that_cannot_be_kept_leaves_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_arguments: object) -> None:
        raise BookError(what="There is no room.", why="It is full.", next_step="Make some.")

    monkeypatch.setattr(Sample, "keep_in", no_room)
    assert terminal.load(WHOLE)[0] == 2
    assert not terminal.book.exists()

    terminal.book.mkdir()
    letter = terminal.book / "letter.txt"
    letter.write_text("Dear council", encoding="utf-8")
    assert terminal.load(WHOLE)[0] == 2
    assert list(terminal.book.iterdir()) == [letter]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-09-30", "2026-07-01"),
        ("0001-01-01", "2026-09-30"),
        ("2026-07-01", "9999-12-31"),
        ("2026-02-30", "2026-09-30"),
        ("yesterday", "2026-09-30"),
    ],
)
def test_days_that_are_none_are_wrong_use(terminal: Terminal, first: str, last: str) -> None:
    case = copy.deepcopy(read_case("s1-quarterly-bank-two-pas"))
    assert terminal.load(content(case))[0] == 0
    case["period"] = {"from": first, "to": last}

    status, out, err = terminal.show(case, "--json")
    assert (status, out) == (2, "")
    assert err
