"""The office: the program's whole ability, opened on one book.

Windows and commands meet a book here and nowhere else. Each service is imported when it is first
asked for, and the database when a book is first opened, so that the first window need not wait.
"""

# ruff: noqa: PLC0415 - see above: what is slow to import is imported when it is needed

from __future__ import annotations

from contextlib import contextmanager
from functools import cache, cached_property
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Self

from dpemployer.errors import DamagedKeyFileError, OutsideError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dpemployer.findings import Finding
    from dpemployer.keychain import Keychain
    from dpemployer.services.access import Access
    from dpemployer.services.agenda import Agenda
    from dpemployer.services.away_papers import AwayPapers
    from dpemployer.services.bundle import Bundles
    from dpemployer.services.checks import Checks
    from dpemployer.services.corrections import Corrections
    from dpemployer.services.costs import Costs
    from dpemployer.services.deduction_papers import DeductionPapers
    from dpemployer.services.deductions import PayDeductions
    from dpemployer.services.endings import Endings
    from dpemployer.services.hmrc import Hmrc
    from dpemployer.services.hmrc_papers import HmrcPapers
    from dpemployer.services.holiday import Holiday
    from dpemployer.services.holiday_papers import HolidayPapers
    from dpemployer.services.leaving import Leavings
    from dpemployer.services.leaving_papers import LeavingPapers
    from dpemployer.services.ledger import Ledger
    from dpemployer.services.letters import Letters
    from dpemployer.services.opening import Opening
    from dpemployer.services.papers import Papers
    from dpemployer.services.pay_runs import PayRuns
    from dpemployer.services.pension_files import PensionFiles
    from dpemployer.services.pension_letters import PensionLetters
    from dpemployer.services.pensions import Pensions
    from dpemployer.services.people import People
    from dpemployer.services.returns import Returns
    from dpemployer.services.safety import Safety
    from dpemployer.services.spending import Spending
    from dpemployer.services.tasks import Tasks
    from dpemployer.services.tax_codes import TaxCodes
    from dpemployer.services.time_away import TimeAway
    from dpemployer.services.timesheets import Timesheets
    from dpemployer.services.working_time import WorkingTime
    from dpemployer.services.working_time_papers import WorkingTimePapers
    from dpemployer.services.year_end import YearEnd
    from dpemployer.statutory.rates import RateBook
    from dpemployer.store.book import Book
    from dpemployer.store.keys import KeyFile, Opened, Stretching


class Office:
    """One open book, and what can be done with it."""

    def __init__(
        self,
        book: Book,
        rates: RateBook | None = None,
        folder: Path | None = None,
        access: Access | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        from dpemployer import bank_days, data_files

        bank_days.install(data_files.proclaimed_days)
        self.book = book
        self._rates = rates
        self._folder = folder
        self._access = access
        self.findings = findings
        """What the person should know about opening it: a copy put right, a book brought up to
        date."""

    # ── opening and closing ──────────────────────────────────────────────────────────

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: str,
        owner_name: str,
        *,
        use_keychain: bool = False,
        keychain: Keychain | None = None,
        stretching: Stretching | None = None,
    ) -> Self:
        """Make a new book in *folder*, opened by this passphrase and its recovery sheet.

        A keychain that was asked for and is absent or locked is a finding, and no more.

        Raises:
            EntryError: If the passphrase is empty.
            BookError: If there is a book already, or the folder cannot be written.
        """
        import secrets

        from dpemployer.store.book import Book
        from dpemployer.store.keys import KEY_BYTES, STRETCHING, KeyFile, Opened

        hard = stretching or STRETCHING
        book_key = secrets.token_bytes(KEY_BYTES)
        keys = KeyFile.new().with_passphrase(book_key, passphrase, owner_name, stretching=hard)
        book = Book.create(folder, book_key, keys, who=owner_name)
        opened = Opened(book_key, keys.slots[0])
        office = cls._over(book, folder, keys, opened, keychain=keychain, stretching=hard)
        if use_keychain:
            office._try_keychain()  # noqa: SLF001 - it is our own
        return office

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, keychain: Keychain | None = None) -> Self:
        """Open the book in *folder* with a passphrase.

        Raises:
            NotABookError: If there is no book.
            BookInUseError: If another program has it open.
            WrongPassphraseError: If the passphrase does not open it.
            DamagedKeyFileError, DamagedBookError, NewerBookError: As they say.
        """
        keys, findings = _keys_in(folder)
        with _importing("dpemployer.store.book"):
            opened = keys.open_with_passphrase(passphrase)
        return cls._open(folder, keys, opened, findings, keychain)

    @classmethod
    def open_with_keychain(cls, folder: Path, *, keychain: Keychain | None = None) -> Self:
        """Open the book in *folder* with what this computer's keychain holds.

        Raises:
            OutsideError: If it holds nothing for this book, or does not answer.
            BookError: As for `open`.
        """
        from dpemployer.keychain import Keychain as TheKeychain
        from dpemployer.services.access import open_with_keychain

        keys, findings = _keys_in(folder)
        opened = open_with_keychain(keys, keychain or TheKeychain())
        return cls._open(folder, keys, opened, findings, keychain)

    @classmethod
    def open_with_sheet(
        cls,
        folder: Path,
        groups: str | Sequence[str],
        new_passphrase: str,
        owner_name: str = "",
        *,
        keychain: Keychain | None = None,
        stretching: Stretching | None = None,
    ) -> Self:
        """Open the book in *folder* with its recovery sheet, and choose a new passphrase.

        It takes the place of the owner's; helpers keep theirs. Lost key files are made again.

        Raises:
            EntryError: If the sheet was typed wrong, saying where; or no passphrase was chosen.
            WrongPassphraseError: If it is the sheet of another book.
            BookError: As for `open`.
        """
        from dpemployer.services.access import keys_from_sheet
        from dpemployer.store.keys import STRETCHING
        from dpemployer.store.recovery_sheet import read_groups

        book_key = read_groups(groups)
        hard = stretching or STRETCHING
        try:
            found, findings = _keys_in(folder)
        except DamagedKeyFileError:
            found, findings = None, ()
        keys, opened = keys_from_sheet(folder, found, book_key, new_passphrase, owner_name, hard)
        return cls._open(folder, keys, opened, findings, keychain, save=True, stretching=hard)

    @classmethod
    def in_memory(cls) -> Self:
        """Open a book that is gone when it is closed: for tests and for trying out."""
        from dpemployer.store.book import Book

        return cls(Book.in_memory())

    @classmethod
    def _open(
        cls,
        folder: Path,
        keys: KeyFile,
        opened: Opened,
        findings: tuple[Finding, ...],
        keychain: Keychain | None,
        *,
        save: bool = False,
        stretching: Stretching | None = None,
    ) -> Self:
        from dpemployer.store.book import Book

        book = Book.open(folder, opened.book_key, who=opened.slot.person)
        try:
            if findings or save:
                keys = keys.save(folder)
        except BaseException:
            book.close()
            raise
        office = cls._over(book, folder, keys, opened, keychain=keychain, stretching=stretching)
        office.findings = (*findings, *book.findings)
        return office

    @classmethod
    def _over(
        cls,
        book: Book,
        folder: Path,
        keys: KeyFile,
        opened: Opened,
        *,
        keychain: Keychain | None,
        stretching: Stretching | None,
    ) -> Self:
        from dpemployer.keychain import Keychain as TheKeychain
        from dpemployer.services.access import Access
        from dpemployer.store.keys import STRETCHING

        access = Access(folder, keys, opened, keychain or TheKeychain(), stretching or STRETCHING)
        return cls(book, None, folder, access)

    def close(self) -> None:
        """Close the book. Everything done is saved already."""
        self.book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    # ── the book itself ──────────────────────────────────────────────────────────────

    @property
    def folder(self) -> Path:
        """Where the book is.

        Raises:
            LookupError: If it is in memory, and nowhere.
        """
        if self._folder is None:
            raise LookupError("a book in memory has no folder")
        return self._folder

    @property
    def access(self) -> Access:
        """Who may open the book, and how.

        Raises:
            LookupError: If it is in memory, where nobody else can open it.
        """
        if self._access is None:
            raise LookupError("a book in memory has no keys")
        return self._access

    @property
    def recovery_groups(self) -> tuple[str, ...]:
        """The letters of the recovery sheet."""
        return self.access.recovery_groups

    def listen(self, listener: Callable[[frozenset[type]], None]) -> None:
        """Call *listener* after each change with the kinds of fact it touched."""
        self.book.listen(listener)

    @cached_property
    def rates(self) -> RateBook:
        """The rates in force, read when somebody first needs them."""
        return self._rates if self._rates is not None else shipped_rates()

    # ── what a person can do ─────────────────────────────────────────────────────────

    @cached_property
    def people(self) -> People:
        """Personal assistants, their terms, and the household."""
        from dpemployer.services.people import People

        return People(self.book, self.rates)

    @cached_property
    def leavings(self) -> Leavings:
        """How employments end, the last pay, and the P45."""
        from dpemployer.services.leaving import Leavings

        return Leavings(self.book, self.rates)

    @cached_property
    def endings(self) -> Endings:
        """The end of the direct payment, and what a death brings with it."""
        from dpemployer.services.endings import Endings

        return Endings(self.book, self.leavings, self.ledger)

    @cached_property
    def leaving_papers(self) -> LeavingPapers:
        """What is printed about leaving."""
        from dpemployer.services.leaving_papers import LeavingPapers

        return LeavingPapers(self.book, self.leavings, self.endings)

    @cached_property
    def tasks(self) -> Tasks:
        """What there is to do when somebody starts or leaves."""
        from dpemployer.services.tasks import Tasks

        return Tasks(self.book)

    @cached_property
    def tax_codes(self) -> TaxCodes:
        """Notices from HMRC, and P45s."""
        from dpemployer.services.tax_codes import TaxCodes

        return TaxCodes(self.book, self.rates)

    @cached_property
    def opening(self) -> Opening:
        """What was so before the book began."""
        from dpemployer.services.opening import Opening

        return Opening(self.book, self.rates)

    @cached_property
    def timesheets(self) -> Timesheets:
        """Hours."""
        from dpemployer.services.timesheets import Timesheets

        return Timesheets(self.book, self.rates)

    @cached_property
    def pay_runs(self) -> PayRuns:
        """Paydays."""
        from dpemployer.services.pay_runs import PayRuns

        return PayRuns(self.book, self.rates)

    @cached_property
    def pensions(self) -> Pensions:
        """The workplace pension: who is in it, and what the law asks."""
        from dpemployer.services.pensions import Pensions

        return Pensions(self.book, self.rates)

    @cached_property
    def pension_letters(self) -> PensionLetters:
        """The letters automatic enrolment asks for."""
        from dpemployer.services.pension_letters import PensionLetters

        return PensionLetters(self.book, self.rates)

    @cached_property
    def pension_files(self) -> PensionFiles:
        """What a pension provider is sent."""
        from dpemployer.services.pension_files import PensionFiles

        return PensionFiles(self.book, self.rates)

    @cached_property
    def ledger(self) -> Ledger:
        """Money in and out."""
        from dpemployer.services.ledger import Ledger

        return Ledger(self.book)

    @cached_property
    def returns(self) -> Returns:
        """What funders ask for."""
        from dpemployer.services.returns import Returns

        return Returns(self.book, self._own_templates())

    @cached_property
    def papers(self) -> Papers:
        """What is printed."""
        from dpemployer.services.papers import Papers

        return Papers(self.book, self.pay_runs, self.timesheets, self._folder, self._access)

    @cached_property
    def deductions(self) -> PayDeductions:
        """Orders, money owed back, and fixed deductions."""
        from dpemployer.services.deductions import PayDeductions

        return PayDeductions(self.book)

    @cached_property
    def deduction_papers(self) -> DeductionPapers:
        """Notices of what orders took, and standing statements."""
        from dpemployer.services.deduction_papers import DeductionPapers

        return DeductionPapers(self.book)

    @cached_property
    def agenda(self) -> Agenda:
        """What needs doing next."""
        from dpemployer.services.agenda import Agenda

        return Agenda(
            self.people,
            self.timesheets,
            self.pay_runs,
            self.ledger,
            self.returns,
            (
                self.safety.to_do,
                self.time_away.to_do,
                self.holiday.to_do,
                self.hmrc.to_do,
                self.year_end.to_do,
                self.deductions.to_do,
                self.tasks.to_do,
                self.working_time.to_do,
                self.endings.to_do,
                self.pensions.to_do,
            ),
        )

    @cached_property
    def spending(self) -> Spending:
        """What the money may be spent on."""
        from dpemployer.services.spending import Spending

        return Spending(self.book)

    @cached_property
    def working_time(self) -> WorkingTime:
        """Agreements about hours, homes provided, rest given later."""
        from dpemployer.services.working_time import WorkingTime

        return WorkingTime(self.book, self.rates)

    @cached_property
    def holiday(self) -> Holiday:
        """Leave: booked, agreed to, carried over."""
        from dpemployer.services.holiday import Holiday

        return Holiday(self.book, self.rates)

    @cached_property
    def holiday_papers(self) -> HolidayPapers:
        """What is printed about holiday."""
        from dpemployer.services.holiday_papers import HolidayPapers

        return HolidayPapers(self.book)

    @cached_property
    def time_away(self) -> TimeAway:
        """Sickness and family leave."""
        from dpemployer.services.time_away import TimeAway

        return TimeAway(self.book, self.rates)

    @cached_property
    def away_papers(self) -> AwayPapers:
        """What is printed about sickness and family leave."""
        from dpemployer.services.away_papers import AwayPapers

        return AwayPapers(self.book, self.rates)

    @cached_property
    def bundles(self) -> Bundles:
        """Returns with everything behind them."""
        from dpemployer.services.bundle import Bundles

        return Bundles(self.book, self.returns, self.papers)

    @cached_property
    def letters(self) -> Letters:
        """Letters to a funder."""
        from dpemployer.services.letters import Letters

        return Letters(self.book, self.ledger)

    @cached_property
    def working_time_papers(self) -> WorkingTimePapers:
        """The agreement about the 48 hours, to sign."""
        from dpemployer.services.working_time_papers import WorkingTimePapers

        return WorkingTimePapers(self.book, self.rates)

    @cached_property
    def safety(self) -> Safety:
        """The recovery sheet on paper, and backups."""
        from dpemployer.services.safety import Safety

        return Safety(self.book, self._access)

    @cached_property
    def hmrc(self) -> Hmrc:
        """What HMRC is told, and the records kept for it."""
        from dpemployer.services.hmrc import Hmrc

        return Hmrc(self.book, self.rates)

    @cached_property
    def costs(self) -> Costs:
        """What an hour of support costs, and how the funding year will end."""
        from dpemployer.services.costs import Costs

        return Costs(self.book, self.rates, self.pay_runs)

    @cached_property
    def hmrc_papers(self) -> HmrcPapers:
        """What is printed about HMRC."""
        from dpemployer.services.hmrc_papers import HmrcPapers

        return HmrcPapers(self.book, self.hmrc)

    @cached_property
    def year_end(self) -> YearEnd:
        """The end of a tax year."""
        from dpemployer.services.year_end import YearEnd

        return YearEnd(self.book, self.rates, self.hmrc, self.pay_runs, self.ledger)

    @cached_property
    def corrections(self) -> Corrections:
        """What putting one payday right does to the paydays after it."""
        from dpemployer.services.corrections import Corrections

        return Corrections(self.book, self.pay_runs)

    @cached_property
    def checks(self) -> Checks:
        """Is this book sound?"""
        from dpemployer.services.checks import Checks

        return Checks(self.book)

    def _own_templates(self) -> dict[str, str]:
        """Read the return templates a person keeps beside the book."""
        if self._folder is None:
            return {}
        folder = self._folder / OWN_TEMPLATES
        return {
            file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))
        }

    def _try_keychain(self) -> None:
        """Stay unlocked on this computer if it can; say so if it cannot."""
        from dpemployer.findings import Finding, Severity

        try:
            self.access.keep_in_keychain()
        except OutsideError as error:
            self.findings = (
                *self.findings,
                Finding(
                    Severity.NOTE,
                    "keychain_absent",
                    _("Keychain"),
                    f"{error.what} {error.why} {error.next_step}",
                ),
            )


OWN_TEMPLATES = "templates"
"""The folder inside a book's where a person keeps return templates of their own."""


def restore(backup: Path, folder: Path) -> None:
    """Make a book in *folder* out of a backup file.

    Raises:
        EntryError: If the file is not a backup, or has been damaged.
        BookError: If the folder holds anything already, or cannot be written.
    """
    from dpemployer.store.backup import restore as restore_book

    restore_book(backup, folder)


def is_book(folder: Path) -> bool:
    """Whether there is a book in *folder*.

    Raises:
        BookError: If we may not look into it.
    """
    from dpemployer.store.files import DATABASE, file_errors_in_words

    with file_errors_in_words(folder):
        return (folder / DATABASE).is_file()


def refuse_no_book(folder: Path) -> None:
    """Say so when there is no book in *folder*: before anybody is asked for a passphrase.

    Raises:
        NotABookError: If there is none.
    """
    from dpemployer.store.files import not_a_book

    if not is_book(folder):
        raise not_a_book(folder)


@cache
def shipped_rates() -> RateBook:
    """Read the rates that came with the program, once."""
    from dpemployer.data_files import texts
    from dpemployer.statutory.rates import RateBook

    return RateBook.parse(texts("statutory", ".toml"))


@contextmanager
def _importing(module: str) -> Iterator[None]:
    """Import a module beside what is done: a passphrase takes as long as the database does."""
    importing = Thread(target=import_module, args=(module,))
    importing.start()
    try:
        yield
    finally:
        importing.join()


def _keys_in(folder: Path) -> tuple[KeyFile, tuple[Finding, ...]]:
    """Read the keys of a book, or say that there is no book."""
    from dpemployer.store.keys import load

    refuse_no_book(folder)
    return load(folder)
