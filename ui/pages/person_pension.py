"""Their workplace pension: where they stand, what comes next, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.findings import Severity
from dpemployer.i18n import N_, _, long_date
from dpemployer.services.pension_rows import PensionAction
from ui.dialogs.pdf_view import PdfDialog
from ui.dialogs.working import show_working
from ui.forms.pensions import GoneBeforeForm, JoinForm, PostponeForm, ToldForm
from ui.forms.people import LastDayForm, PensionForm
from ui.models.pensions import PENSION_EVENTS
from ui.models.people import PENSIONS
from ui.pages.person_part import PersonPart
from ui.widgets.notice import Notices
from ui.widgets.table import Table
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from dpemployer.office import Office
    from dpemployer.services.papers import PaperFile
    from dpemployer.services.pension_rows import (
        PensionDue,
        PensionEventRow,
        PensionMembership,
        PensionStanding,
    )
    from dpemployer.services.rows import EmploymentDetail
    from ui.actions import Commands
    from ui.pages.person_part import Host


class PensionPart(PersonPart):
    """Where somebody stands with the pension, in words, and the terms of a membership."""

    NAME = N_("Pension")

    def __init__(self, host: Host, commands: Commands) -> None:
        super().__init__(host, commands)
        self.standing: PensionStanding | None = None
        self._where = Words("", "label")
        self._next = Words()
        self.notices = Notices()
        self.happened: Table[PensionEventRow] = Table(
            _("What happened about the pension"),
            PENSION_EVENTS,
            empty=_("Nothing is written down."),
            stretch=1,
        )
        self.pensions: Table[PensionMembership] = Table(
            _("Workplace pension"), PENSIONS, empty=_("Not in a workplace pension."), stretch=2
        )

    def declare(self) -> None:
        can = self.can
        can("pension.letter", _("The letter"), self._letter, self._has_letter, kind="main")
        can("pension.letter.large", _("The letter in large print"), self._large, self._has_letter)
        can("pension.told", _("They have got a letter"), self._told, self._in_front)
        for action, words, does in (
            (PensionAction.MADE_MEMBER, _("The provider made them a member"), self._made_member),
            (PensionAction.POSTPONE, _("Put enrolment off"), self._postpone),
            (PensionAction.OPT_IN, _("They ask to be enrolled"), self._opt_in),
            (PensionAction.JOIN, _("They ask to join"), self._join),
            (PensionAction.OPT_OUT, _("They opted out"), self._opt_out),
            (PensionAction.LEAVE, _("They are leaving the pension"), self._leave),
            (PensionAction.GONE_BEFORE, _("They were out of it before"), self._gone_before),
        ):
            can(f"pension.{action}", words, does, self._may(action))
        can("pension.how", _("How was this worked out?"), self._show_how, self._has_steps)
        removable = self.on(self.happened, lambda row: row.removable)
        can("pension.take_out", _("Take this out"), self._take_out, removable)
        can("pension", _("Start a pension"), self._add_pension)
        can("pension.change", _("Change this pension"), self._change_pension,
            self.on(self.pensions))  # fmt: skip
        self.watch(self.happened, self.pensions)
        buttons = self.commands.buttons
        self.card(
            _("Pension"),
            self._where,
            self._next,
            self.notices,
            buttons(
                "person.pension.letter",
                "person.pension.letter.large",
                "person.pension.told",
                "person.pension.made_member",
                hides=True,
            ),
            buttons(
                *(f"person.pension.{action}" for action in PensionAction if action is not
                  PensionAction.MADE_MEMBER),
                "person.pension.how",
                hides=True,
            ),
        )  # fmt: skip
        self.card(_("What happened"), self.happened, self.buttons("pension.take_out"))
        self.card(
            _("Terms of the pension"), self.pensions, self.buttons("pension", "pension.change")
        )

    def ask(self, office: Office, employment_id: int) -> Any:
        return office.pensions.standing(employment_id, clock.today())

    def show_answer(self, detail: EmploymentDetail, answer: Any) -> None:
        standing: PensionStanding = answer
        self.standing = standing
        self._where.setText(standing.says)
        self._next.setText("\n".join(standing.next_steps))
        self._next.setVisible(bool(standing.next_steps))
        self.notices.clear()
        for due in standing.due:
            say_due(self.notices, due)
        self.happened.show_rows(standing.events, same=lambda row: row.event_id)
        self.pensions.show_rows(detail.pensions, same=lambda row: row.id)

    def first_field(self) -> QWidget | None:
        return self.pensions.view if self.pensions.model.rows else None

    # ── when what can be done ──

    def _in_front(self) -> bool:
        return self.host.showing() and self.host.in_front(self) and self.standing is not None

    def _may(self, action: PensionAction) -> Callable[[], bool]:
        def now() -> bool:
            return self._in_front() and self.standing is not None and action in self.standing.may

        return now

    def _has_letter(self) -> bool:
        return self._in_front() and self.standing is not None and self.standing.letter is not None

    def _has_steps(self) -> bool:
        return self._in_front() and self.standing is not None and bool(self.standing.steps)

    # ── letters ──

    def _letter(self) -> None:
        self._open_letter(large=False)

    def _large(self) -> None:
        self._open_letter(large=True)

    def _open_letter(self, *, large: bool) -> None:
        standing, letters = self.standing, self.desk.office.pension_letters
        letter = standing.letter if standing is not None else None
        if letter is None:
            return
        employment_id = self.employment_id

        def show(paper: PaperFile) -> None:
            words = paper.file_name.removesuffix(".pdf")
            PdfDialog(words, paper.content, paper.file_name, self).exec()

        self.desk.operations.ask(
            lambda: letters.letter(employment_id, letter, clock.today(), large=large),
            show,
            owner=self,
        )

    def _told(self) -> None:
        form, pensions = (
            ToldForm(self.standing.letter if self.standing is not None else None),
            self.desk.office.pensions,
        )
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            letter, day = form.letter.answer(), form.day.answer()
            return lambda: pensions.told(employment_id, letter, day)

        self.fill_in(_("They have got a letter"), form, save)

    # ── coming in ──

    def _made_member(self) -> None:
        self._ask_day(
            _("The provider made them a member"),
            _("The day the membership began"),
            _("The provider’s message or website says it."),
            self.desk.office.pensions.made_member,
        )

    def _postpone(self) -> None:
        pensions, employment_id = self.desk.office.pensions, self.employment_id
        self.desk.operations.ask(
            lambda: pensions.postpone_from(employment_id, clock.today()),
            self._show_postpone,
            owner=self,
        )

    def _show_postpone(self, starts: tuple[date, ...]) -> None:
        if not starts:
            self.desk.say(
                _(
                    "Enrolment cannot be put off now. It can be from the first day of the job, or "
                    "from the day somebody first earns enough, for six weeks from then."
                )
            )
            return
        form, pensions = PostponeForm(starts), self.desk.office.pensions
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            first, until = form.starts.answer(), form.until.answer()
            return lambda: pensions.postpone(employment_id, first, until)

        self.fill_in(
            _("Put enrolment off"),
            form,
            save,
            _("They must have a letter about it within six weeks, and may ask to be enrolled."),
        )

    def _opt_in(self) -> None:
        self._ask_day(
            _("They ask to be enrolled"),
            _("The day they asked"),
            _("They are a member from the next pay period, and you pay in too."),
            self.desk.office.pensions.opt_in,
        )

    def _join(self) -> None:
        form, pensions = JoinForm(), self.desk.office.pensions
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            day, share = form.asked_on.answer(), form.employer.answer()
            return lambda: pensions.join(employment_id, day, share)

        self.fill_in(_("They ask to join"), form, save)

    # ── going ──

    def _opt_out(self) -> None:
        self._ask_day(
            _("They opted out"),
            _("The day they gave the notice"),
            _(
                "The form comes from the provider. What was taken is given back with the next "
                "payday, and they count as never having been a member."
            ),
            self.desk.office.pensions.opt_out,
        )

    def _leave(self) -> None:
        self._ask_day(
            _("They are leaving the pension"),
            _("The last day in the pension"),
            _("What was paid in stays in the pension. Nothing is given back."),
            self.desk.office.pensions.leave,
        )

    def _gone_before(self) -> None:
        form, pensions = GoneBeforeForm(), self.desk.office.pensions
        employment_id = self.employment_id

        def save() -> Callable[[], Any]:
            kind, day = form.kind.answer(), form.day.answer()
            return lambda: pensions.gone_before(employment_id, kind, day)

        self.fill_in(
            _("They were out of it before"),
            form,
            save,
            _("For somebody who opted out of your pension, or left it, before this book."),
        )

    def _ask_day(
        self, words: str, label: str, explained: str, does: Callable[[int, date], Any]
    ) -> None:
        form, employment_id = LastDayForm(label), self.employment_id

        def save() -> Callable[[], Any]:
            day = form.last_day.answer()
            return lambda: does(employment_id, day)

        self.fill_in(words, form, save, explained)

    # ── the rest ──

    def _show_how(self) -> None:
        if self.standing is not None:
            title = _("The pension of {name}").format(name=self.standing.name)
            show_working(self.desk, title, self.standing.steps, self)

    def _take_out(self) -> None:
        row, pensions = self.happened.row(), self.desk.office.pensions
        if row is not None:
            event_id = row.event_id
            self.desk.operations.change(
                lambda: pensions.take_out(event_id),
                lambda _none: self.desk.say(_("Taken out.")),
                owner=self,
            )

    def _add_pension(self) -> None:
        self._pension_form(PensionForm(), 0)

    def _change_pension(self) -> None:
        held = self.pensions.row()
        if held is not None:
            form = PensionForm()
            form.show_fact(held)
            self._pension_form(form, held.id)

    def _pension_form(self, form: PensionForm, membership_id: int) -> None:
        people, employment_id = self.desk.office.people, self.employment_id

        def save() -> Callable[[], Any]:
            fact = form.fact(employment_id, membership_id)
            return lambda: people.set_pension(fact)

        self.fill_in(
            _("Workplace pension"),
            form,
            save,
            _(
                "For somebody who is in a pension already, or whose terms change. Paydays enrol "
                "whoever must be by themselves."
            ),
        )


def say_due(notices: Notices, due: PensionDue) -> None:
    """Say what is to be done and by when, and whether that has passed."""
    late = due.by < clock.today()
    words = _("{what} It was for {day}.") if late else _("{what} By {day}.")
    notices.add(
        Severity.WARNING if late else Severity.NOTE,
        words.format(what=due.says, day=long_date(due.by)),
        word=_("Late") if late else _("To do"),
        speak=False,
    )
