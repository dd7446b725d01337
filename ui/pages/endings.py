"""When things end: the direct payment, or a life. Step by step, with what is owed to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer import clock
from dpemployer.i18n import N_, _, long_date
from ui import names, theme
from ui.actions import Command, Commands
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.question import Question
from ui.dialogs.working import show_working
from ui.forms.endings import EndingForm, StepForm
from ui.models.rows import Column
from ui.widgets.table import Table
from ui.widgets.words import Card, Words, heading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dpemployer.services.endings import EndingRow, EndingStepRow, OwedRow
    from dpemployer.services.rows import EmploymentRow
    from ui.desk import Desk
    from ui.widgets.form import Form

_HERE = N_("This page")


def _stands(row: EndingStepRow) -> str:
    if row.done_on is None:
        return _("To do")
    return _("Done on {day}").format(day=long_date(row.done_on))


def _money_there(row: EndingRow) -> str:
    return _(
        "By the cash book there is {amount} in the account. It belongs to whoever paid it in."
    ).format(amount=row.in_accounts)


ENDINGS: tuple[Column[EndingRow], ...] = (
    Column(N_("What"), text=lambda row: names.name(row.ending.kind, names.ending_kinds())),
    Column(N_("Day"), text=lambda row: long_date(row.ending.day)),
    Column(N_("Who sees to it"), text=lambda row: row.ending.who_acts),
    Column(N_("Steps left"), text=lambda row: str(row.open_steps), numeric=True),
)
STEPS: tuple[Column[EndingStepRow], ...] = (
    Column(N_("What"), text=lambda row: row.title),
    Column(N_("By"), text=lambda row: "" if row.by is None else long_date(row.by)),
    Column(N_("How it stands"), text=_stands),
    Column(N_("Why"), text=lambda row: row.why),
)
OWED: tuple[Column[OwedRow], ...] = (
    Column(N_("To whom"), text=lambda row: row.to),
    Column(N_("What for"), text=lambda row: row.what),
    Column(
        N_("How much"),
        text=lambda row: _("Not known yet") if row.amount is None else str(row.amount),
        numeric=True,
    ),
    Column(N_("To know"), text=lambda row: row.note),
)


class Endings(QWidget):
    """Every ending of the book, and the one looked at."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk = desk
        self._commands = commands
        self._wanted = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.gap(3))
        self.list: Table[EndingRow] = Table(
            _("What has ended"), ENDINGS, empty=_("Nothing has ended."), stretch=0
        )
        self._name = heading("")
        self._words = Words()
        self.steps: Table[EndingStepRow] = Table(
            _("What there is to do"), STEPS, empty=_("Nothing."), stretch=3
        )
        self.owed: Table[OwedRow] = Table(
            _("What is owed"), OWED, empty=_("Nothing that this book knows of."), stretch=3
        )
        self._total = Words()
        self._box = box

    def declare(self) -> None:
        """Declare what can be done, and lay it out."""
        for name, words, does, available in (
            ("begin", _("Something has ended, or somebody has died"), self._ask, self._showing),
            ("tick", _("It is done"), self._tick, self._on_step(lambda row: not row.by_itself)),
            (
                "untick",
                _("Not done after all"),
                self._untick,
                self._on_step(lambda row: row.done_on is not None and not row.by_itself),
            ),
            ("how", _("How was this worked out?"), self._show_how, self._has_workings),
            ("print", _("Print what to do and what is owed"), self._print, self._has_one),
            ("back", _("Take this back"), self._take_back, self._has_one),
        ):
            self._commands.add(Command(f"endings.{name}", words, does, _HERE, available=available))
        buttons = self._commands.buttons
        self._box.addWidget(buttons("people.back"))
        first = Card(_("When things end"))
        first.box.addWidget(
            Words(
                _(
                    "When the direct payment ends, or when somebody has died, this says step by "
                    "step who acts, what is owed to whom, and what is kept."
                )
            )
        )
        first.box.addWidget(self.list)
        first.box.addWidget(buttons("endings.begin"))
        self._box.addWidget(first)
        self._one = Card()
        for widget in (
            self._name,
            self._words,
            self.steps,
            buttons("endings.tick", "endings.untick"),
            self.owed,
            buttons("endings.how"),
            self._total,
            buttons("endings.print", "endings.back"),
        ):
            self._one.box.addWidget(widget)
        self._box.addWidget(self._one)
        self._one.hide()
        self.list.pointed.connect(lambda _row: self._show_one())
        for table in (self.steps, self.owed):
            table.pointed.connect(lambda _row: self._commands.refresh())

    def show_ending(self, ending_id: int = 0) -> None:
        """Show one ending, or the newest."""
        self._wanted = ending_id
        self.refresh()

    def first_field(self) -> QWidget:
        """Return where the keyboard goes."""
        return self.list.view if self.list.model.rows else self

    def refresh(self) -> None:
        """Ask again."""
        endings = self.desk.office.endings
        self.desk.operations.ask(lambda: endings.all(clock.today()), self._show, owner=self)

    # ── showing ──

    def _show(self, rows: Sequence[EndingRow]) -> None:
        self.list.show_rows(rows, same=lambda row: row.ending.id)
        if self._wanted:
            wanted, self._wanted = self._wanted, 0
            self.list.select(lambda row: row.ending.id == wanted)
        elif self.list.row() is None:
            self.list.select(lambda _row: True)
        self._show_one()

    def _show_one(self) -> None:
        row = self.list.row()
        self._one.setVisible(row is not None)
        if row is not None:
            words = names.name(row.ending.kind, names.ending_kinds())
            about = f"{words}: {row.about}" if row.about else words
            self._name.setText(about)
            self._words.setText("\n".join(row.words))
            self.steps.show_rows(row.steps, same=lambda step: step.key)
            self.owed.show_rows(row.owed, same=lambda owed: (owed.to, owed.what, owed.note))
            self._total.setText(
                _("Together, as far as it is known: {amount}.").format(amount=row.total_owed)
                + "\n"
                + _money_there(row)
                + "\n"
                + "\n".join(row.kept)
            )
        self._commands.refresh()

    def _showing(self) -> bool:
        return not self.isHidden()

    def _has_one(self) -> bool:
        return self._showing() and self.list.row() is not None

    def _on_step(self, wanted: Callable[[EndingStepRow], bool]) -> Callable[[], bool]:
        def now() -> bool:
            row = self.steps.row()
            return self._has_one() and row is not None and wanted(row)

        return now

    def _has_workings(self) -> bool:
        owed = self.owed.row()
        return self._has_one() and owed is not None and bool(owed.workings)

    # ── what can be done ──

    def _show_how(self) -> None:
        owed = self.owed.row()
        if owed is not None:
            show_working(self.desk, f"{owed.to}: {owed.what}", owed.workings, self)

    def _ask(self) -> None:
        people, day = self.desk.office.people, clock.today()
        self.desk.operations.ask(
            lambda: people.employments(day, with_leavers=False), self._begin, owner=self
        )

    def _begin(self, people: Sequence[EmploymentRow]) -> None:
        form, endings = EndingForm(people), self.desk.office.endings

        def save() -> Callable[[], Any]:
            fact = form.fact()
            return lambda: endings.begin(fact)

        self._form(
            _("Something has ended, or somebody has died"),
            form,
            save,
            _(
                "When the employer has died, every job is recorded as ended that day. When a "
                "personal assistant has died, theirs is. It can be taken back."
            ),
        )

    def _tick(self) -> None:
        row, step = self.list.row(), self.steps.row()
        if row is None or step is None:
            return
        form, endings = StepForm(), self.desk.office.endings
        ending_id, key = row.ending.id, step.key

        def save() -> Callable[[], Any]:
            done_on, note = form.done_on.answer(), form.note.value()
            return lambda: endings.tick(ending_id, key, done_on, note)

        self._form(step.title, form, save, step.why)

    def _untick(self) -> None:
        row, step = self.list.row(), self.steps.row()
        if row is not None and step is not None:
            endings, ending_id, key = self.desk.office.endings, row.ending.id, step.key
            self.desk.operations.change(
                lambda: endings.untick(ending_id, key),
                lambda _none: self.desk.say(_("The tick was taken back.")),
                owner=self,
            )

    def _print(self) -> None:
        row = self.list.row()
        if row is None:
            return
        papers, ending_id = self.desk.office.leaving_papers, row.ending.id
        words = names.name(row.ending.kind, names.ending_kinds())
        self.desk.operations.ask(
            lambda: papers.ending(ending_id, clock.today()),
            lambda pdf: PdfDialog(words, pdf, f"{words}.pdf", self).exec(),
            owner=self,
        )

    def _take_back(self) -> None:
        row = self.list.row()
        if row is None:
            return
        question = Question(
            _("Take this back"),
            _("Was this recorded by mistake?"),
            (
                _("The list and its ticks are taken out."),
                _("Jobs that ended with it by a death go on as before."),
            ),
            _("Take it back"),
            self,
        )
        if question.exec():
            endings, ending_id = self.desk.office.endings, row.ending.id
            self.desk.operations.change(
                lambda: endings.take_back(ending_id),
                lambda _none: self.desk.say(_("It was taken back.")),
                owner=self,
            )

    def _form(
        self, words: str, form: Form, save: Callable[[], Callable[[], Any]], explained: str
    ) -> None:
        FormDialog(
            self.desk, words, form, save, said=_("Saved."), explained=explained, parent=self
        ).exec()
