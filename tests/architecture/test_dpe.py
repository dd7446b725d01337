"""The one command says what is missing in plain words, and changes nothing without saying so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Machine = Callable[..., subprocess.CompletedProcess[str]]

TOOLS = (
    *("cat", "chmod", "cksum", "dirname", "find", "mkdir"),
    *("readlink", "rm", "sed", "sh", "sort", "uname"),
)

PYTHON = """
case "$1 $2" in
"-c "*) echo 3.11; echo $MISSING ;;
"-m venv")
    mkdir -p "$3/bin"
    printf '#!/bin/sh\\necho "$*"\\n' >"$3/bin/python"
    chmod +x "$3/bin/python"
    echo "made an environment" ;;
esac
"""
"""A Python whose environments say what they are asked and do nothing."""


def make_checkout(place: Path) -> None:
    """Copy what `./dpe` looks at."""
    shutil.copytree(ROOT / "packaging", place / "packaging")
    for part in ("dpe", "pyproject.toml", "dpemployer/__init__.py", "resources/__init__.py"):
        (place / part).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / part, place / part)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Run `./dpe` from a copy of its own, on a machine that has only what it is given.

    Each named program is a shell script; `apt-get` and a Python tell what they were asked.
    """
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (programs / tool).symlink_to(found)
    make_checkout(tmp_path / "a check-out with spaces")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    def run(*arguments: str, **scripts: str) -> subprocess.CompletedProcess[str]:
        for name, script in scripts.items():
            program = programs / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(0o755)
        return subprocess.run(
            [next(tmp_path.glob("*/dpe")), *arguments],
            cwd=elsewhere,
            env={"PATH": str(programs)},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    return run


def test_alone_it_says_what_it_can_do(machine: Machine) -> None:
    outcome = machine()

    assert outcome.returncode == 0
    for command in ("demo", "run", "test", "check", "bench"):
        assert f"\n  {command} " in outcome.stdout


def test_a_command_it_does_not_know_is_wrong_use(machine: Machine) -> None:
    outcome = machine("frobnicate")

    assert outcome.returncode == 2
    assert "There is no ./dpe frobnicate." in outcome.stderr


def test_without_python_it_says_how_to_get_one(machine: Machine) -> None:
    outcome = machine("test")

    assert outcome.returncode == 2
    assert "this machine has no python3 that runs" in outcome.stderr
    assert "apt-get install python3 python3-venv" in outcome.stderr


def test_a_python_that_is_too_old_is_named(machine: Machine) -> None:
    outcome = machine("run", python3="echo 3.9; exit 3")

    assert outcome.returncode == 2
    assert "this machine has Python 3.9." in outcome.stderr


def test_somebody_who_may_not_install_is_told_the_one_line_that_would(machine: Machine) -> None:
    outcome = machine(
        "test",
        python3="echo 3.11; echo libegl1 libgl1",
        id="echo 1000",
        apt_get="echo apt-get was called; exit 1",
    )

    assert outcome.returncode == 2
    assert "sudo apt-get install --no-install-recommends libegl1 libgl1" in outcome.stderr
    assert "was called" not in outcome.stderr


def test_root_is_told_before_anything_is_installed(machine: Machine) -> None:
    outcome = machine(
        "test",
        python3="echo 3.11; echo libegl1",
        id="echo 0",
        apt_get='echo "asked: $*"; [ "$1" = update ]',
    )

    said = outcome.stderr.splitlines()
    assert said[0].startswith("Installing the system libraries that the windows need:")
    assert said[1:3] == [
        "asked: update -qq",
        "asked: install -y -qq --no-install-recommends libegl1",
    ]
    assert outcome.returncode == 2


def test_another_system_is_told_what_is_missing(machine: Machine) -> None:
    outcome = machine("run", python3="echo 3.12; echo libxcb-cursor0", id="echo 0")

    assert outcome.returncode == 2
    assert "Debian calls them: libxcb-cursor0" in outcome.stderr


def test_the_demo_goes_on_without_the_libraries_of_the_windows(machine: Machine) -> None:
    outcome = machine("demo", python3=f"MISSING=libegl1{PYTHON}", id="echo 1000", apt_get="exit 1")

    assert "The demo opens no window and does without them." in outcome.stderr
    assert outcome.stdout == "-P -m dpemployer demo\n"
    assert outcome.returncode == 0


def pip_was_asked(outcome: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.rpartition(" ")[2] for line in outcome.stderr.splitlines() if " pip " in line]


def test_the_first_start_sets_everything_up_from_hashes_alone(machine: Machine) -> None:
    outcome = machine("demo", python3=PYTHON)

    asked = [line for line in outcome.stderr.splitlines() if " pip " in line]
    assert len(asked) == 3
    assert all("--no-deps --require-hashes --only-binary=:all: -r" in line for line in asked[:2])
    assert "--no-index --no-deps --no-build-isolation --editable" in asked[2]
    assert outcome.stdout == "-P -m dpemployer demo\n"


def test_the_second_start_only_starts(machine: Machine) -> None:
    machine("demo", python3=PYTHON)

    outcome = machine("demo", "--quiet")

    assert outcome.stderr == ""
    assert outcome.stdout == "-P -m dpemployer demo --quiet\n"


def test_running_and_testing_by_turns_sets_nothing_up_again(machine: Machine) -> None:
    machine("demo", python3=PYTHON)
    machine("check", python3=PYTHON)

    outcome = machine("demo")

    assert outcome.stderr == ""


def test_what_testing_needs_holds_all_that_running_needs() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / "packaging" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line}

    assert pins("requirements") | pins("requirements-build") <= pins("requirements-dev")


def test_what_is_pinned_is_everything_that_what_is_pinned_needs() -> None:
    """Only what the files name is installed, so nothing may be missing from them."""
    outcome = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stdout


def test_changed_requirements_are_installed_into_the_same_environment(
    machine: Machine, tmp_path: Path
) -> None:
    machine("demo", python3=PYTHON)
    with next(tmp_path.glob("*/packaging/requirements.txt")).open("a") as locked:
        locked.write("# another\n")

    outcome = machine("demo")

    assert "made an environment" not in outcome.stderr
    assert len(pip_was_asked(outcome)) == 3


@pytest.mark.parametrize("sign", [".dpe-unfinished", ".dpe-place"])
def test_a_half_made_environment_is_made_afresh(
    machine: Machine, tmp_path: Path, sign: str
) -> None:
    machine("demo", python3=PYTHON)
    venv = next(tmp_path.glob("*/.venv"))
    (venv / sign).write_text("")
    (venv / ".dpe-base").unlink()
    (venv / "left behind").touch()

    outcome = machine("demo")

    assert outcome.stderr.startswith("Making .venv afresh")
    assert not (venv / "left behind").exists()
    assert outcome.returncode == 0


def test_a_checkout_that_was_moved_is_set_up_afresh(machine: Machine, tmp_path: Path) -> None:
    machine("demo", python3=PYTHON)
    next(tmp_path.glob("*/dpe")).parent.rename(tmp_path / "it's elsewhere now")

    outcome = machine("demo")

    assert outcome.stderr.startswith("Making .venv afresh")
    assert outcome.stdout == "-P -m dpemployer demo\n"


def test_an_install_that_fails_is_told_in_a_sentence_and_tried_again(
    machine: Machine, tmp_path: Path
) -> None:
    failing = PYTHON.replace('echo "$*"', "exit 1")
    first = machine("demo", python3=failing)
    python = next(tmp_path.glob("*/.venv/bin/python"))
    python.write_text(python.read_text().replace("exit 1", 'echo "$*"'))

    second = machine("demo", python3=PYTHON)

    assert first.returncode == 2
    assert "Run the same command again when it is back." in first.stderr
    assert "made an environment" not in second.stderr
    assert len(pip_was_asked(second)) == 3
    assert second.returncode == 0


def test_without_a_screen_it_says_so_before_qt_can_crash(machine: Machine) -> None:
    outcome = machine("run", python3=PYTHON, uname="echo Linux")

    assert outcome.returncode == 2
    assert "There is no screen here to show windows on." in outcome.stderr
