"""The return: its lines and what makes them up, what is left to do, and signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _
from dpemployer.services.money_rows import (
    Account,
    Award,
    Commitment,
    Funder,
    Invoice,
    LedgerEntry,
    PaperLink,
    ReportedPayslip,
    Reserve,
    ReturnAmendment,
    ReturnChoice,
    SignedReturn,
    Split,
    Statement,
    StatementLine,
)
from dpemployer.services.rows import Payslip, RoleHeld
from ui import files
from ui.actions import Command
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.return_line import ReturnLineDialog
from ui.dialogs.sign_return import SignReturnDialog
from ui.dialogs.why import WhyDialog
from ui.format import long_date, show_days
from ui.models.returns import FORM_COLUMNS, SIGNED_COLUMNS, form_rows
from ui.pages.page import Page
from ui.pages.return_lists import ReturnLists
from ui.widgets.checklist import Check, Checklist
from ui.widgets.entries import ChoiceEntry, DateEntry
from ui.widgets.notice import GOOD, Notices
from ui.widgets.tab_order import thread
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, hint

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QDialog, QWidget

    from dpemployer.services.money_rows import (
        ChecklistRow,
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
        {
            Account,
            Award,
            Commitment,
            Funder,
            Invoice,
            LedgerEntry,
            PaperLink,
            Payslip,
            ReportedPayslip,
            Reserve,
            ReturnAmendment,
            ReturnChoice,
            RoleHeld,
            SignedReturn,
            Split,
            Statement,
            StatementLine,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("The council’s return"))
        self._prepared: ReturnPrepared | None = None
        self._changes: tuple[str, ...] = ()
        self._templates: dict[str, TemplateRow] = {}
        self._chosen: TemplateRow | None = None
        self._wanted: tuple[str, date, date] | None = None
        self._choose()
        self._tables()
        self._declare(self.commands)
        self._lay_out()

    def first_field(self) -> QWidget:
        """Return the choice of return while none is chosen, else the form."""
        return self.template.field() if self._prepared is None else self.form.view

    def refresh(self) -> None:
        """Ask for the returns there are, and for the one chosen as it stands."""
        returns, day = self.desk.office.returns, clock.today()
        self.desk.operations.ask(
            lambda: (returns.templates(), returns.chosen(day), returns.signed()),
            lambda answer: self._show_choices(*answer),
            owner=self,
        )

    def show_what(self, what: Any) -> None:
        """Show one return of one period: its template, first day and last day."""
        self._wanted = what
        self._stale = True

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
        self._due = Words("", "quiet")
        self.template.edited.connect(self._ask_periods)
        self.period.edited.connect(self._period_chosen)
        self.first.edited.connect(self._days_typed)
        self.last.edited.connect(self._days_typed)

    def _tables(self) -> None:
        self.checklist = Checklist()
        self.findings = Notices()
        self.form: Table[FormRow] = Table(
            _("The return"),
            FORM_COLUMNS,
            empty=_("Choose a return and a period, and it appears here."),
            most_rows=100,
        )
        self.lists = ReturnLists()
        self.signed: Table[SignedRow] = Table(
            _("Signed returns"),
            SIGNED_COLUMNS,
            empty=_("No return has been signed yet."),
            stretch=1,
        )
        self.form.opened.connect(lambda _row: self.what_makes_it_up())
        self.signed.opened.connect(lambda _row: self.signed_paper())
        self.form.pointed.connect(lambda _row: self.commands.refresh())
        self.signed.pointed.connect(lambda _row: self.commands.refresh())

    def _declare(self, commands: Commands) -> None:
        here = lambda: self._prepared is not None  # noqa: E731 - one line, used often
        for name, words, does, keys, available, kind in (
            ("sign", _("Sign it"), self.sign, "Ctrl+G", self._can_sign, "main"),
            ("parts", _("What makes this up?"), self.what_makes_it_up, "Ctrl+H", self._on_line, ""),
            ("paper", _("See it on paper"), self.on_paper, "Ctrl+P", here, "main"),
            ("large", _("In large print"), self.large, "Ctrl+Shift+P", here, ""),
            ("audit", _("See the audit statement"), self.audit, "", here, ""),
            ("csv", _("Save as a spreadsheet (CSV)"), self.csv, "", here, ""),
            ("audit_csv", _("Save every payment (CSV)"), self.audit_csv, "", here, ""),
            ("bundle", _("Save everything behind it (PDF)"), self.bundle, "", here, ""),
            ("private", _("The same, without what is private"), self.private, "", here, ""),
            ("open", _("See this one on paper"), self.signed_paper, "", self._on_signed, ""),
            ("amend", _("Amend this return"), self.amend, "", self._can_amend, ""),
            ("always", _("Always use this return"), self.always, "", self._not_chosen, ""),
        ):
            commands.add(Command(f"return.{name}", words, does, _PAGE, keys, "", available, kind))

    def _lay_out(self) -> None:
        card = Card()
        for widget in (self.template, self._confidence, self.period, self.first, self.last):
            card.box.addWidget(widget)
        card.box.addWidget(self._due)
        card.box.addWidget(self.commands.buttons("return.always"))
        self.first.hide()
        self.last.hide()
        self.box.addWidget(card)
        self._left = Card(_("Before it is signed"))
        self._sum = Words("", "figure")
        self._left.box.addWidget(self._sum)
        self._left.box.addWidget(self.checklist)
        self._left.box.addWidget(self.commands.buttons("return.sign", "return.paper"))
        self.box.addWidget(self._left)
        self._asked = Card(_("What the funder may ask about"))
        self._asked.box.addWidget(self.findings)
        self.box.addWidget(self._asked)
        figures = Card(_("The return"))
        self._top = Words("")
        figures.box.addWidget(self._top)
        figures.box.addWidget(hint(_("Press Enter on any line to see what makes it up.")))
        figures.box.addWidget(self.commands.buttons("return.parts"))
        figures.box.addWidget(self.form)
        figures.box.addWidget(
            self.commands.buttons(
                "return.paper", "return.large", "return.audit", "return.csv", "return.audit_csv"
            )
        )
        figures.box.addWidget(self.commands.buttons("return.bundle", "return.private"))
        self.box.addWidget(figures)
        self.box.addWidget(self.lists)
        before = Card(_("Signed returns"))
        before.box.addWidget(self.signed)
        before.box.addWidget(self.commands.buttons("return.open", "return.amend"))
        self.box.addWidget(before)
        self._hide_all()

    def _hide_all(self) -> None:
        for part in (self._left, self._asked, self.lists, self._due):
            part.hide()
        self._top.setText("")

    # ── which return, and when ──

    def _show_choices(
        self,
        templates: tuple[TemplateRow, ...],
        chosen: TemplateRow | None,
        signed: tuple[SignedRow, ...],
    ) -> None:
        self.signed.show_rows(signed, same=lambda row: row.signed_id)
        self._templates = {row.template: row for row in templates}
        self._chosen = chosen
        before = self.template.value()
        self.template.blockSignals(True)
        self.template.set_choices([(row.template, row.title) for row in templates])
        if self._wanted is not None and self._wanted[0] in self._templates:
            self.template.set_value(self._wanted[0])
        elif before is None and chosen is not None:
            self.template.set_value(chosen.template)
        self.template.blockSignals(False)
        if self.template.value() is not None:
            self._ask_periods()
        self.commands.refresh()

    def _ask_periods(self) -> None:
        template, returns = self.template.value(), self.desk.office.returns
        if template is None:
            return
        row = self._templates[template]
        self._confidence.setText(row.problem or row.confidence_words)
        day = clock.today()
        self.desk.operations.ask(
            lambda: returns.periods(template, day),
            self._show_periods,
            owner=self,
            or_else=self._cannot,
        )

    def _show_periods(self, periods: tuple[PeriodRow, ...]) -> None:
        before = self.period.value()
        wanted, self._wanted = self._wanted, None
        self._periods = {(row.first_day, row.last_day): row for row in periods}
        self.period.blockSignals(True)
        self.period.set_choices(
            [((row.first_day, row.last_day), _period_words(row)) for row in reversed(periods)]
        )
        if wanted is not None and wanted[1:] in self._periods:
            self.period.set_value(wanted[1:])
        elif periods and before not in self._periods:
            self.period.set_value(_likely(periods))
        self.period.blockSignals(False)
        self.period.setVisible(bool(periods))
        self.first.setVisible(not periods)
        self.last.setVisible(not periods)
        if periods:
            self._period_chosen()
        else:
            self._days_typed()

    def _period_chosen(self) -> None:
        days = self.period.value()
        if days is None:
            return
        row = self._periods[days]
        self._due.setVisible(row.due is not None)
        if row.due is not None:
            words = (
                _("It is due about {due}: check the day with your funder.")
                if row.due_is_assumed
                else _("It is due on {due}.")
            )
            self._due.setText(words.format(due=long_date(row.due)))
        self._prepare(*days)

    def _days_typed(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None:
            self._prepare(first, last)

    def _prepare(self, first: date, last: date) -> None:
        template, returns = self.template.value(), self.desk.office.returns
        if template is None:
            return

        def ask() -> tuple[ReturnPrepared, tuple[str, ...]]:
            prepared = returns.prepare(template, first, last)
            amending = prepared.amending
            return prepared, returns.changes(template, first, last) if amending else ()

        self.desk.operations.ask(
            ask, lambda answer: self._show(*answer), owner=self, or_else=self._cannot
        )

    def _cannot(self, error: Any) -> None:
        self._prepared = None
        self.form.show_rows(())
        self._hide_all()
        self.notices.show_error(error)
        self.commands.refresh()

    # ── what is shown ──

    def _show(self, prepared: ReturnPrepared, changes: tuple[str, ...]) -> None:
        self._prepared = prepared
        self._changes = changes
        self._say_where_it_stands(prepared, changes)
        self._sum.setText(
            _("{opening} at the start + {income} in − {spent} out = {closing} at the end").format(
                opening=prepared.opening,
                income=prepared.income,
                spent=prepared.expenditure,
                closing=prepared.closing,
            )
        )
        self._left.setVisible(prepared.signed is None)
        self.checklist.show_checks([self._check(row) for row in prepared.checklist])
        worth = [finding for finding in prepared.findings if not finding.blocks]
        self.findings.show_findings(worth)
        self._asked.setVisible(bool(worth))
        self._top.setText(
            "\n".join(
                _("{label}: {text}").format(label=label, text=text or _("not known yet"))
                for label, text in prepared.header
            )
        )
        self.form.show_rows(tuple(form_rows(prepared.sections)), same=lambda row: row.key)
        self.lists.show_lists([each for each in prepared.sections if each.rows])
        thread(self)
        self.commands.refresh()

    def _say_where_it_stands(self, prepared: ReturnPrepared, changes: tuple[str, ...]) -> None:
        self.notices.clear()
        if prepared.signed is not None:
            self.notices.add(
                GOOD,
                _("Signed by {name} on {day}, version {version}.").format(
                    name=prepared.signed.signed_by,
                    day=long_date(prepared.signed.declared_on),
                    version=prepared.signed.version,
                ),
                word=_("Signed"),
                speak=False,
            )
        elif prepared.amending:
            self.notices.add(
                Severity.NOTE,
                "\n".join(
                    (
                        _("It was signed before and has been opened again."),
                        *(changes or (_("Nothing is different yet from what was signed."),)),
                    )
                ),
                word=_("Being amended"),
                speak=False,
            )

    def _check(self, row: ChecklistRow) -> Check:
        """Add to a thing that has to be so the button that goes to where it is put right."""
        words, does = "", _nothing
        match row.code:
            case "statements":
                words, does = _("Go to the statements"), lambda: self._go("statements")
            case "lines_to_code":
                words, does = _("Explain the lines"), lambda: self._go("to_explain")
            case "difference":
                words, does = _("Why do they differ?"), self._why_different
            case "evidence":
                words, does = _("Add the papers"), lambda: self._go("missing")
        return Check(row.done, row.text, "" if row.done else words, does)

    def _go(self, part: str) -> None:
        prepared = self._prepared
        self.desk.go("money", part if prepared is None else (part, prepared.first_day))

    def _why_different(self) -> None:
        """Say where a difference usually comes from."""
        if self._prepared is not None:
            from ui.dialogs.difference import DifferenceDialog  # noqa: PLC0415 - rarely needed

            dialog = DifferenceDialog(self._prepared, self.window())
            if self._run(dialog):
                self._go(dialog.place)

    # ── what can be done ──

    def what_makes_it_up(self) -> None:
        """Show the payments and papers behind the line the person is on."""
        row = self.form.row()
        if row is not None:
            self._run(ReturnLineDialog(row, self.window()))
            self.form.setFocus()

    def sign(self) -> None:
        """Sign it off."""
        if self._prepared is None:
            return
        dialog = SignReturnDialog(self.desk, self._prepared, self.window())
        if self._run(dialog) and dialog.signed is not None:
            self.desk.say(_("The return is signed."))

    def amend(self) -> None:
        """Open a signed return again, with a reason."""
        row, returns = self.signed.row(), self.desk.office.returns
        if row is None:
            return
        signed_id = row.signed_id
        self.show_what((row.template, row.first_day, row.last_day))
        done = self._run(
            WhyDialog(
                self.desk,
                _("Amend this return"),
                _("The return of {days}, signed by {name}").format(
                    days=show_days(row.first_day, row.last_day), name=row.signed_by
                ),
                (
                    _("What was signed stays as it was. Its payments can be put right again."),
                    _("When you sign it anew, it is a new version that says what changed."),
                ),
                why=_("What has to be put right?"),
                work=lambda why, _day: returns.amend(signed_id, why),
                parent=self.window(),
            )
        )
        if not done:
            self._wanted = None

    def always(self) -> None:
        """Use this return from now on without being asked."""
        prepared, returns = self._prepared, self.desk.office.returns
        if prepared is not None:
            template, first = prepared.template.template, prepared.first_day
            self.desk.operations.change(
                lambda: returns.choose(template, clock.today(), anchor=first),
                lambda _none: self._is_chosen(),
                owner=self,
            )

    def on_paper(self) -> None:
        """Show the return as it prints."""
        self._paper(_("The return"), _("return"), self.desk.office.returns.pdf)

    def large(self) -> None:
        """Show the return in large print."""
        make = self.desk.office.returns.pdf
        self._paper(
            _("The return in large print"),
            _("return large print"),
            lambda *days: make(*days, large=True),
        )

    def audit(self) -> None:
        """Show the audit statement."""
        self._paper(
            _("The audit statement"), _("audit statement"), self.desk.office.returns.audit_pdf
        )

    def csv(self) -> None:
        """Save every line as CSV."""
        make = self.desk.office.returns.csv
        self._save(_("return"), lambda *days: make(*days).encode("utf-8-sig"))

    def audit_csv(self) -> None:
        """Save every payment as CSV."""
        make = self.desk.office.returns.audit_csv
        self._save(_("payments"), lambda *days: make(*days).encode("utf-8-sig"))

    def bundle(self) -> None:
        """Save the return with its payments, papers and payslips in one file."""
        self._bundle(_("evidence"), private=False)

    def private(self) -> None:
        """Save the same with personal assistants named by their initials alone."""
        self._bundle(_("evidence without private details"), private=True)

    def signed_paper(self) -> None:
        """Show a signed return as it was issued."""
        row, returns = self.signed.row(), self.desk.office.returns
        if row is None or row.replaced:
            return
        template, first, last = row.template, row.first_day, row.last_day
        self.desk.operations.ask(
            lambda: returns.pdf(template, first, last),
            lambda pdf: self._run(
                PdfDialog(row.title, pdf, f"{row.title} {first} to {last}.pdf", self.window())
            ),
            owner=self,
        )

    # ── parts of the above ──

    def _run(self, dialog: QDialog) -> int:
        done = dialog.exec()
        dialog.deleteLater()
        return done

    def _is_chosen(self) -> None:
        self.desk.say(_("It is your return from now on."))
        self.refresh()

    def _paper(self, words: str, file_words: str, make: Callable[[str, date, date], bytes]) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        template, first, last = prepared.template.template, prepared.first_day, prepared.last_day
        self.desk.operations.ask(
            lambda: make(template, first, last),
            lambda pdf: self._run(
                PdfDialog(words, pdf, f"{file_words} {first} to {last}.pdf", self.window())
            ),
            owner=self,
        )

    def _save(self, words: str, make: Callable[[str, date, date], bytes]) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        template, first, last = prepared.template.template, prepared.first_day, prepared.last_day
        name = f"{words} {first} to {last}.csv"
        place = files.choose_place(self, _("Save"), name, "*.csv")
        if place is not None:
            self.desk.operations.ask(
                lambda: files.write(place, make(template, first, last)),
                lambda _none: self.desk.say(_("Saved as {name}.").format(name=place.name)),
                owner=self,
            )

    def _bundle(self, words: str, *, private: bool) -> None:
        prepared, bundles = self._prepared, self.desk.office.bundles
        if prepared is None:
            return
        asked = (prepared.template.template, prepared.first_day, prepared.last_day)
        name = f"{words} {asked[1]} to {asked[2]}.pdf"
        place = files.choose_place(self, _("Save"), name, "*.pdf")
        if place is None:
            return
        self.desk.operations.long(
            lambda progress: bundles.write_file(place, *asked, private=private, progress=progress),
            lambda _place: self.desk.say(_("Saved as {name}.").format(name=place.name)),
            owner=self,
            or_else=self.findings.show_error,
        )

    # ── when ──

    def _on_line(self) -> bool:
        return self.form.row() is not None

    def _can_sign(self) -> bool:
        return self._prepared is not None and self._prepared.signed is None

    def _on_signed(self) -> bool:
        row = self.signed.row()
        return row is not None and not row.replaced

    def _can_amend(self) -> bool:
        row = self.signed.row()
        return row is not None and not row.replaced and not row.amending

    def _not_chosen(self) -> bool:
        prepared = self._prepared
        return prepared is not None and (
            self._chosen is None or self._chosen.template != prepared.template.template
        )


def _nothing() -> None:
    """There is nowhere to go."""


def _likely(periods: tuple[PeriodRow, ...]) -> tuple[date, date]:
    """Return the period most likely wanted: the newest that is over and not signed."""
    over = [row for row in periods if row.last_day <= clock.today()]
    unsigned = [row for row in over if row.signed_id is None]
    row = (unsigned or over or list(periods))[-1]
    return row.first_day, row.last_day


def _period_words(row: PeriodRow) -> str:
    days = show_days(row.first_day, row.last_day)
    return days if row.signed_id is None else _("{days} (signed)").format(days=days)
