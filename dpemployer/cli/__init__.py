"""The command line: the same services as the windows, in a terminal.

One module for each group of commands, each with `add_commands(commands)`, which only describes
them: whatever a command needs that is slow to import (the database above all), it imports when
it is run. Manners, the same for every command:

- plain sentences for people, `--json` for programs;
- 0: done; 1: findings, or the rules refuse; 2: wrong use, or input that cannot be read;
- a passphrase comes from a prompt or from `--passphrase-file`, and is never an argument;
- no traceback, ever. A mistake in the program is met here, once, and reported in a few lines
  that hold nothing about anybody.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from typing import TYPE_CHECKING

from dpemployer import __version__
from dpemployer.cli import books, calculate, demo, explain, returns, spending, statements
from dpemployer.errors import DpEmployerError, RefusedError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, FINDINGS, REFUSED, FAILED = 0, 1, 1, 2
INTERRUPTED = 130
_MADE_BEFORE_LOOKING = 200_000

_GROUPS = (books, calculate, demo, explain, returns, spending, statements)


def parser() -> argparse.ArgumentParser:
    """Describe every command."""
    top = argparse.ArgumentParser(
        prog="dpemployer",
        description=_("Employ your own personal assistants with a direct payment."),
    )
    top.add_argument("--version", action="version", version=f"DP Employer {__version__}")
    commands = top.add_subparsers(required=True, metavar=_("COMMAND"), dest="command")
    for group in _GROUPS:
        group.add_commands(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # A command is short, and most of what it makes it keeps: looking for what could be thrown
    # away so often would be a fifteenth of its time.
    usual = gc.get_threshold()
    gc.set_threshold(_MADE_BEFORE_LOOKING)
    _speak_utf8()
    try:
        args = parser().parse_args(argv)
        status = _run(args)
        sys.stdout.flush()
    except SystemExit as leaving:
        # argparse has said what is wrong, or printed what was asked for.
        return leaving.code if isinstance(leaving.code, int) else FAILED
    except BrokenPipeError:
        # Whoever read the output has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        gc.set_threshold(*usual)
    return status


def _run(args: argparse.Namespace) -> int:
    """Run the command, and say in words what stopped it."""
    try:
        status: int = args.run(args)
    except RefusedError as error:
        _complain(str(error))
        return REFUSED
    except DpEmployerError as error:
        _complain(str(error))
        return FAILED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place that meets a mistake in the program
        _report(error)
        return FAILED
    return status


def _report(error: Exception) -> None:
    """Say that the program made a mistake, with nothing in it about anybody."""
    from dpemployer.log import keep_report, kind_of  # noqa: PLC0415 - only a bug needs it

    _complain(_("DP Employer made a mistake ({kind}).").format(kind=kind_of(error)))
    _complain(_("What was saved before is safe; this command may not have finished."))
    path = keep_report(error)
    if path is not None:
        _complain(
            _("A report with no personal details is in {path}. Please send it to us.").format(
                path=path
            )
        )


def _complain(words: str) -> None:
    print(words, file=sys.stderr)


def _speak_utf8() -> None:
    """Write pound signs and real minus signs whatever the terminal says it can do.

    A name of a file that is not UTF-8 is written back as it came.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
