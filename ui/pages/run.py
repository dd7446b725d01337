"""One pay run: everybody's pay, every figure with its working, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.errors import OutsideError
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _, hours_and_minutes, long_date, ngettext
from dpemployer.periods import TaxYear
from dpemployer.services.rows import PayRunStatus
from ui import files, names, theme
from ui import format as words_for
from ui.actions import Command, Commands
from ui.dialogs.finalise_pay_run import FinalisePayRunDialog
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.later_paydays import FinaliseCorrectionDialog, LaterPaydaysDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.question import Question
from ui.dialogs.working import show_working
from ui.forms.reason import ReasonForm
from ui.models.pay import FIGURES, PAYSLIPS, line_words
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, heading, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dpemployer.services.hmrc_rows import LaterRow
    from dpemployer.services.papers import PaperFile
    from dpemployer.services.rows import (
        Commitment,
        Figure,
        FigureExplained,
        PayRunCorrected,
        PayRunFinalised,
        PayRunPreview,
        PayslipRow,
    )
    from ui.desk import Desk

_HERE = N_("This page")


class Run(QWidget):
    """A pay run as it stands: a draft worked out afresh, a final as it was stored."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self.preview: PayRunPreview | None = None
        self._pay_run_id = 0
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        self._name = heading("")
        self._where = Words("", "quiet")
        self.done = Notices()
        self.notices = Notices()
        self.payslips: Table[PayslipRow] = Table(
            _("Payslips"),
            PAYSLIPS,
            empty=_("Nobody is in this pay run. Approve a timesheet first."),
        )
        self._totals = Words("", "figure")
        self._cost = Words("", "quiet")
        self._seen = Words("", "quiet")
        self._whose = heading("")
        self._lines = Words()
        self.figures: Table[Figure] = Table(
            _("Figures of this payslip"), FIGURES, empty=_("Choose a payslip above."), most_rows=30
        )
        self._holiday = Words("", "quiet")
        self._pension_words = Words("", "quiet")
        self.payslips.pointed.connect(lambda _row: self._show_payslip())
        self.payslips.opened.connect(lambda _row: self.figures.view.setFocus())
        self.figures.opened.connect(lambda _row: self._explain())
        self.figures.pointed.connect(lambda _row: commands.refresh())

    def declare(self) -> None:
        """Declare what can be done with a pay run, and lay it out."""
        figure = lambda: self._showing() and self.figures.row() is not None  # noqa: E731 - one line
        for name, words, does, keys, available, kind in (
            ("finalise", _("Finalise"), self._finalise, "Ctrl+Return", self._draft, "main"),
            ("discard", _("Give up this draft"), self._discard, "", self._draft, ""),
            ("explain", _("How was this worked out?"), self._explain, "Ctrl+H", figure, ""),
            ("payslip", _("Payslip"), self._payslip, "Ctrl+P", self._issued, "main"),
            ("assessed", _("Why this about the pension?"), self._assessed, "", self._category, ""),
            ("large", _("Payslip in large print"), self._large, "", self._issued, ""),
            ("pension", _("Files for the pension provider"), self._pension, "", self._standing, ""),
            ("correct", _("Correct this pay run"), self._correct, "", self._standing, ""),
            ("later", _("Look at later payslips"), self._later, "", self._corrected, ""),
            ("hmrc", _("Figures for HMRC"), self._hmrc, "", self._standing, ""),
        ):
            self._commands.add(
                Command(f"run.{name}", words, does, _HERE, keys, "", available, kind)
            )
        buttons = self._commands.buttons
        self.box.addWidget(buttons("pay.back"))
        self.box.addWidget(self._name)
        self.box.addWidget(self._where)
        self.box.addWidget(self.done)
        self.box.addWidget(self.notices)
        everybody = Card()
        everybody.box.addWidget(self.payslips)
        everybody.box.addWidget(self._totals)
        everybody.box.addWidget(self._cost)
        everybody.box.addWidget(self._seen)
        everybody.box.addWidget(
            buttons(
                "run.finalise",
                "run.discard",
                "run.hmrc",
                "run.pension",
                "run.later",
                "run.correct",
                hides=True,
            )
        )
        self.box.addWidget(everybody)
        one = Card()
        one.box.addWidget(self._whose)
        one.box.addWidget(self._lines)
        one.box.addWidget(hint(_("Press Enter on any figure to see how it was worked out.")))
        one.box.addWidget(self.figures)
        one.box.addWidget(self._holiday)
        one.box.addWidget(self._pension_words)
        one.box.addWidget(
            buttons("run.explain", "run.assessed", "run.payslip", "run.large", hides=True)
        )
        self.box.addWidget(one)
        self._one = one

    def show_run(self, pay_run_id: int) -> None:
        """Show one pay run."""
        if pay_run_id != self._pay_run_id:
            self.preview = None
            self.done.clear()
        self._pay_run_id = pay_run_id
        self.refresh()

    def refresh(self) -> None:
        """Ask again about the pay run shown, if one is."""
        pay_run_id, pay_runs = self._pay_run_id, self.desk.office.pay_runs
        if not pay_run_id:
            return

        def ask() -> tuple[PayRunPreview, PayRunPreview | None]:
            preview = pay_runs.preview(pay_run_id)
            before = preview.corrects_id
            return preview, None if before is None else pay_runs.preview(before)

        self.desk.operations.ask(ask, lambda answer: self._show(*answer), owner=self)

    # ── showing ──

    def _show(self, preview: PayRunPreview, before: PayRunPreview | None) -> None:
        self.preview = preview
        self._name.setText(_("Payday {day}").format(day=words_for.show_day(preview.pay_date)))
        self._where.setText(" ".join(_where(preview)))
        final = preview.status is PayRunStatus.FINAL
        self.notices.show_findings(() if final else preview.findings)
        self._seen.setText(_seen_words(preview) if final else "")
        self._seen.setVisible(final and bool(preview.findings))
        if before is not None:
            self.notices.add(Severity.NOTE, _difference(preview, before), speak=False)
        self.payslips.show_rows(preview.payslips, same=lambda row: row.employment_id)
        if self.payslips.row() is None:
            self.payslips.select(lambda _row: True)
        self._totals.setText(_("To pay out: {net}").format(net=preview.net_pay))
        self._cost.setText(
            (
                _(
                    "Gross pay {gross}, {given} given back. With your National Insurance and "
                    "pension it costs {cost}."
                )
                if preview.deductions.pence < 0
                else _(
                    "Gross pay {gross}, {taken} taken off. With your National Insurance and "
                    "pension it costs {cost}."
                )
            ).format(
                gross=preview.gross_pay,
                taken=preview.deductions,
                given=-preview.deductions,
                cost=preview.employer_cost,
            )
        )
        self._show_payslip()
        self._commands.refresh()

    def _show_payslip(self) -> None:
        row = self.payslips.row()
        self._one.setVisible(row is not None)
        if row is None:
            return
        self._whose.setText(row.name)
        self._lines.setText("\n".join(line_words(line) for line in row.lines))
        self.figures.show_rows(row.figures, same=lambda figure: figure.key)
        if self.figures.row() is None:
            self.figures.select(lambda _row: True)
        category = row.pension_category
        self._pension_words.setVisible(category is not None)
        self._pension_words.setText(
            _("Pension on this payday: {category}.").format(
                category=names.name(category, names.pension_categories())
            )
        )
        self._holiday.setText(
            _("Holiday left after this payday: {left}. Tax code {code}, letter {letter}.").format(
                left=hours_and_minutes(row.holiday.left), code=row.tax_code, letter=row.ni_letter
            )
        )
        self._commands.refresh()

    def _showing(self) -> bool:
        return not self.isHidden() and self.preview is not None

    def _draft(self) -> bool:
        return (
            self._showing()
            and self.preview is not None
            and self.preview.status is PayRunStatus.DRAFT
        )

    def _standing(self) -> bool:
        """A final that is no reversal; whether it was taken back the office knows."""
        return (
            self._showing()
            and self.preview is not None
            and self.preview.status is PayRunStatus.FINAL
            and self.preview.reverses_id is None
        )

    def _corrected(self) -> bool:
        """A final that took the place of another."""
        return (
            self._standing() and self.preview is not None and self.preview.corrects_id is not None
        )

    def _issued(self) -> bool:
        row = self.payslips.row()
        return self._showing() and row is not None and row.payslip_id is not None

    # ── what can be done ──

    def _explain(self) -> None:
        payslip, figure = self.payslips.row(), self.figures.row()
        if payslip is not None and figure is not None:
            pay_runs, pay_run_id = self.desk.office.pay_runs, self._pay_run_id
            self.desk.operations.ask(
                lambda: pay_runs.explain(pay_run_id, payslip.employment_id, figure.key),
                self._show_working,
                owner=self,
            )

    def _category(self) -> bool:
        row = self.payslips.row()
        return self._showing() and row is not None and row.pension_category is not None

    def _assessed(self) -> None:
        payslip = self.payslips.row()
        if payslip is not None:
            pay_runs, pay_run_id = self.desk.office.pay_runs, self._pay_run_id
            title = _("The pension assessment of {name}").format(name=payslip.name)
            self.desk.operations.ask(
                lambda: pay_runs.explain(pay_run_id, payslip.employment_id, "pension_assessment"),
                lambda explained: show_working(self.desk, title, explained.steps, self),
                owner=self,
            )

    def _show_working(self, explained: FigureExplained) -> None:
        row = self.payslips.row()
        title = _("{figure} of {name}: {amount}").format(
            figure=explained.label, name=row.name if row else "", amount=explained.amount
        )
        show_working(self.desk, title, explained.steps, self)

    def _finalise(self) -> None:
        preview = self.preview
        if preview is None:
            return
        if preview.blocked:
            blocking = next(finding for finding in preview.findings if finding.blocks)
            self.done.say(
                Severity.BLOCKING,
                _("This pay run cannot be finalised yet. {why}").format(why=blocking.message),
            )
            return
        if preview.corrects_id is not None:
            corrections, run_id = self.desk.office.corrections, self._pay_run_id
            self.desk.operations.ask(
                lambda: corrections.later(run_id),
                lambda rows: self._finalise_correction(preview, rows),
                owner=self,
                or_else=self.done.show_error,
            )
            return
        if FinalisePayRunDialog(preview, self).exec():
            pay_runs, pay_run_id = self.desk.office.pay_runs, self._pay_run_id
            self.desk.operations.change(
                lambda: pay_runs.finalise(pay_run_id),
                self._finalised,
                owner=self,
                or_else=self.done.show_error,
            )

    def _finalise_correction(self, preview: PayRunPreview, rows: Sequence[LaterRow]) -> None:
        """Ask what becomes of later payslips, if any would be different, and finalise."""
        dialog = (
            FinaliseCorrectionDialog(rows, self) if rows else FinalisePayRunDialog(preview, self)
        )
        if not dialog.exec():
            return
        office, pay_run_id = self.desk.office, self._pay_run_id
        if isinstance(dialog, FinaliseCorrectionDialog) and dialog.follow:
            self.desk.operations.change(
                lambda: office.corrections.finalise_and_follow(pay_run_id),
                lambda outcome: self._followed(*outcome),
                owner=self,
                or_else=self.done.show_error,
            )
            return
        self.desk.operations.change(
            lambda: office.pay_runs.finalise(pay_run_id),
            self._finalised,
            owner=self,
            or_else=self.done.show_error,
        )

    def _followed(self, outcome: PayRunFinalised, rows: Sequence[LaterRow]) -> None:
        """Say which later payslips were put right too, and which could not be."""
        self._finalised(outcome)
        for row in rows:
            words = (
                _("{day}, {name}: left as it is. {why}")
                if row.blocked
                else _("{day}, {name}: put right. {change} more or less is to be paid.")
            )
            self.done.say(
                Severity.WARNING if row.blocked else Severity.NOTE,
                words.format(
                    day=long_date(row.pay_date), name=row.name, why=row.blocked, change=row.change
                ),
            )

    def _later(self) -> None:
        """Show which later payslips are different because of a correction."""
        corrections, pay_run_id = self.desk.office.corrections, self._pay_run_id

        def show(rows: Sequence[LaterRow]) -> None:
            if rows:
                LaterPaydaysDialog(self.desk, pay_run_id, rows, self).exec()
                self.refresh()
            else:
                self.done.say(GOOD, _("No later payslip is any different."))

        self.desk.operations.ask(
            lambda: corrections.later(pay_run_id),
            show,
            owner=self,
            or_else=self.done.show_error,
        )

    def _hmrc(self) -> None:
        """Go to what HMRC is to be told about the tax year of this payday."""
        if self.preview is not None:
            self.desk.go("hmrc", ("reports", str(TaxYear.of(self.preview.pay_date))))

    def _finalised(self, outcome: PayRunFinalised) -> None:
        """Say what is done, and what the person has to do now."""
        words = ngettext(
            "{count} payslip is issued. Now pay:",
            "{count} payslips are issued. Now pay:",
            outcome.payslips,
        ).format(count=outcome.payslips)
        self.done.say(GOOD, "\n".join((words, *map(_to_pay, outcome.commitments))))
        self._commands.refresh()
        self.payslips.view.setFocus()

    def _discard(self) -> None:
        question = Question(
            _("Give up this draft"),
            _("Give up this draft?"),
            (_("Nothing has been paid. Timesheets stay as they are."),),
            _("Give it up"),
            self,
        )
        if question.exec():
            pay_runs, pay_run_id = self.desk.office.pay_runs, self._pay_run_id
            self._pay_run_id = 0
            self.desk.operations.change(
                lambda: pay_runs.discard(pay_run_id),
                lambda _none: self._commands.action("pay.back").trigger(),
                owner=self,
            )

    def _payslip(self) -> None:
        self._open_payslip(large=False)

    def _large(self) -> None:
        self._open_payslip(large=True)

    def _open_payslip(self, *, large: bool) -> None:
        row, papers = self.payslips.row(), self.desk.office.papers
        payslip_id = row.payslip_id if row is not None else None
        if row is None or payslip_id is None:
            return
        words = _("Payslip of {name}").format(name=row.name)
        self.desk.operations.ask(
            lambda: (
                papers.payslip(payslip_id, large=large),
                papers.payslip_file_name(payslip_id, large=large),
            ),
            lambda paper: PdfDialog(words, *paper, self).exec(),
            owner=self,
        )

    def _pension(self) -> None:
        pension_files, pay_run_id = self.desk.office.pension_files, self._pay_run_id
        self.desk.operations.ask(
            lambda: pension_files.contribution_file(pay_run_id),
            lambda made: self._save_pension(*made),
            owner=self,
            or_else=self.done.show_error,
        )

    def _save_pension(self, table: PaperFile, summary: PaperFile) -> None:
        """Write both where the person chooses, the summary beside the file."""
        place = files.choose_place(
            self, _("Files for the pension provider"), table.file_name, _("CSV files (*.csv)")
        )
        if place is None:
            return
        beside = place.with_suffix(".pdf")
        try:
            files.write_new((place, table.content), (beside, summary.content))
        except OutsideError as error:
            self.done.show_error(error)
            return
        self.done.say(
            GOOD,
            _(
                "Written: “{table}” for the provider’s website, and “{summary}” that says the same "
                "for you."
            ).format(table=place.name, summary=beside.name),
        )

    def _correct(self) -> None:
        preview = self.preview
        if preview is None:
            return
        form, pay_runs = ReasonForm(), self.desk.office.pay_runs

        def save() -> Any:
            reason = form.reason.answer()
            return lambda: pay_runs.correct(preview.pay_run_id, reason)

        dialog = FormDialog(
            self.desk,
            _("Correct this pay run"),
            form,
            save,
            said=_("Taken back. Put right what was wrong, then finalise again."),
            explained=_(
                "Payslips that came to {net} are taken back by their mirror image, and both stay "
                "on record. Then a new draft opens with the same timesheets, for you to put right "
                "and finalise. Nothing is paid or claimed back by itself."
            ).format(net=preview.net_pay),
            save_words=_("Take it back and begin again"),
            parent=self,
        )
        if dialog.exec():
            corrected: PayRunCorrected = dialog.result_value
            self.show_run(corrected.draft_id)


def _to_pay(commitment: Commitment) -> str:
    """Say who is to be paid how much, and by when; or that a payment becomes less."""
    if commitment.amount.pence < 0:
        return _("{payee}: {amount} less than before").format(
            payee=commitment.payee, amount=-commitment.amount
        )
    if commitment.due is None:
        return f"{commitment.payee}: {commitment.amount}"
    return _("{payee}: {amount}, by {day}").format(
        payee=commitment.payee, amount=commitment.amount, day=long_date(commitment.due)
    )


def _where(preview: PayRunPreview) -> list[str]:
    """Say what a pay run pays for, when the money moves, and what has become of it."""
    said = [
        _("Pays for {days}.").format(days=words_for.show_days(preview.first_day, preview.last_day))
    ]
    if preview.moved:
        said.append(
            _("Banks are closed on the payday: pay on {day}.").format(
                day=words_for.show_day(preview.paid_on)
            )
        )
    if preview.status is PayRunStatus.DRAFT:
        said.append(_("A draft: nothing is fixed yet."))
    if preview.reverses_id is not None:
        said.append(_("It takes an earlier pay run back."))
    if preview.reason:
        said.append(_("Reason: {reason}").format(reason=preview.reason))
    return said


def _difference(preview: PayRunPreview, before: PayRunPreview) -> str:
    """Say what more, or less, a correction pays out than the run it replaces."""
    more = preview.net_pay - before.net_pay
    words = {"before": before.net_pay, "now": preview.net_pay, "difference": abs(more)}
    if not more:
        return _("Before, {before} was paid out. It is the same now.").format(**words)
    if more.pence > 0:
        return _(
            "Before, {before} was paid out. Now it is {now}: {difference} more is to be paid."
        ).format(**words)
    return _(
        "Before, {before} was paid out. Now it is {now}: {difference} too much was paid. Agree "
        "with the person how it is given back."
    ).format(**words)


def _seen_words(preview: PayRunPreview) -> str:
    """Say what there was to look at when a pay run was finalised, as it was worded then."""
    said = (
        _("{subject}: {message}").format(subject=finding.subject, message=finding.message)
        for finding in preview.findings
    )
    return "\n".join((_("Seen when it was finalised:"), *said))
