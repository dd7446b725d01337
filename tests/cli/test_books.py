"""Commands about books: what they say, where they say it, and how they end."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dpemployer import __version__
from dpemployer.cli import main
from dpemployer.errors import RefusedError
from dpemployer.office import Office
from dpemployer.payroll.household import Party
from dpemployer.store.recovery_sheet import read_groups
from tests.store.conftest import QUICK
from tests.store.test_opening import contents, flip

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "grey heron by the weir"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed book."""
    folder = tmp_path / "book"
    with Office.create(folder, PASSPHRASE, "Ann", stretching=QUICK) as office:  # noqa: SIM117
        with office.book.change("Named somebody") as tx:
            tx.add(Party(0, "Ann"))
    return folder


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file with the passphrase in it."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_a_new_book_prints_the_sheet_that_opens_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, secret: str
) -> None:
    status, out, err = run(
        capsys, "book", "new", tmp_path / "new", "--owner", "Ann", "--passphrase-file", secret
    )

    assert (status, err) == (0, "")
    groups = [word for line in out.splitlines()[-2:] for word in line.split() if word.isalnum()]
    read_groups(groups)
    with Office.open_with_sheet(tmp_path / "new", groups, "new", stretching=QUICK) as office:
        assert office.book.who == "Ann"


def test_a_new_book_never_takes_the_place_of_another(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str
) -> None:
    before = contents(folder)

    status, out, err = run(
        capsys, "book", "new", folder, "--owner", "Eve", "--passphrase-file", secret
    )

    assert (status, out) == (2, "")
    assert "already a book" in err
    assert contents(folder) == before


@pytest.mark.parametrize("named", [True, False])
def test_a_sound_book_is_said_to_be_sound(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str, *, named: bool
) -> None:
    place = ["--book", folder] if named else [folder]

    assert run(capsys, "verify", *place, "--passphrase-file", secret) == (
        0,
        "Nothing wrong found.\n",
        "",
    )


def test_a_sound_book_is_said_to_be_sound_to_programs_too(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str
) -> None:
    status, out, _err = run(capsys, "verify", folder, "--passphrase-file", secret, "--json")

    assert (status, json.loads(out)) == (0, {"findings": []})


def test_the_program_can_check_itself(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "verify", "--self")

    assert (status, err) == (0, "")
    assert "parts of the program were read, and they work." in out


def test_a_part_that_did_not_come_with_the_program_is_noticed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dpemployer.data_files.texts", lambda *_args: {})

    assert run(capsys, "verify", "--self")[0] == 2


def test_an_unsound_book_is_found_out_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str
) -> None:
    flip(folder / "book.db", (folder / "book.db").stat().st_size // 2)

    status, out, err = run(capsys, "verify", folder, "--passphrase-file", secret)
    assert (status, err) == (1, "")
    assert "Part of the database is damaged" in out

    status, out, _err = run(capsys, "verify", folder, "--passphrase-file", secret, "--json")
    (finding,) = json.loads(out)["findings"]
    assert status == 1
    assert (finding["code"], finding["severity"]) == ("database_damaged", "blocking")


def test_a_damaged_key_file_is_put_right_and_said_on_the_side(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str
) -> None:
    flip(folder / "keys.json", 200)

    status, out, err = run(capsys, "verify", folder, "--passphrase-file", secret)

    assert (status, out) == (0, "Nothing wrong found.\n")
    assert "put right from the other" in err


def test_a_backup_comes_back_as_a_book(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str, tmp_path: Path
) -> None:
    copy, restored = tmp_path / "copy.dpebackup", tmp_path / "restored"

    made = run(capsys, "backup", "--book", folder, "--passphrase-file", secret, "--to", copy)
    back = run(capsys, "restore", copy, restored)

    assert (made[0], back[0]) == (0, 0)
    assert str(copy) in made[1]
    assert str(restored) in back[1]
    assert run(capsys, "verify", restored, "--passphrase-file", secret)[0] == 0


def test_folders_and_files_may_be_named_by_place(
    capsys: pytest.CaptureFixture[str], folder: Path, secret: str, tmp_path: Path
) -> None:
    first, second = tmp_path / "1.dpebackup", tmp_path / "2.dpebackup"

    assert run(capsys, "backup", folder, first, "--passphrase-file", secret)[0] == 0
    assert run(capsys, "backup", second, "--book", folder, "--passphrase-file", secret)[0] == 0
    assert run(capsys, "restore", first, "--book", tmp_path / "restored")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["verify", "one", "two"],
        ["verify", "one", "--book", "two"],
        ["backup", "one"],
        ["restore", "one"],
        ["restore", "one", "two", "--book", "three"],
    ],
)
def test_a_command_that_names_too_few_or_too_many_says_so(
    capsys: pytest.CaptureFixture[str], secret: str, arguments: list[str]
) -> None:
    passphrase = [] if arguments[0] == "restore" else ["--passphrase-file", secret]

    status, out, err = run(capsys, *arguments, *passphrase)

    assert (status, out) == (2, "")
    assert err.startswith("The command names too few folders or files, or too many.")


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["verify", "--nonsense"], ["book"], ["restore"]]
)
def test_wrong_use_ends_with_2_and_shows_how(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    status, out, err = run(capsys, *arguments)

    assert (status, out) == (2, "")
    assert err.startswith("usage: dpemployer")


def test_a_command_leaves_python_as_it_found_it(capsys: pytest.CaptureFixture[str]) -> None:
    before = gc.get_threshold()

    run(capsys, "--version")

    assert gc.get_threshold() == before


def test_the_version_and_the_help_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"DP Employer {__version__}\n", "")
    status, out, _err = run(capsys, "--help")
    assert status == 0
    assert {"verify", "backup", "restore", "calculate"} <= set(out.split())


# ── passphrases ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_final_newline_of_a_file_is_not_part_of_the_passphrase(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / "another"
    path.write_bytes((PASSPHRASE + ending).encode())

    assert run(capsys, "verify", folder, "--passphrase-file", path)[0] == 0


@pytest.mark.parametrize("content", [PASSPHRASE + "\n\n", PASSPHRASE + " ", ""])
def test_everything_else_in_the_file_is(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "another"
    path.write_text(content, encoding="utf-8")

    status, _out, err = run(capsys, "verify", folder, "--passphrase-file", path)

    assert status == 2
    assert err.startswith("This passphrase does not open the book.")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_passphrase_file_that_cannot_be_read_is_said_in_words(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "another"
    if content is not None:
        path.write_bytes(content)

    status, _out, err = run(capsys, "verify", folder, "--passphrase-file", path)

    assert status == 2
    assert "cannot be read" in err


def test_without_a_file_the_passphrase_is_asked_for(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    monkeypatch.setattr("getpass.getpass", answer)

    assert run(capsys, "verify", folder)[0] == 0
    assert asked == ["Passphrase: "]


def test_a_new_passphrase_is_asked_for_twice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["one", "another", "the same", "the same"])
    monkeypatch.setattr("getpass.getpass", lambda _question: next(answers))
    new = ("book", "new", tmp_path / "new", "--owner", "Ann")

    status, _out, err = run(capsys, *new)
    assert status == 2
    assert err.startswith("The two passphrases are not the same.")
    assert not (tmp_path / "new").exists()

    assert run(capsys, *new)[0] == 0


def test_a_book_on_a_computer_without_a_keychain_is_made_and_says_so(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dpemployer.keychain.Keychain._backend", _no_keychain)

    status, out, _err = run(
        capsys,
        *("book", "new", tmp_path / "new", "--owner", "Ann", "--keychain"),
        *("--passphrase-file", secret),
    )

    assert status == 0
    assert "no keychain" in out


def _no_keychain(_self: object) -> None:
    from dpemployer.errors import OutsideError  # noqa: PLC0415 - only here

    raise OutsideError("There is no keychain.", "None.", "Use the passphrase.")


# ── manners ──────────────────────────────────────────────────────────────────────────


def dpemployer(
    *arguments: object, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own without a terminal."""
    command = [sys.executable, "-m", "dpemployer", *(str(argument) for argument in arguments)]
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env=env,
    )


def test_without_a_terminal_nobody_is_asked(folder: Path) -> None:
    done = dpemployer("verify", folder)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("There is nobody to ask for the passphrase.")


def test_a_mistake_in_the_program_is_reported_without_a_traceback_or_a_name(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(*_args: object) -> None:
        raise LookupError("Zebedee Quill-Thistlewood")

    monkeypatch.setattr("dpemployer.services.checks.Checks.everything", stumble)

    status, out, err = run(capsys, "verify", folder, "--passphrase-file", secret)

    assert (status, out) == (2, "")
    assert err.startswith("DP Employer made a mistake (LookupError).")
    assert "Traceback" not in err
    assert "Zebedee" not in err
    assert "report-" in err


def test_what_the_rules_refuse_ends_with_1(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object) -> None:
        raise RefusedError("It is final.", "Finals stay.", "Correct it.")

    monkeypatch.setattr("dpemployer.services.checks.Checks.everything", refuse)

    status, out, err = run(capsys, "verify", folder, "--passphrase-file", secret)

    assert (status, out, err) == (1, "", "It is final.\nFinals stay.\nCorrect it.\n")


def test_stopping_it_is_quiet(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dpemployer.services.checks.Checks.everything", stop)

    assert run(capsys, "verify", folder, "--passphrase-file", secret) == (130, "", "")


def test_a_reader_that_has_read_enough_is_no_trouble(folder: Path, secret: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "dpemployer", "verify", folder, "--passphrase-file", secret],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        said = command.stderr.read()
        status = command.wait()

    assert (status, said) == (0, b"")


def test_pound_signs_are_written_whatever_the_terminal_says(tmp_path: Path) -> None:
    done = dpemployer(
        "verify", tmp_path / "café", env={"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONUTF8": "0"}
    )

    assert done.returncode == 2
    assert "café” is not a book." in done.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["calculate", "paye", "--json"]])
def test_a_command_that_opens_no_book_does_not_wait_for_the_database(
    arguments: list[str],
) -> None:
    listing = (
        "import sys; from dpemployer.cli import main; main(sys.argv[1:]);"
        "slow = {'sqlalchemy', 'alembic', 'cryptography', 'reportlab', 'keyring', 'PySide6'};"
        "print('imported:', sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing, *arguments],
        check=True,
        capture_output=True,
        text=True,
        input="[]",
    )

    assert done.stdout.endswith("imported: []\n")
