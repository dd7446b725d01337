"""Somebody leaves: why and when, notice, redundancy pay, and what the last pay will have in it.

Each page is kept when it is finished, and can be gone back to until the last pay is final.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dpemployer import clock
from dpemployer.errors import EntryError
from dpemployer.i18n import _, hours_and_minutes, long_date, ngettext
from dpemployer.money import NOTHING, Money
from dpemployer.services.leaving_rows import Leaving, LeavingReason, LeavingState, NoticeBy
from ui.forms.leaving import (
    LastPayForm,
    NoticeForm,
    RedundancyForm,
    WhyForm,
    has_notice,
    is_redundancy,
)
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.notice import Notices
from ui.widgets.workings import WorkingsDialog
from ui.wizards.wizard import Step, Wizard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dpemployer.office import Office
    from dpemployer.services.leaving_rows import LeavingWorked
    from ui.operations import Operations
    from ui.widgets.form import Form


class Leaver:
    """The person these pages are about, and what is known so far of how they leave."""

    def __init__(self, employment_id: int, reason: LeavingReason, last_day: date) -> None:
        self.fact = Leaving(0, employment_id, reason, last_day, last_day)
        self.worked: LeavingWorked | None = None
        self.holiday_left = 0
        self.agreed: Money | None = None
        """Redundancy pay above what the law says, where that was agreed."""

    def take(self, state: LeavingState) -> None:
        """Take note of what the book says already."""
        self.holiday_left = state.holiday_left
        if state.leaving is not None:
            self.fact, self.worked = state.leaving, state.worked
            redundancy = state.worked.redundancy if state.worked is not None else None
            due = redundancy.amount if redundancy is not None else NOTHING
            if state.leaving.redundancy_pay > due:
                self.agreed = state.leaving.redundancy_pay


class _LeaverStep(Step):
    """A page about one leaver."""

    MAY_SKIP = False

    def __init__(self, leaver: Leaver, words: str, explained: str, form: Form) -> None:
        super().__init__(words, explained)
        self.leaver = leaver
        self.box.removeWidget(self.form)
        self.form.deleteLater()
        self.form = form
        self.box.addWidget(form)
        self.remember()

    def asked(self) -> Leaving:
        """Return what is known with the answers of this page.

        Raises:
            EntryError: If something typed cannot be right.
        """
        raise NotImplementedError

    def work(self, office: Office) -> Callable[[], Any]:
        fact, employment_id = self.asked(), self.leaver.fact.employment_id

        def keep() -> LeavingState:
            office.leavings.record(fact)
            return office.leavings.state(employment_id)

        return keep

    def kept(self, value: Any) -> None:
        self.leaver.take(value)


class WhyStep(_LeaverStep):
    """Why and when."""

    ID = "why"

    def __init__(self, leaver: Leaver) -> None:
        self._form = WhyForm()
        super().__init__(
            leaver,
            _("Why the job ends"),
            _(
                "Nothing is final yet: until the last pay is final you can change all of this, or "
                "take it back."
            ),
            self._form,
        )

    def question(self, office: Office) -> LeavingState:
        return office.leavings.state(self.leaver.fact.employment_id)

    def show_answer(self, answer: Any) -> None:
        self.leaver.take(answer)
        if answer.leaving is not None:
            self._form.show_fact(answer.leaving)
        else:
            self._form.last_day.set_value(self.leaver.fact.last_day)
            self._form.reason.set_value(self.leaver.fact.reason)

    def asked(self) -> Leaving:
        reason, last_day = self._form.reason.answer(), self._form.last_day.answer()
        fact = replace(self.leaver.fact, reason=reason, last_day=last_day)
        if not has_notice(reason):
            fact = replace(fact, notice_by=NoticeBy.NOBODY, notice_given_on=None, weeks_in_lieu=0)
        if fact.notice_given_on is not None and fact.notice_given_on > last_day:
            fact = replace(fact, notice_by=NoticeBy.NOBODY, notice_given_on=None)
        return replace(fact, redundancy_pay=NOTHING)


class NoticeStep(_LeaverStep):
    """Notice, both ways."""

    ID = "notice"

    def __init__(self, leaver: Leaver) -> None:
        self._form = NoticeForm()
        super().__init__(
            leaver,
            _("Notice"),
            _("The contract may ask for more notice than the law does. Then it counts."),
            self._form,
        )

    def wanted(self) -> bool:
        return has_notice(self.leaver.fact.reason)

    def take_focus(self) -> None:
        self._form.show_fact(self.leaver.fact)
        self.remember()
        self._form.law.setText(self._law())
        super().take_focus()

    def _law(self) -> str:
        worked = self.leaver.worked
        if worked is None:
            return ""
        by_them = ngettext(
            "By law they give {count} week of notice.",
            "By law they give {count} weeks of notice.",
            worked.employee_weeks,
        ).format(count=worked.employee_weeks)
        by_you = ngettext(
            "By law you give {count} week of notice when you end the job.",
            "By law you give {count} weeks of notice when you end the job.",
            worked.employer_weeks,
        ).format(count=worked.employer_weeks)
        ends = self.leaver.fact.reason in {LeavingReason.REDUNDANCY, LeavingReason.DISMISSED}
        return by_you if ends else by_them

    def asked(self) -> Leaving:
        form = self._form
        notice_by = form.notice_by.answer()
        weeks = form.in_lieu.read() or 0
        if weeks != int(weeks) or not 0 <= weeks <= 52:
            raise EntryError(
                what=_("“{weeks}” is not a number of weeks.").format(weeks=weeks),
                why=_("Notice is paid in whole weeks."),
                next_step=_("Type how many weeks are paid and not worked, such as 2."),
            )
        return replace(
            self.leaver.fact,
            notice_by=notice_by,
            notice_given_on=form.given_on.read() if notice_by is not NoticeBy.NOBODY else None,
            weeks_in_lieu=int(weeks),
            week_pay=form.week_pay.read() or NOTHING,
            redundancy_pay=NOTHING,
        )


class RedundancyStep(_LeaverStep):
    """Redundancy pay."""

    ID = "redundancy"

    def __init__(self, leaver: Leaver) -> None:
        self._form = RedundancyForm()
        super().__init__(
            leaver,
            _("Redundancy pay"),
            _(
                "It is due after two years, and is free of tax. Ask whoever pays the direct "
                "payment for it before you pay it."
            ),
            self._form,
        )
        self._how = button(_("How was this worked out?"), self._show_how)
        self._form.add_widget(ButtonRow(self._how))

    def wanted(self) -> bool:
        return is_redundancy(self.leaver.fact.reason)

    def take_focus(self) -> None:
        self._form.show_fact(self.leaver.fact)
        self._form.agreed.set_value(self.leaver.agreed)
        self.remember()
        self._say()
        super().take_focus()

    def _say(self) -> None:
        worked = self.leaver.worked
        self._how.setVisible(worked is not None)
        if worked is None or worked.redundancy is None:
            self._form.law.setText("")
            return
        redundancy = worked.redundancy
        said = (
            _("By law, as answered so far: {amount}, for service up to {day}.").format(
                amount=redundancy.amount, day=long_date(redundancy.relevant_date)
            )
            if redundancy.due
            else _("By law, as answered so far, no redundancy pay is due.")
        )
        self._form.law.setText(said)

    def _show_how(self) -> None:
        WorkingsDialog(_("Redundancy pay"), self.leaver.fact.workings, self).exec()

    def asked(self) -> Leaving:
        return replace(
            self.leaver.fact,
            employer_is=self._form.employer_is.answer(),
            redundancy_pay=self._form.agreed.read() or NOTHING,
        )

    def kept(self, value: Any) -> None:
        self.leaver.agreed = None
        super().kept(value)


class LastPayStep(_LeaverStep):
    """What the last pay will have in it."""

    ID = "last_pay"
    GO_ON = ""

    def __init__(self, leaver: Leaver) -> None:
        self._form = LastPayForm()
        super().__init__(leaver, _("The last pay"), "", self._form)
        self._notices = Notices()
        self._how = button(_("How was this worked out?"), self._show_how)
        self.box.addWidget(self._notices)
        self.box.addWidget(ButtonRow(self._how))

    def take_focus(self) -> None:
        self._form.recover.set_value(self.leaver.fact.recover_overtaken)
        self.remember()
        self._form.said.setText("\n".join(self._lines()))
        worked = self.leaver.worked
        self._how.setVisible(bool(self.leaver.fact.workings))
        if worked is not None:
            self._notices.show_findings(worked.findings)
        super().take_focus()

    def _lines(self) -> list[str]:
        fact, left = self.leaver.fact, self.leaver.holiday_left
        lines = [_("The last pay has the hours up to {day}.").format(day=long_date(fact.last_day))]
        if left > 0:
            lines.append(
                _("By the payslips so far, holiday of {time} is left, and is paid.").format(
                    time=hours_and_minutes(left)
                )
            )
        elif left < 0:
            lines.append(
                _("By the payslips so far, {time} too much holiday has been taken.").format(
                    time=hours_and_minutes(-left)
                )
            )
        if fact.weeks_in_lieu:
            lines.append(
                ngettext(
                    "{count} week of notice is paid at {pay} a week.",
                    "{count} weeks of notice are paid at {pay} a week.",
                    fact.weeks_in_lieu,
                ).format(count=fact.weeks_in_lieu, pay=fact.week_pay)
            )
        if fact.redundancy_pay:
            lines.append(
                _("Redundancy pay of {amount} is paid, free of tax.").format(
                    amount=fact.redundancy_pay
                )
            )
        lines.append(_("What is left to do is on the Leaving part of the page about them."))
        return lines

    def _show_how(self) -> None:
        WorkingsDialog(_("How they leave"), self.leaver.fact.workings, self).exec()

    def asked(self) -> Leaving:
        return replace(self.leaver.fact, recover_overtaken=self._form.recover.read())


def leaving_wizard(
    operations: Operations,
    office: Office,
    employment_id: int,
    name: str,
    *,
    reason: LeavingReason = LeavingReason.RESIGNED,
    last_day: date | None = None,
) -> Wizard:
    """Return the wizard for somebody who leaves."""
    leaver = Leaver(employment_id, reason, last_day or clock.today())
    return Wizard(
        operations,
        _("{name} is leaving").format(name=name),
        [WhyStep(leaver), NoticeStep(leaver), RedundancyStep(leaver), LastPayStep(leaver)],
        office=office,
    )
