"""What is asked when somebody leaves, and of what is ticked when they start or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.services.leaving_rows import EmployerIs, LeavingReason, NoticeBy
from ui import names
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entries import DateEntry, MoneyEntry, NumberEntry, TextEntry, TickEntry
from ui.widgets.form import Form
from ui.widgets.words import Words

if TYPE_CHECKING:
    from dpemployer.services.leaving_rows import Leaving
    from dpemployer.services.tasks import TaskRow


class WhyForm(Form):
    """Why a job ends, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = self.add(
            "reason", ChoiceEntry(_("Why the job ends"), names.leaving_reasons(), as_list=True)
        )
        self.add_widget(
            Words(
                _(
                    "After a death, or when the direct payment ends, “When things end” on the "
                    "People page leads through all there is to do."
                ),
                "quiet",
            )
        )
        self.last_day = self.add(
            "last_day",
            DateEntry(
                _("Their last day"),
                hint=_("The last day they are employed, even if they do not work on it."),
            ),
        )

    def show_fact(self, fact: Leaving) -> None:
        """Show what is known."""
        self.reason.set_value(fact.reason)
        self.last_day.set_value(fact.last_day)


class NoticeForm(Form):
    """Who gave notice, when, and how much is paid instead of worked."""

    def __init__(self) -> None:
        super().__init__()
        self.law = Words("")
        self.add_widget(self.law)
        self.notice_by = self.add(
            "notice_by", ChoiceEntry(_("Who gave notice"), names.notice_bys())
        )
        self.given_on = self.add("given_on", DateEntry(_("The day it was given"), needed=False))
        self.in_lieu = self.add(
            "in_lieu",
            NumberEntry(
                _("Weeks of notice you pay instead of having them worked"),
                hint=_("Left empty, none. It is taxed like other pay."),
                needed=False,
            ),
        )
        self.week_pay = self.add(
            "week_pay",
            MoneyEntry(
                _("What a week of it comes to"),
                hint=_("Left empty, their average week’s pay. Needed where nothing is paid yet."),
                needed=False,
            ),
        )
        self.notice_by.set_value(NoticeBy.NOBODY)
        self.notice_by.edited.connect(self._show_day)
        self._show_day()

    def show_fact(self, fact: Leaving) -> None:
        """Show what is known."""
        self.notice_by.set_value(fact.notice_by)
        self.given_on.set_value(fact.notice_given_on)
        self.in_lieu.set_text(str(fact.weeks_in_lieu) if fact.weeks_in_lieu else "")
        self.week_pay.set_value(fact.week_pay if fact.weeks_in_lieu else None)
        self._show_day()

    def _show_day(self) -> None:
        self.given_on.setVisible(self.notice_by.value() is not NoticeBy.NOBODY)


class RedundancyForm(Form):
    """What decides whether redundancy pay is due, and how much is paid."""

    def __init__(self) -> None:
        super().__init__()
        self.employer_is = self.add(
            "employer_is",
            ChoiceEntry(_("What the employer is to them"), names.family_relations(), as_list=True),
        )
        self.law = Words("")
        self.add_widget(self.law)
        self.agreed = self.add(
            "agreed",
            MoneyEntry(
                _("Redundancy pay you have agreed"),
                hint=_("Left empty, what the law says is paid."),
                needed=False,
            ),
        )
        self.employer_is.set_value(EmployerIs.OTHER)

    def show_fact(self, fact: Leaving) -> None:
        """Show what is known."""
        self.employer_is.set_value(fact.employer_is)


class LastPayForm(Form):
    """Whether holiday taken too much comes off."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Words("")
        self.add_widget(self.said)
        self.recover = self.add(
            "recover",
            TickEntry(
                _("If they have taken too much holiday, it comes off the last pay"),
                hint=_("Only where that was agreed in writing, in the contract or since."),
            ),
        )


class DayForm(Form):
    """The day something was done."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.day = self.add("day", DateEntry(label, hint=hint))
        self.day.set_value(clock.today())


class PayAfterForm(Form):
    """Something paid after the last pay."""

    def __init__(self) -> None:
        super().__init__()
        self.label = self.add(
            "label",
            TextEntry(_("What it is for"), hint=_("As the payslip says it: Hours on 3 June.")),
        )
        self.amount = self.add("amount", MoneyEntry(_("Amount before tax")))


class TickForm(Form):
    """When something was done, what was seen, and until when it holds."""

    def __init__(self, task: TaskRow) -> None:
        super().__init__()
        self.add_widget(Words(task.why))
        self.done_on = self.add("done_on", DateEntry(_("The day it was done")))
        self.note = self.add(
            "note",
            TextEntry(
                _("What was seen, and by whom"),
                hint=_("A number or a date on it is enough. Not what it says of them."),
                needed=False,
            ),
        )
        self.valid_until: DateEntry | None = None
        if task.runs_out:
            self.valid_until = self.add(
                "valid_until",
                DateEntry(
                    _("Until when it holds"),
                    hint=_("Left empty where it does not run out."),
                    needed=False,
                ),
            )
            self.valid_until.set_value(task.valid_until)
        self.done_on.set_value(task.done_on or clock.today())
        self.note.set_value(task.note)


def is_redundancy(reason: LeavingReason | None) -> bool:
    """Whether a reason may give a right to redundancy pay."""
    return reason in {LeavingReason.REDUNDANCY, LeavingReason.DEATH_OF_EMPLOYER}


def has_notice(reason: LeavingReason | None) -> bool:
    """Whether somebody gives notice when a job ends for a reason."""
    return reason not in {LeavingReason.DEATH_OF_EMPLOYER, LeavingReason.DEATH_OF_ASSISTANT}
