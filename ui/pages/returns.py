"""The return: its lines and what makes them up, what is left to do, and signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.clock import today
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import (
    Account,
    Commitment,
    LedgerEntry,
    PaperLink,
    SignedReturn,
    Split,
    StatementLine,
)
from ui import files
from ui.actions import Command
from ui.dialogs.question import Question
from ui.dialogs.return_line import ReturnLineDialog
from ui.dialogs.sign_return import SignReturnDialog
from ui.format import long_date, show_days
from ui.models.money import MISSING_COLUMNS
from ui.models.returns import CHECKLIST_COLUMNS, FORM_COLUMNS, SIGNED_COLUMNS, form_rows
from ui.pages.page import Page
from ui.widgets.entries import ChoiceEntry, DateEntry, LongTextEntry
from ui.widgets.notice import GOOD
from ui.widgets.table import Table
from ui.widgets.words import Card, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.services.money_rows import (
        ChecklistRow,
        EvidenceMissingRow,
        PeriodRow,
        ReturnPrepared,
        SignedRow,
        TemplateRow,
    )
    from ui.actions import Commands
    from ui.desk import Desk
    from ui.models.returns import FormRow

_PAGE = N_("This page")


class ReturnsPage(Page):
    """Choose a return and its period; see it, finish it, sign it, print it."""

    ID = "return"
    NAME = N_("Return")
    ICON = "return"
    SHOWS = frozenset(
        {Account, Commitment, LedgerEntry, PaperLink, SignedReturn, Split, StatementLine}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The council’s return"))
        self._prepared: ReturnPrepared | None = None
        self._periods: tuple[PeriodRow, ...] = ()
        self._choose()
        self._tables()
        self._declare(self.commands)
        self._lay_out()

    def first_field(self) -> QWidget:
        """Return the choice of return while none is chosen, else the form."""
        return self.template.field() if self._prepared is None else self.form

    def refresh(self) -> None:
        """Ask for the returns there are, and for the one chosen as it stands."""
        returns, day = self.desk.office.returns, today()
        self.desk.operations.ask(
            lambda: (returns.templates(), returns.chosen(day), returns.signed()),
            lambda answer: self._show_choices(*answer),
            owner=self,
        )

    # ── putting it together ──

    def _choose(self) -> None:
        self.template: ChoiceEntry[str] = ChoiceEntry(
            _("Which return does your funder ask for?"), [], as_list=True
        )
        self.period: ChoiceEntry[tuple[date, date]] = ChoiceEntry(
            _("For which period?"), [], as_list=True
        )
        self.first = DateEntry(_("First day"), needed=False)
        self.last = DateEntry(_("Last day"), needed=False)
        self._confidence = Words("", "hint")
        self.template.edited.connect(self._ask_periods)
        self.period.edited.connect(self._period_chosen)
        self.first.edited.connect(self._days_typed)
        self.last.edited.connect(self._days_typed)

    def _tables(self) -> None:
        self.checklist: Table[ChecklistRow] = Table(
            _("What has to be so before it is signed"), CHECKLIST_COLUMNS, empty="", stretch=1
        )
        self.form: Table[FormRow] = Table(
            _("The return"),
            FORM_COLUMNS,
            empty=_("Choose a return and a period, and it appears here."),
            most_rows=24,
        )
        self.missing: Table[EvidenceMissingRow] = Table(
            _("Papers missing"), MISSING_COLUMNS, empty=_("No paper is missing."), stretch=3
        )
        self.signed: Table[SignedRow] = Table(
            _("Signed returns"),
            SIGNED_COLUMNS,
            empty=_("No return has been signed yet."),
            stretch=1,
        )
        self.form.opened.connect(lambda _row: self.what_makes_it_up())
        self.form.pointed.connect(lambda _row: self.commands.refresh())
        self.signed.pointed.connect(lambda _row: self.commands.refresh())
        self.missing.opened.connect(lambda _row: self.desk.go("money", "missing"))

    def _declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "return.sign",
                _("Sign it"),
                self.sign,
                _PAGE,
                "Ctrl+G",
                available=self._can_sign,
                kind="main",
            ),
            Command(
                "return.parts",
                _("What makes this up?"),
                self.what_makes_it_up,
                _PAGE,
                "Ctrl+Return",
                available=lambda: self.form.row() is not None,
            ),
            Command(
                "return.pdf", _("Save as PDF"), self.pdf, _PAGE, "Ctrl+P", available=self._here
            ),
            Command(
                "return.large", _("Save in large print"), self.large, _PAGE, available=self._here
            ),
            Command(
                "return.audit",
                _("Save the audit statement"),
                self.audit,
                _PAGE,
                available=self._here,
            ),
            Command(
                "return.csv",
                _("Save as a spreadsheet (CSV)"),
                self.csv,
                _PAGE,
                available=self._here,
            ),
            Command(
                "return.audit_csv",
                _("Save every payment (CSV)"),
                self.audit_csv,
                _PAGE,
                available=self._here,
            ),
            Command(
                "return.amend",
                _("Open a signed return again"),
                self.amend,
                _PAGE,
                available=self._can_amend,
            ),
            Command(
                "return.always",
                _("Always use this return"),
                self.always,
                _PAGE,
                available=self._here,
            ),
        )

    def _lay_out(self) -> None:
        card = Card()
        for widget in (self.template, self._confidence, self.period, self.first, self.last):
            card.box.addWidget(widget)
        self.first.hide()
        self.last.hide()
        self.box.addWidget(card)
        left = Card(_("What is left to do"))
        left.box.addWidget(self.checklist)
        left.box.addWidget(self.commands.buttons("return.sign"))
        self.box.addWidget(left)
        figures = Card(_("The return"))
        figures.box.addWidget(self.commands.buttons("return.parts"))
        figures.box.addWidget(self.form)
        figures.box.addWidget(
            self.commands.buttons(
                "return.pdf",
                "return.large",
                "return.audit",
                "return.csv",
                "return.audit_csv",
                "return.always",
            )
        )
        self.box.addWidget(figures)
        papers = Card(_("Papers missing"))
        papers.box.addWidget(self.missing)
        self.box.addWidget(papers)
        before = Card(_("Signed returns"))
        before.box.addWidget(self.signed)
        before.box.addWidget(self.commands.buttons("return.amend"))
        self.box.addWidget(before)

    # ── what is shown ──

    def _show_choices(
        self,
        templates: tuple[TemplateRow, ...],
        chosen: TemplateRow | None,
        signed: tuple[SignedRow, ...],
    ) -> None:
        self.signed.show_rows(signed, same=lambda row: row.signed_id)
        before = self.template.value()
        self._templates = {row.template: row for row in templates}
        self.template.set_choices([(row.template, row.title) for row in templates])
        if before is None and chosen is not None:
            self.template.set_value(chosen.template)
        if self.template.value() is not None:
            self._ask_periods()
        self.commands.refresh()

    def _ask_periods(self) -> None:
        template, returns = self.template.value(), self.desk.office.returns
        if template is None:
            return
        row = self._templates[template]
        self._confidence.setText(row.problem or row.confidence_words)
        day = today()
        self.desk.operations.ask(
            lambda: returns.periods(template, day), self._show_periods, owner=self
        )

    def _show_periods(self, periods: tuple[PeriodRow, ...]) -> None:
        before = self.period.value()
        self._periods = periods
        self.period.set_choices(
            [((row.first_day, row.last_day), self._period_words(row)) for row in reversed(periods)]
        )
        self.period.setVisible(bool(periods))
        self.first.setVisible(not periods)
        self.last.setVisible(not periods)
        offered = [(row.first_day, row.last_day) for row in periods]
        if periods and before not in offered:
            self.period.set_value(self._likely(periods))
        if periods:
            self._period_chosen()
        else:
            self._days_typed()

    @staticmethod
    def _likely(periods: tuple[PeriodRow, ...]) -> tuple[date, date]:
        """Return the period most likely wanted: the newest that is over and not signed."""
        over = [row for row in periods if row.last_day <= today()]
        unsigned = [row for row in over if row.signed_id is None]
        row = (unsigned or over or list(periods))[-1]
        return row.first_day, row.last_day

    @staticmethod
    def _period_words(row: PeriodRow) -> str:
        days = show_days(row.first_day, row.last_day)
        if row.signed_id is not None:
            return _("{days} (signed)").format(days=days)
        if row.due is None:
            return days
        due = (
            _("{days} (due about {due}: check with your funder)")
            if row.due_is_assumed
            else _("{days} (due {due})")
        )
        return due.format(days=days, due=long_date(row.due))

    def _period_chosen(self) -> None:
        if (days := self.period.value()) is not None:
            self._prepare(*days)

    def _days_typed(self) -> None:
        if self.first.check() is None and self.last.check() is None:
            first, last = self.first.read(), self.last.read()
            if first is not None and last is not None:
                self._prepare(first, last)

    def _prepare(self, first: date, last: date) -> None:
        template, returns = self.template.value(), self.desk.office.returns
        if template is not None:
            self.desk.operations.ask(
                lambda: returns.prepare(template, first, last),
                self._show,
                owner=self,
                or_else=self._cannot,
            )

    def _cannot(self, error: Any) -> None:
        self._prepared = None
        self.form.show_rows(())
        self.checklist.show_rows(())
        self.notices.clear()
        self.notices.show_error(error)
        self.commands.refresh()

    def _show(self, prepared: ReturnPrepared) -> None:
        self._prepared = prepared
        self.notices.clear()
        if prepared.signed is not None and not prepared.amending:
            self.notices.add(
                GOOD,
                _("Signed by {name} on {day}, version {version}.").format(
                    name=prepared.signed.signed_by,
                    day=long_date(prepared.signed.declared_on),
                    version=prepared.signed.version,
                ),
                speak=False,
            )
        elif prepared.difference:
            self.notices.add(
                Severity.BLOCKING,
                _(
                    "The bank and the book disagree by {difference}. It cannot be signed until "
                    "they agree to the penny."
                ).format(difference=abs(prepared.difference)),
                speak=False,
            )
        self.notices.show_findings(prepared.findings)
        self.checklist.show_rows(prepared.checklist, same=lambda row: row.code)
        self.form.show_rows(tuple(form_rows(prepared.sections)), same=lambda row: row.key)
        self.missing.show_rows(prepared.evidence_missing, same=lambda row: row.entry_id)
        self.commands.refresh()

    # ── what can be done ──

    def what_makes_it_up(self) -> None:
        """Show the payments and papers behind the line the person is on."""
        row = self.form.row()
        if row is not None:
            dialog = ReturnLineDialog(row, self)
            dialog.exec()
            dialog.deleteLater()
            self.form.setFocus()

    def sign(self) -> None:
        """Sign it off."""
        if self._prepared is None:
            return
        dialog = SignReturnDialog(self.desk, self._prepared, self)
        if dialog.exec() and dialog.signed is not None:
            self.desk.say(_("The return is signed."))
        dialog.deleteLater()

    def amend(self) -> None:
        """Open a signed return again, with a reason."""
        row, returns = self.signed.row(), self.desk.office.returns
        if row is None:
            return
        question = Question(
            _("Open a signed return again"),
            _("Open the return of {days} again?").format(
                days=show_days(row.first_day, row.last_day)
            ),
            (
                _("What was signed stays as it was. Its payments can be put right again."),
                _("When you sign it anew, it is a new version that says what changed."),
            ),
            _("Open it again"),
            self,
        )
        reason = LongTextEntry(_("What has to be put right?"))
        question.inside.addWidget(reason)
        if question.exec() and reason.check() is None:
            signed_id, why = row.signed_id, reason.answer()
            self.desk.operations.change(lambda: returns.amend(signed_id, why), owner=self)

    def always(self) -> None:
        """Use this return from now on without being asked."""
        prepared, returns = self._prepared, self.desk.office.returns
        if prepared is not None:
            template, first = prepared.template.template, prepared.first_day
            self.desk.operations.change(
                lambda: returns.choose(template, first, anchor=first),
                lambda _none: self.desk.say(_("It is your return from now on.")),
                owner=self,
            )

    def pdf(self) -> None:
        """Save the return as a PDF."""
        self._save(_("return"), "pdf", self.desk.office.returns.pdf)

    def large(self) -> None:
        """Save the return in large print."""
        make = self.desk.office.returns.pdf
        self._save(_("return large print"), "pdf", lambda *days: make(*days, large=True))

    def audit(self) -> None:
        """Save the audit statement."""
        self._save(_("audit statement"), "pdf", self.desk.office.returns.audit_pdf)

    def csv(self) -> None:
        """Save every line as CSV."""
        make = self.desk.office.returns.csv
        self._save(_("return"), "csv", lambda *days: make(*days).encode("utf-8-sig"))

    def audit_csv(self) -> None:
        """Save every payment as CSV."""
        make = self.desk.office.returns.audit_csv
        self._save(_("payments"), "csv", lambda *days: make(*days).encode("utf-8-sig"))

    def _save(self, words: str, ending: str, make: Callable[[str, date, date], bytes]) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        template, first, last = prepared.template.template, prepared.first_day, prepared.last_day
        name = f"{words} {first} to {last}.{ending}"
        place = files.choose_place(self, _("Save"), name, f"*.{ending}")
        if place is not None:
            self.desk.operations.ask(
                lambda: files.write(place, make(template, first, last)),
                lambda _none: self.desk.say(_("Saved as {name}.").format(name=place.name)),
                owner=self,
            )

    # ── when ──

    def _here(self) -> bool:
        return self._prepared is not None

    def _can_sign(self) -> bool:
        prepared = self._prepared
        return prepared is not None and (prepared.signed is None or prepared.amending)

    def _can_amend(self) -> bool:
        row = self.signed.row()
        return row is not None and not row.replaced and not row.amending
