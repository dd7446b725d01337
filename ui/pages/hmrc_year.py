"""HMRC, the year's end: its steps, the codes of the new year, and what is asked once a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.errors import RatesUnknownError
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _, long_date
from dpemployer.periods import TaxYear
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.question import Question
from ui.dialogs.working import show_working
from ui.forms.hmrc import AllowanceForm, NiOfYearForm
from ui.models.hmrc import CODES
from ui.pages.hmrc_part import HmrcPart, Host
from ui.widgets.checklist import Check, Checklist
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.hmrc_rows import (
        AllowanceRow,
        NewCodeRow,
        NewYear,
        VerdictRow,
        YearStep,
    )
    from ui.actions import Commands

_PAGE = N_("This page")


class StepsPart(HmrcPart):
    """What a tax year's end asks for, one step after another."""

    NAME = N_("Year end, step by step")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.list = Checklist()
        self._extra = Notices()

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command("hmrc.steps", _("Look again"), self._again, _PAGE, available=self.here)
        )
        card = Card()
        card.box.addWidget(
            hint(_("Do these in order, from the last payday of the year to the first of the next."))
        )
        card.box.addWidget(self._extra)
        card.box.addWidget(self.list)
        card.box.addWidget(commands.buttons("hmrc.steps"))
        self.box.addWidget(card)

    def _again(self) -> None:
        self.host.turn_to("steps")

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        return office.year_end.steps(year, on), office.year_end.extra_paydays(year)

    def show_answer(self, answer: Any) -> None:
        steps: Sequence[YearStep]
        steps, extras = answer
        self._extra.clear()
        for name, words, _extra in extras:
            self._extra.say("note", _("{name}: {words}").format(name=name, words=words))
        self.list.show_checks(
            [
                Check(
                    step.done,
                    step.words
                    if step.done or step.by is None
                    else _("{words} By {day}.").format(words=step.words, day=long_date(step.by)),
                    "" if step.done else _("Go to it"),
                    self._going(step.part),
                )
                for step in steps
            ]
        )

    def _going(self, part: str) -> Callable[[], object]:
        if part in {"pay", "money"}:
            what = "bills" if part == "money" else None
            return lambda: self.desk.go(part, what)
        return lambda: self.host.turn_to(part)


class CodesPart(HmrcPart):
    """Carry tax codes over into the tax year that follows."""

    NAME = N_("Codes of the new year")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.notices = Notices()
        self._about = Words("", "quiet")
        self._new: NewYear | None = None
        self.table: Table[NewCodeRow] = Table(
            _("Codes of the new tax year"), CODES, empty=_("No code can be carried over yet.")
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.explain())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.codes",
                _("Carry these codes over"),
                self.carry_over,
                _PAGE,
                "",
                _("Puts them into everybody’s terms from 6 April"),
                available=lambda: self._may(done=False),
                kind="main",
            ),
            Command(
                "hmrc.codes.undo",
                _("Take that back"),
                self.undo,
                _PAGE,
                available=lambda: self.here() and self._new is not None and self._new.may_undo,
            ),
            Command(
                "hmrc.codes.why",
                _("How was this worked out?"),
                self.explain,
                _PAGE,
                available=self.on(self.table),
            ),
        )
        card = Card()
        card.box.addWidget(
            hint(
                _(
                    "Week 1 and month 1 marks end with the tax year. Some years HMRC raises codes "
                    "too. A newer notice from HMRC always comes first."
                )
            )
        )
        card.box.addWidget(self.notices)
        card.box.addWidget(self._about)
        card.box.addWidget(self.table)
        card.box.addWidget(commands.buttons("hmrc.codes", "hmrc.codes.undo", "hmrc.codes.why"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:  # noqa: ARG002 - of the year after
        try:
            return office.year_end.new_year(TaxYear(year.start + 1))
        except RatesUnknownError as error:
            return error

    def show_answer(self, answer: Any) -> None:
        self.notices.clear()
        if isinstance(answer, RatesUnknownError):
            self._new = None
            self.notices.say(Severity.NOTE, str(answer))
            self._about.setText("")
            self.table.show_rows(())
            return
        self._new = answer
        new: NewYear = answer
        self._about.setText(
            _("Carried over into {year} on {day}.").format(
                year=new.tax_year, day=long_date(new.done_on)
            )
            if new.done_on
            else _("As they would be from 6 April, for {year}. Nothing is changed yet.").format(
                year=new.tax_year
            )
        )
        self.table.show_rows(new.rows, same=lambda row: row.employment_id)
        if self.table.row() is None:
            self.table.select(lambda _row: True)

    def carry_over(self) -> None:
        """Put the codes into everybody's terms, once that is plainly asked for."""
        new, year_end = self._new, self.desk.office.year_end
        if new is None:
            return
        changed = [
            _("{name}: {before} becomes {after}.").format(
                name=row.name, before=row.before, after=row.after
            )
            for row in new.rows
            if row.changes
        ] or [_("No code changes.")]
        question = Question(
            _("Carry codes over"),
            _("Use these codes from 6 April, for {year}?").format(year=new.tax_year),
            [*changed, _("You can take this back until the first payday of that tax year.")],
            _("Carry them over"),
            self.window(),
        )
        if question.exec():
            year = TaxYear.parse(new.tax_year)
            self.desk.operations.change(
                lambda: year_end.carry_over(year),
                lambda _none: self.desk.say(_("The codes are carried over.")),
                owner=self,
                or_else=self.notices.show_error,
            )

    def undo(self) -> None:
        """Take the carried codes out again."""
        new, year_end = self._new, self.desk.office.year_end
        if new is not None:
            year = TaxYear.parse(new.tax_year)
            self.desk.operations.change(
                lambda: year_end.undo_carry_over(year),
                lambda _none: self.desk.say(_("The codes are as they were.")),
                owner=self,
                or_else=self.notices.show_error,
            )

    def explain(self) -> None:
        """Say why the person in front begins the year with this code."""
        row = self.table.row()
        if row is not None:
            words = _("{name}: {code} from 6 April").format(name=row.name, code=row.after)
            show_working(self.desk, words, row.why, self.window())

    def _may(self, *, done: bool) -> bool:
        return self.here() and self._new is not None and (self._new.done_on is not None) is done


class AllowancePart(HmrcPart):
    """The Employment Allowance and the small-employer test, asked in plain words."""

    NAME = N_("Employment Allowance")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.notices = Notices()
        self._said = Words()
        self._small = Words()
        self._row: AllowanceRow | None = None
        self._verdict: VerdictRow | None = None

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.allowance",
                _("Answer the questions"),
                self.answer,
                _PAGE,
                available=self.here,
                kind="main",
            ),
            Command(
                "hmrc.allowance.why",
                _("Why is that so?"),
                self.explain,
                _PAGE,
                available=lambda: (
                    self.here() and self._row is not None and self._row.verdict is not None
                ),
            ),
            Command(
                "hmrc.small.why",
                _("How was this worked out?"),
                self.explain_small,
                _PAGE,
                available=lambda: self.here() and self._verdict is not None,
            ),
            Command(
                "hmrc.small",
                _("Say what the year came to"),
                self.set_small,
                _PAGE,
                available=self.here,
            ),
        )
        card = Card(_("May you claim the Employment Allowance?"))
        card.box.addWidget(
            hint(
                _(
                    "It pays your own share of National Insurance. It has to be asked again for "
                    "each tax year, and is claimed once a year with an EPS."
                )
            )
        )
        card.box.addWidget(self.notices)
        card.box.addWidget(self._said)
        card.box.addWidget(commands.buttons("hmrc.allowance", "hmrc.allowance.why"))
        self.box.addWidget(card)
        small = Card(_("Are you a small employer?"))
        small.box.addWidget(
            hint(
                _(
                    "A small employer gets all statutory parental pay back, and a little more. It "
                    "is tested on the last whole tax year."
                )
            )
        )
        small.box.addWidget(self._small)
        small.box.addWidget(commands.buttons("hmrc.small.why", "hmrc.small"))
        self.box.addWidget(small)

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:  # noqa: ARG002 - of the year chosen
        return office.year_end.allowance(year), office.hmrc.small_employer(year)

    def show_answer(self, answer: Any) -> None:
        row: AllowanceRow
        row, self._verdict = answer
        self._row = row
        self.notices.clear()
        if row.verdict is None or row.answer is None:
            self._said.setText(_("Not answered yet for {year}.").format(year=row.tax_year))
        else:
            self._said.setText(
                _("{answer} Answered on {day}.").format(
                    answer=row.verdict.text, day=long_date(row.answer.answered_on)
                )
            )
            self.notices.show_findings(row.verdict.findings)
            if row.verdict.yes != row.claims:
                self.notices.say(
                    "warning",
                    _("In Settings, under “You and HMRC”, it says that you do not claim it.")
                    if row.verdict.yes
                    else _("In Settings, under “You and HMRC”, it says that you claim it."),
                )
        self._small.setText(
            self._verdict.text
            if self._verdict is not None
            else _("This book does not hold the whole of {year}.").format(year=row.tax_year)
        )

    def answer(self) -> None:
        """Ask the questions."""
        row, office = self._row, self.desk.office
        if row is None:
            return
        form = AllowanceForm(row.answer, office.book.who)

        def save() -> Any:
            answer = form.fact(row.tax_year)
            return lambda: office.year_end.answer_allowance(answer)

        self.host.run(
            FormDialog(
                self.desk,
                _("Employment Allowance {year}").format(year=row.tax_year),
                form,
                save,
                said=_("Your answers are kept."),
                parent=self.window(),
            )
        )

    def explain(self) -> None:
        """Say what follows from the answers, and why."""
        if self._row is not None and self._row.verdict is not None:
            show_working(
                self.desk,
                _("Employment Allowance {year}").format(year=self._row.tax_year),
                self._row.verdict.steps,
                self.window(),
            )

    def explain_small(self) -> None:
        """Say how the small-employer test came out."""
        if self._verdict is not None:
            show_working(
                self.desk, _("Are you a small employer?"), self._verdict.steps, self.window()
            )

    def set_small(self) -> None:
        """Say what a year came to that is not whole in this book."""
        form, hmrc, year = NiOfYearForm(), self.desk.office.hmrc, self.host.year

        def save() -> Any:
            total, source = form.total.answer(), form.source.answer()
            return lambda: hmrc.set_ni_of_year(year, total, source)

        self.host.run(
            FormDialog(
                self.desk,
                _("National Insurance of {year}").format(year=year),
                form,
                save,
                said=_("Saved."),
                parent=self.window(),
            )
        )
