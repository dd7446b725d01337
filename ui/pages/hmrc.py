"""HMRC: what is to be told, what is owed and kept, and the end of a tax year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.i18n import N_, _
from dpemployer.periods import TaxYear
from dpemployer.services.hmrc_rows import (
    AllowanceAnswer,
    NewYearCodes,
    NiOfYear,
    ReportedJob,
    Told,
)
from dpemployer.services.money_rows import LedgerEntry
from dpemployer.services.rows import (
    Commitment,
    EmployerScheme,
    Employment,
    PayRun,
    Payslip,
    PersonalAssistant,
    TaxCodeHeld,
)
from ui.actions import Command
from ui.pages.hmrc_part import HmrcPart
from ui.pages.hmrc_records import OwedPart, P60sPart, RecordsPart
from ui.pages.hmrc_reports import JobsPart, ReportsPart
from ui.pages.hmrc_year import AllowancePart, CodesPart, StepsPart
from ui.pages.page import Page
from ui.widgets.entries import ChoiceEntry
from ui.widgets.sections import Sections

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QDialog, QWidget

    from dpemployer.office import Office
    from ui.desk import Desk

_PAGE = N_("This page")


class HmrcPage(Page):
    """Everything between this household and HMRC, one tax year at a time."""

    ID = "hmrc"
    NAME = N_("HMRC")
    ICON = "papers"
    SHOWS = frozenset(
        {
            AllowanceAnswer,
            Commitment,
            EmployerScheme,
            Employment,
            LedgerEntry,
            NewYearCodes,
            NiOfYear,
            PayRun,
            Payslip,
            PersonalAssistant,
            ReportedJob,
            TaxCodeHeld,
            Told,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("HMRC"))
        years = _years(desk.office)
        self.tax_year: ChoiceEntry[int] = ChoiceEntry(
            _("Tax year"), [(year.start, str(year)) for year in years], as_list=True
        )
        self.tax_year.set_value(_year_of(desk.office, clock.today()).start)
        self.reports = ReportsPart(self)
        self.owed = OwedPart(self)
        self.records = RecordsPart(self)
        self.p60s = P60sPart(self)
        self.steps = StepsPart(self)
        self.codes = CodesPart(self)
        self.allowance = AllowancePart(self)
        self.jobs = JobsPart(self)
        self.parts: tuple[HmrcPart, ...] = (
            self.reports,
            self.owed,
            self.records,
            self.steps,
            self.p60s,
            self.codes,
            self.allowance,
            self.jobs,
        )
        self.sections = Sections(_("HMRC"))
        for part in self.parts:
            self.sections.add(_(part.NAME), part)
            part.declare(self.commands)
        self.commands.add(
            Command(
                "hmrc.next", _("Next part"), lambda: self.sections.turn(+1), _PAGE, "Ctrl+PgDown"
            ),
            Command(
                "hmrc.previous",
                _("Part before"),
                lambda: self.sections.turn(-1),
                _PAGE,
                "Ctrl+PgUp",
            ),
        )
        self.box.addWidget(self.tax_year)
        self.box.addWidget(self.sections)
        self.sections.turned.connect(self._turned)
        self.tax_year.edited.connect(self.refresh)

    # ── what its parts ask of it ──

    @property
    def year(self) -> TaxYear:
        """The tax year chosen."""
        return TaxYear(self.tax_year.read() or _year_of(self.desk.office, clock.today()).start)

    def run(self, dialog: QDialog) -> int:
        """Show a dialog over the page until it is done."""
        done = dialog.exec()
        dialog.deleteLater()
        return done

    def in_front(self, part: QWidget) -> bool:
        """Whether a part is the one shown."""
        return self.sections.current is part

    def turn_to(self, name: str) -> None:
        """Turn to a part by its name, and ask again for what it shows."""
        part = getattr(self, name, None)
        if isinstance(part, HmrcPart):
            self.sections.turn_to(part)
            self.refresh()

    # ── what the window asks of it ──

    def first_field(self) -> QWidget | None:
        """Return where the keyboard goes in the part in front."""
        return self._part.first_field() or self.sections.chosen

    def refresh(self) -> None:
        """Ask for what the part in front shows of the tax year chosen."""
        part, office, year, day = self._part, self.desk.office, self.year, clock.today()
        self.desk.operations.ask(
            lambda: self._ask(part, office, year, day),
            lambda answer: self._show(part, answer),
            owner=self,
        )

    def show_what(self, what: Any) -> None:
        """Show one part by its name, with the tax year it is about beside it if that is another."""
        name, year = what if isinstance(what, tuple) else (what, None)
        if year is not None:
            self.tax_year.set_value(TaxYear.parse(str(year)).start)
        self.turn_to(str(name))

    @staticmethod
    def _ask(part: HmrcPart, office: Office, year: TaxYear, day: date) -> Any:
        return part.ask(office, year, day)

    def _show(self, part: HmrcPart, answer: Any) -> None:
        part.show_answer(answer)
        self.commands.refresh()

    @property
    def _part(self) -> HmrcPart:
        part = self.sections.current
        if not isinstance(part, HmrcPart):
            raise TypeError(part)
        return part

    def _turned(self) -> None:
        self.refresh()
        self.commands.refresh()


def _year_of(office: Office, day: date) -> TaxYear:
    """Return the tax year of a day, or the nearest the program has rates for."""
    return TaxYear.of(min(max(day, office.rates.first_day), office.rates.last_day))


def _years(office: Office) -> tuple[TaxYear, ...]:
    """Return the tax years to choose from, the newest first."""
    now = _year_of(office, clock.today())
    return tuple(year for year in reversed(office.rates.years) if year <= now)
