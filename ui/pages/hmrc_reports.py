"""HMRC, telling it: what is to be told, its figures, the tick when it is done, and the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer.i18n import N_, _
from dpemployer.services.hmrc_rows import ReportKind
from ui.actions import Command
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.report_sheet import ReportSheetDialog
from ui.forms.hmrc import ReportedJobForm, TellForm
from ui.forms.reason import ReasonForm
from ui.models.hmrc import JOBS, REPORTS, report_words
from ui.pages.hmrc_part import HmrcPart, Host
from ui.widgets.notice import GOOD, Notices
from ui.widgets.table import Table
from ui.widgets.words import Card, hint

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.findings import Finding
    from dpemployer.office import Office
    from dpemployer.periods import TaxYear
    from dpemployer.services.hmrc_rows import JobRow, ReportRow
    from ui.actions import Commands

_PAGE = N_("This page")


class ReportsPart(HmrcPart):
    """Everything HMRC is to be told of a tax year, the oldest that is not done in front."""

    NAME = N_("To tell HMRC")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.notices = Notices()
        self.done = Notices()
        self.table: Table[ReportRow] = Table(
            _("What HMRC is told"),
            REPORTS,
            empty=_("There is nothing to tell HMRC of this tax year yet."),
            stretch=2,
            most_rows=20,
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.show_sheet())

    def declare(self, commands: Commands) -> None:
        ticked, open_ = (
            self.on(self.table, lambda row: row.told is not None),
            self.on(self.table, lambda row: row.told is None),
        )
        commands.add(
            Command(
                "hmrc.sheet",
                _("See the figures"),
                self.show_sheet,
                _PAGE,
                "",
                _("In the order they are typed, to copy or to print"),
                available=self.on(self.table),
                kind="main",
            ),
            Command(
                "hmrc.tick",
                _("Tick it: it is done"),
                self.tick,
                _PAGE,
                "Ctrl+Return",
                available=open_,
            ),
            Command(
                "hmrc.tick.change", _("Put the tick right"), self.change, _PAGE, available=ticked
            ),
            Command("hmrc.tick.back", _("It was not done"), self.untick, _PAGE, available=ticked),
        )
        card = Card()
        card.box.addWidget(
            hint(
                _(
                    "This program sends nothing to HMRC. Type the figures into HMRC’s free Basic "
                    "PAYE Tools, or copy them on to the paper form, and tick it here."
                )
            )
        )
        card.box.addWidget(self.notices)
        card.box.addWidget(self.done)
        card.box.addWidget(self.table)
        card.box.addWidget(
            commands.buttons("hmrc.sheet", "hmrc.tick", "hmrc.tick.change", "hmrc.tick.back")
        )
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:
        return office.hmrc.reports(year, on), office.hmrc.findings(on)

    def show_answer(self, answer: Any) -> None:
        rows: tuple[ReportRow, ...]
        findings: tuple[Finding, ...]
        rows, findings = answer
        self.notices.show_findings(findings)
        self.table.show_rows(rows, same=lambda row: row.key)
        if self.table.row() is None and not self.table.select(lambda row: row.told is None):
            self.table.select(lambda _row: True)

    def show_sheet(self) -> None:
        """Show the figures of the report the person is on."""
        row, hmrc = self.table.row(), self.desk.office.hmrc
        if row is not None and row.kind is ReportKind.P60:
            self.host.turn_to("p60s")
        elif row is not None:
            self.desk.operations.ask(
                lambda: hmrc.sheet(row),
                lambda sheet: self.host.run(ReportSheetDialog(self.desk, sheet, self.window())),
                owner=self,
            )

    def tick(self) -> None:
        """Say that it has been told."""
        row, hmrc = self.table.row(), self.desk.office.hmrc
        if row is None:
            return
        form = TellForm(row, self.desk.office.book.who)

        def save() -> Any:
            day, who, how = form.told_on.answer(), form.told_by.answer(), form.how.answer()
            reference, note, final = form.reference.value(), form.note.value(), form.is_final()
            return lambda: hmrc.tell(
                row, day, who, how, reference=reference, note=note, final=final
            )

        dialog = FormDialog(
            self.desk,
            _("Tick it: it is done"),
            form,
            save,
            said=_("Ticked."),
            explained=report_words(row),
            parent=self.window(),
        )
        if self.host.run(dialog):
            finding = dialog.result_value
            if finding is None:
                self.done.say(GOOD, _("{what}: ticked.").format(what=report_words(row)))
            else:
                self.done.show_findings((finding,))
        self.table.setFocus()

    def change(self) -> None:
        """Put right what was ticked."""
        row, hmrc = self.table.row(), self.desk.office.hmrc
        if row is None or row.told is None:
            return
        told = row.told
        form = TellForm(row, told.told_by)
        form.show_fact(told)

        def save() -> Any:
            changed = form.changed(told)
            return lambda: hmrc.change_told(changed)

        self.host.run(
            FormDialog(
                self.desk,
                _("Put the tick right"),
                form,
                save,
                said=_("Put right."),
                explained=report_words(row),
                parent=self.window(),
            )
        )
        self.table.setFocus()

    def untick(self) -> None:
        """Take a tick back: it was not told after all."""
        row, hmrc, form = self.table.row(), self.desk.office.hmrc, ReasonForm()
        if row is None or row.told is None:
            return
        told_id = row.told.id

        def save() -> Any:
            reason = form.reason.answer()
            return lambda: hmrc.untell(told_id, reason)

        self.host.run(
            FormDialog(
                self.desk,
                _("It was not done"),
                form,
                save,
                said=_("The tick is taken back."),
                explained=report_words(row),
                save_words=_("Take the tick back"),
                parent=self.window(),
            )
        )
        self.table.setFocus()


class JobsPart(HmrcPart):
    """What HMRC asks about each job beside its terms."""

    NAME = N_("What HMRC asks about jobs")

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.table: Table[JobRow] = Table(
            _("What HMRC asks about jobs"), JOBS, empty=_("Nobody works here yet."), stretch=0
        )
        self.watch(self.table)
        self.table.opened.connect(lambda _row: self.change())

    def declare(self, commands: Commands) -> None:
        commands.add(
            Command(
                "hmrc.job",
                _("Answer for this job"),
                self.change,
                _PAGE,
                available=self.on(self.table),
                kind="main",
            )
        )
        card = Card()
        card.box.addWidget(
            hint(_("HMRC asks these with every payday. They are nowhere else in this book."))
        )
        card.box.addWidget(self.table)
        card.box.addWidget(commands.buttons("hmrc.job"))
        self.box.addWidget(card)

    def first_field(self) -> QWidget:
        return self.table.view

    def ask(self, office: Office, year: TaxYear, on: date) -> Any:  # noqa: ARG002 - of every year
        return office.hmrc.jobs(on)

    def show_answer(self, answer: Any) -> None:
        self.table.show_rows(answer, same=lambda row: row.employment_id)

    def change(self) -> None:
        """Answer for one job."""
        row, hmrc = self.table.row(), self.desk.office.hmrc
        if row is None:
            return
        form = ReportedJobForm(row)

        def save() -> Any:
            job = form.fact()
            return lambda: hmrc.set_job(job)

        self.host.run(
            FormDialog(
                self.desk,
                _("What HMRC asks about the job of {name}").format(name=row.name),
                form,
                save,
                said=_("Saved."),
                parent=self.window(),
            )
        )
        self.table.setFocus()
