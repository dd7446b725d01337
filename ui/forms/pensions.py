"""What is asked about a workplace pension: the employer's own, and each worker's way in and out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _, long_date
from dpemployer.services.pension_rows import (
    EnrolmentKind,
    PensionArrangement,
    PensionBasis,
    PensionDutyKind,
    PensionLetter,
    PensionRelief,
)
from ui import names
from ui.widgets.entries import (
    ChoiceEntry,
    DateEntry,
    LongTextEntry,
    PercentEntry,
    TextEntry,
)
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class PostponeForm(Form):
    """From when and until when enrolment is put off."""

    def __init__(self, starts: Sequence[date]) -> None:
        super().__init__()
        self.starts = self.add(
            "starts",
            ChoiceEntry(
                _("Put off from"),
                [(day, long_date(day)) for day in starts],
                hint=_("These are the days the law allows it to start on."),
            ),
        )
        self.until = self.add(
            "until",
            DateEntry(
                _("Until"),
                hint=_("At most three months. They are assessed again on this day."),
            ),
        )
        self.starts.set_value(starts[-1])


class JoinForm(Form):
    """When somebody asked to join, and what the employer chooses to pay in."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_on = self.add("asked_on", DateEntry(_("The day they asked")))
        self.employer = self.add(
            "employer",
            PercentEntry(
                _("You pay, in percent"), hint=_("The law asks for nothing on earnings like these.")
            ),
        )
        self.asked_on.set_value(clock.today())
        self.employer.set_value(Decimal(0))


class GoneBeforeForm(Form):
    """How and when somebody went, before the book."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = self.add(
            "kind",
            ChoiceEntry(
                _("How they went"),
                [
                    (EnrolmentKind.OPTED_OUT, _("They opted out, and got everything back")),
                    (EnrolmentKind.LEFT, _("They left; what was paid in stayed")),
                ],
            ),
        )
        self.day = self.add("day", DateEntry(_("On which day")))


class ToldForm(Form):
    """Which letter was given, and when."""

    def __init__(self, letter: PensionLetter | None) -> None:
        super().__init__()
        self.letter = self.add("letter", ChoiceEntry(_("Which letter"), names.pension_letters()))
        self.day = self.add(
            "day",
            DateEntry(
                _("The day they got it"),
                hint=_("A letter by post counts from the day it came; an email from its day."),
            ),
        )
        self.letter.set_value(letter or PensionLetter.RIGHTS)
        self.day.set_value(clock.today())


class ArrangementForm(Form):
    """The pension people are enrolled in, and on what terms."""

    def __init__(self) -> None:
        super().__init__()
        self.provider = self.add(
            "provider", TextEntry(_("Pension provider"), hint=_("For example NEST."))
        )
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("Enrol people in it from"), hint=_("Paydays from this day on enrol with it.")
            ),
        )
        self.reference = self.add(
            "reference",
            TextEntry(
                _("Your number with the provider"),
                hint=_("It is on their letters, and goes into the file you send them."),
                needed=False,
            ),
        )
        self.group = self.add(
            "group",
            TextEntry(
                _("Group"),
                hint=_("Only if the provider gave your workers a group. Otherwise leave it empty."),
                needed=False,
            ),
        )
        self.contact = self.add(
            "contact",
            LongTextEntry(
                _("How to reach the provider"),
                hint=_("Address, telephone and website: the letters say them."),
                needed=False,
            ),
        )
        self.basis = self.add(
            "basis", ChoiceEntry(_("Contributions are worked out on"), names.pension_bases())
        )
        self.relief = self.add("relief", ChoiceEntry(_("Tax relief"), names.pension_reliefs()))
        self.employee = self.add("employee", PercentEntry(_("The worker pays, in percent")))
        self.employer = self.add("employer", PercentEntry(_("You pay, in percent")))
        self.show_fact(PensionArrangement(0, clock.today(), ""))

    def show_fact(self, fact: PensionArrangement) -> None:
        """Show what is known."""
        self.provider.set_value(fact.provider)
        self.from_day.set_value(fact.from_day)
        self.reference.set_value(fact.reference)
        self.group.set_value(fact.worker_group)
        self.contact.set_value(fact.contact)
        self.basis.set_value(PensionBasis(fact.basis))
        self.relief.set_value(PensionRelief(fact.relief))
        self.employee.set_value(fact.employee_percent)
        self.employer.set_value(fact.employer_percent)

    def fact(self) -> PensionArrangement:
        """Return what was typed."""
        return PensionArrangement(
            id=0,
            from_day=self.from_day.answer(),
            provider=self.provider.answer(),
            reference=self.reference.value(),
            worker_group=self.group.value(),
            contact=self.contact.value(),
            basis=self.basis.answer(),
            relief=self.relief.answer(),
            employee_percent=self.employee.answer(),
            employer_percent=self.employer.answer(),
        )


class DutyForm(Form):
    """Something the employer did about automatic enrolment."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = self.add("kind", ChoiceEntry(_("What"), names.pension_duties()))
        self.day = self.add("day", DateEntry(_("On which day")))
        self.note = self.add(
            "note",
            TextEntry(
                _("Anything to remember"),
                hint=_("For example the number the regulator gave you."),
                needed=False,
            ),
        )
        self.kind.set_value(PensionDutyKind.DECLARED)
        self.day.set_value(clock.today())
