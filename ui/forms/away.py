"""What is asked about time away: sickness in three questions, and leave for a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.money import NOTHING
from dpemployer.services.away_rows import (
    AgreedDays,
    Bar,
    Because,
    FamilyLeave,
    FamilyPay,
    FitNote,
    LeaveBlock,
    Sickness,
)
from ui import away_names as names
from ui.widgets.choice_entry import ChoiceEntry
from ui.widgets.entries import DateEntry, MoneyEntry, NumberEntry, TextEntry, TickEntry
from ui.widgets.form import Form
from ui.widgets.weekdays import WeekdaysEntry
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import date


class SicknessForm(Form):
    """One absence: when it began, when it ended, and on which days they would have worked."""

    def __init__(self, weekdays: str = "") -> None:
        super().__init__()
        self.first_day = self.add(
            "first_day",
            DateEntry(
                _("First day they were too ill to work"),
                hint=_("A day with any work on it is not a day of sickness."),
            ),
        )
        self.last_day = self.add(
            "last_day",
            DateEntry(
                _("Last day they were ill"),
                hint=_("Left empty while it goes on. Days off count too."),
                needed=False,
            ),
        )
        self.weekdays = self.add(
            "weekdays",
            WeekdaysEntry(
                _("Days they would have worked in that week"),
                hint=_(
                    "Sick pay for a week is shared by these days. Where the days change, agree "
                    "each week by itself under “Working days”."
                ),
            ),
        )
        self.weekdays.set_value(weekdays)
        self.add_heading(_("Only if it applies"))
        self.bar = self.add(
            "bar",
            ChoiceEntry(_("On the first day"), names.bars(), as_list=True),
        )
        self.bar.set_value(Bar.NONE)
        self.self_certified_on = self.add(
            "self_certified_on",
            DateEntry(
                _("Day they gave you their own statement"),
                hint=_("For up to seven days their own word is enough. Form SC2 is one way."),
                needed=False,
            ),
        )
        self.usual_week = self.add(
            "usual_week",
            MoneyEntry(
                _("Pay agreed for a usual week"),
                hint=_("Asked only if they had not been paid yet when they fell ill."),
                needed=False,
            ),
        )
        self.note = self.add("note", TextEntry(_("A note for yourself"), needed=False))
        self._days = weekdays

    def show_fact(self, sickness: Sickness, weekdays: str) -> None:
        """Show what is known."""
        self.first_day.set_value(sickness.first_day)
        self.last_day.set_value(sickness.last_day)
        self.weekdays.set_value(weekdays)
        self.bar.set_value(sickness.bar)
        self.self_certified_on.set_value(sickness.self_certified_on)
        self.usual_week.set_value(sickness.usual_week)
        self.note.set_value(sickness.note)
        self._days = weekdays

    def fact(self, employment_id: int, sickness_id: int = 0) -> Sickness:
        """Return what was typed."""
        return Sickness(
            id=sickness_id,
            employment_id=employment_id,
            first_day=self.first_day.answer(),
            last_day=self.last_day.read(),
            bar=self.bar.answer(),
            self_certified_on=self.self_certified_on.read(),
            usual_week=self.usual_week.read(),
            note=self.note.read() or "",
        )

    def days(self) -> str | None:
        """Return the working days, where they are not those agreed already."""
        chosen = self.weekdays.answer()
        return None if chosen == self._days else chosen


class FitNoteForm(Form):
    """A fit note: the days it is for."""

    def __init__(self) -> None:
        super().__init__()
        self.from_day = self.add("from_day", DateEntry(_("First day on the fit note")))
        self.to_day = self.add(
            "to_day",
            DateEntry(
                _("Last day on the fit note"),
                hint=_("If it says a number of weeks, count them from the first day."),
            ),
        )

    def fact(self, sickness_id: int) -> FitNote:
        """Return what was typed."""
        return FitNote(0, sickness_id, self.from_day.answer(), self.to_day.answer())


class AgreedDaysForm(Form):
    """Working days agreed for one week, or from a week on."""

    def __init__(self, weekdays: str = "") -> None:
        super().__init__()
        self.from_day = self.add(
            "from_day",
            DateEntry(
                _("A day in the first week"),
                hint=_("The law counts weeks from Sunday to Saturday."),
            ),
        )
        self.from_day.set_value(clock.today())
        self.weekdays = self.add("weekdays", WeekdaysEntry(_("Working days")))
        self.weekdays.set_value(weekdays)
        self.one_week = self.add(
            "one_week",
            TickEntry(_("For this week only"), hint=_("Where the days change from week to week.")),
        )

    def fact(self, employment_id: int) -> AgreedDays:
        """Return what was typed."""
        return AgreedDays(
            0,
            employment_id,
            self.from_day.answer(),
            self.weekdays.answer(),
            one_week=self.one_week.read(),
        )


class EarlierPayForm(Form):
    """What was paid on one payday before this book."""

    def __init__(self, pay_date: date) -> None:
        super().__init__()
        self.pay = self.add(
            "pay",
            MoneyEntry(
                _("Pay on that payday, before anything was taken off"),
                hint=_("Type 0 if nothing was paid. Mileage and costs given back are not pay."),
            ),
        )
        self.source = self.add(
            "source",
            TextEntry(
                _("Where you have it from"), hint=_("An old payslip, for example."), needed=False
            ),
        )
        self.pay_date = pay_date


class LeaveForm(Form):
    """Leave for a family. What its kind does not hang on is not asked."""

    def __init__(self, *, new: bool = True) -> None:
        super().__init__()
        self.kind = self.add("kind", ChoiceEntry(_("What it is for"), names.kinds(), as_list=True))
        self._about = Words("", "quiet")
        self.add_widget(self._about)
        self.because = self.add(
            "because", ChoiceEntry(_("A birth or an adoption"), names.becauses())
        )
        self.because.set_value(Because.BIRTH)
        self.expected_on = self.add(
            "expected_on", DateEntry(_("Day the baby is due"), hint=_("As form MATB1 says it."))
        )
        self.matched_on = self.add("matched_on", DateEntry(_("Day they were told of the match")))
        self.happened_on = self.add("happened_on", DateEntry(_("Day of the birth"), needed=False))
        self.care_days = self.add(
            "care_days",
            NumberEntry(_("Whole days in neonatal care"), hint=_("Seven or more in a row.")),
        )
        self.partner = self.add(
            "partner", TickEntry(_("The other parent meets the test for shared pay"))
        )
        self.first_day = self.add("first_day", DateEntry(_("First day of leave")))
        self.weeks = self.add("weeks", NumberEntry(_("Weeks of leave with pay")))
        self.add_heading(_("Papers"), _("They can be filled in later."))
        self.notice_on = self.add("notice_on", DateEntry(_("Day they asked"), needed=False))
        self.proof = self.add(
            "proof", TextEntry(_("Paper that shows the right to it"), needed=False, wide=30)
        )
        self.proof_on = self.add("proof_on", DateEntry(_("Day you were given it"), needed=False))
        self.add_heading(_("Only if it applies"))
        self.pay_rise = self.add(
            "pay_rise",
            MoneyEntry(
                _("More pay in the weeks that count, from a later rise"),
                hint=_(
                    "For maternity pay. If their rate goes up before the leave ends, work out what "
                    "more the eight weeks would have paid."
                ),
                needed=False,
            ),
        )
        self.usual_week = self.add(
            "usual_week",
            MoneyEntry(
                _("Pay agreed for a usual week"),
                hint=_("Asked only if they had not been paid yet."),
                needed=False,
            ),
        )
        self._new = new
        self._known: FamilyLeave | None = None
        self.kind.edited.connect(self._ask_what_counts)
        self.because.edited.connect(self._ask_what_counts)
        self._ask_what_counts()

    def show_fact(self, leave: FamilyLeave) -> None:
        """Show what is known. Its weeks are changed by themselves."""
        self._known = leave
        self.kind.set_value(leave.kind)
        self.because.set_value(leave.because)
        self.expected_on.set_value(leave.expected_on)
        self.matched_on.set_value(leave.matched_on)
        self.happened_on.set_value(leave.happened_on)
        if leave.care_days is not None:
            self.care_days.set_text(str(leave.care_days))
        self.partner.set_value(leave.partner_qualifies)
        self.notice_on.set_value(leave.notice_on)
        self.proof.set_value(leave.proof)
        self.proof_on.set_value(leave.proof_on)
        self.pay_rise.set_value(leave.pay_rise or None)
        self.usual_week.set_value(leave.usual_week)
        self._ask_what_counts()

    def fact(self, employment_id: int) -> FamilyLeave:
        """Return what was typed."""
        kind = self.kind.answer()
        adoption = self._is_adoption(kind)
        asked_due = not adoption and kind is not FamilyPay.SPBP
        care = self.care_days.read() if kind is FamilyPay.SNCP else None
        return FamilyLeave(
            id=self._known.id if self._known else 0,
            employment_id=employment_id,
            kind=kind,
            because=Because.ADOPTION if adoption else Because.BIRTH,
            expected_on=self.expected_on.read() if asked_due else None,
            happened_on=self.happened_on.read(),
            matched_on=self.matched_on.read() if adoption else None,
            care_days=None if care is None else int(care),
            partner_qualifies=kind is not FamilyPay.SHPP or self.partner.read(),
            proof=self.proof.read() or "",
            proof_on=self.proof_on.read(),
            notice_on=self.notice_on.read(),
            pay_rise=(self.pay_rise.read() or NOTHING) if kind is FamilyPay.SMP else NOTHING,
            usual_week=self.usual_week.read(),
        )

    def _is_adoption(self, kind: FamilyPay | None) -> bool:
        if kind is FamilyPay.SAP:
            return True
        chosen = kind in names.BIRTH_OR_ADOPTION and self.because.value() is Because.ADOPTION
        return bool(chosen)

    def _ask_what_counts(self) -> None:
        kind = self.kind.value()
        adoption = self._is_adoption(kind)
        due = kind is not None and not adoption and kind is not FamilyPay.SPBP
        self._about.setText("" if kind is None else names.about(kind))
        self.because.setVisible(kind in names.BIRTH_OR_ADOPTION)
        self.expected_on.setVisible(due)
        self.expected_on.needed = kind is not FamilyPay.SNCP
        self.matched_on.setVisible(adoption)
        self.happened_on.setVisible(kind is not None)
        self.happened_on.needed = adoption or kind in {FamilyPay.SPBP, FamilyPay.SNCP}
        happened = names.happened(kind, adoption=adoption)
        if not self.happened_on.needed:
            happened = _("{label} (if it is known)").format(label=happened)
        self.happened_on.rename(happened)
        self.care_days.setVisible(kind is FamilyPay.SNCP)
        self.partner.setVisible(kind is FamilyPay.SHPP)
        self.pay_rise.setVisible(kind is FamilyPay.SMP)
        for entry in (self.first_day, self.weeks):
            entry.setVisible(self._new and kind is not None)


class BlockForm(Form):
    """Whole weeks of a leave in a row."""

    def __init__(self) -> None:
        super().__init__()
        self.first_day = self.add("first_day", DateEntry(_("First day of leave")))
        self.weeks = self.add("weeks", NumberEntry(_("Weeks of leave with pay")))

    def show_fact(self, block: LeaveBlock) -> None:
        """Show what is known."""
        self.first_day.set_value(block.first_day)
        self.weeks.set_text(str(block.weeks))

    def fact(self, leave_id: int, block_id: int = 0) -> LeaveBlock:
        """Return what was typed."""
        return LeaveBlock(block_id, leave_id, self.first_day.answer(), int(self.weeks.answer()))
