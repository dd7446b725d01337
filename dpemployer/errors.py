"""Everything that can go wrong, in words.

    DpEmployerError            a person can understand it and act on it
    ├── EntryError             something typed in, or read from a file, needs changing
    │   └── NegativePayError
    ├── RefusedError           the rules do not allow it
    │   ├── AlreadyFinalisedError
    │   ├── PayRunBlockedError
    │   └── SignOffRefusedError
    ├── RatesUnknownError      no rates are known for a date
    ├── BookError              the book cannot be opened, read or written
    │   ├── WrongPassphraseError
    │   ├── DamagedBookError
    │   ├── DamagedKeyFileError
    │   ├── NewerBookError
    │   ├── NotABookError
    │   └── BookInUseError
    └── OutsideError           something outside the program did not answer: try again later

Anything else that is raised is a mistake in the program. It is never caught on the
way: the window or command that started the work reports it as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer.i18n import _, long_date

if TYPE_CHECKING:
    from datetime import date

    from dpemployer.money import Money


class DpEmployerError(Exception):
    """What happened, why, and what to do next."""

    def __init__(self, what: str, why: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what}\n{self.why}\n{self.next_step}"


class EntryError(DpEmployerError):
    """Something typed in, or read from a file, needs changing."""


class NegativePayError(EntryError):
    """Pay came to less than nothing."""

    def __init__(self, pay: Money) -> None:
        super().__init__(
            what=_("This pay comes to {pay}, which is less than nothing.").format(pay=pay),
            why=_("A payslip can show no pay, but it cannot show pay taken back."),
            next_step=_("To take back pay, correct the pay run it was paid in."),
        )


class RefusedError(DpEmployerError):
    """The rules do not allow it."""


class AlreadyFinalisedError(RefusedError):
    """A pay run is fixed and was asked to change."""

    def __init__(self, pay_date: date) -> None:
        super().__init__(
            what=_("The pay run for {day} has already been finalised.").format(
                day=long_date(pay_date)
            ),
            why=_(
                "Finalised payslips cannot be changed, so that what you paid is always on record."
            ),
            next_step=_(
                "To put something right, open the pay run and choose “Correct this pay run”."
            ),
        )


class PayRunBlockedError(RefusedError):
    """Something about a pay run must be put right first."""


class SignOffRefusedError(RefusedError):
    """A return does not agree with the bank, or something in it is not finished."""


class RatesUnknownError(DpEmployerError):
    """No rates are known for a date."""


class BookError(DpEmployerError):
    """A book cannot be opened, read or written."""


class WrongPassphraseError(BookError):
    """The passphrase does not open this book."""


class DamagedBookError(BookError):
    """The database inside the book has been damaged."""


class DamagedKeyFileError(BookError):
    """The file that holds the wrapped keys has been damaged or lost."""


class NewerBookError(BookError):
    """The book was written by a newer version of the program."""


class NotABookError(BookError):
    """The folder is not a book."""


class BookInUseError(BookError):
    """Another program has the book open."""


class OutsideError(DpEmployerError):
    """Something outside the program did not answer: try again later."""
