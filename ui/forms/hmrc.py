"""What is asked about telling HMRC: when it was done, about a job, about the allowance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dpemployer import clock
from dpemployer.i18n import _
from dpemployer.services.hmrc_rows import (
    AllowanceAnswer,
    HoursBand,
    HowTold,
    ReportedJob,
    ReportKind,
)
from ui.models.hmrc import how_told
from ui.widgets.entries import ChoiceEntry, DateEntry, MoneyEntry, TextEntry, TickEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from dpemployer.services.hmrc_rows import JobRow, ReportRow, Told


class TellForm(Form):
    """When something was told, by whom and how."""

    def __init__(self, row: ReportRow, who: str) -> None:
        super().__init__()
        self.told_on = self.add("told_on", DateEntry(_("The day it was done")))
        self.told_by = self.add("told_by", TextEntry(_("Who did it")))
        self.how = self.add("how", ChoiceEntry(_("How it was done"), how_told(), as_list=True))
        self.reference = self.add(
            "reference",
            TextEntry(
                _("What came back"),
                hint=_("The receipt’s number, if there was one."),
                needed=False,
            ),
        )
        self.note = self.add("note", TextEntry(_("Note"), needed=False))
        self.final: TickEntry | None = None
        if row.kind in {ReportKind.PAYDAY, ReportKind.MONTH}:
            self.final = self.add(
                "final",
                TickEntry(
                    _("It said that it was the last report of the tax year"),
                    hint=_("Only once a year, with or after the last payday."),
                ),
            )
            self.final.set_value(row.final)
        self.told_on.set_value(clock.today())
        self.told_by.set_value(who)
        self.how.set_value(
            {ReportKind.QUARTER: HowTold.PAPER, ReportKind.P60: HowTold.BY_HAND}.get(
                row.kind, HowTold.BASIC_PAYE_TOOLS
            )
        )

    def show_fact(self, fact: Told) -> None:
        """Show what was ticked."""
        self.told_on.set_value(fact.told_on)
        self.told_by.set_value(fact.told_by)
        self.how.set_value(fact.how)
        self.reference.set_value(fact.reference)
        self.note.set_value(fact.note)
        if self.final is not None:
            self.final.set_value(fact.final)

    def is_final(self) -> bool:
        """Whether it said that it was the last of the year."""
        return self.final is not None and bool(self.final.read())

    def changed(self, told: Told) -> Told:
        """Return what was ticked, as it is typed now."""
        return replace(
            told,
            told_on=self.told_on.answer(),
            told_by=self.told_by.answer(),
            how=self.how.answer(),
            reference=self.reference.value(),
            note=self.note.value(),
            final=told.final if self.final is None else self.is_final(),
        )


class ReportedJobForm(Form):
    """What HMRC asks about a job beside its terms."""

    def __init__(self, row: JobRow) -> None:
        super().__init__()
        self._job = row.job
        self.sex: ChoiceEntry[str] = self.add(
            "sex",
            ChoiceEntry(
                _("Male or female, as HMRC has them on record"),
                [("F", _("Female")), ("M", _("Male")), ("", _("Not known yet"))],
                hint=_("HMRC takes no other answer here. Ask the person."),
            ),
        )
        bands: list[tuple[HoursBand | None, str]] = [
            (None, _("As the contracted hours say")),
            (HoursBand.A, _("A: up to 15.99 hours")),
            (HoursBand.B, _("B: 16 to 23.99 hours")),
            (HoursBand.C, _("C: 24 to 29.99 hours")),
            (HoursBand.D, _("D: 30 hours or more")),
            (HoursBand.E, _("E: no regular hours")),
        ]
        self._bands = [band for band, _words in bands]
        self.band: ChoiceEntry[int] = self.add(
            "band",
            ChoiceEntry(
                _("Normal hours a week"),
                [(place, words) for place, (_band, words) in enumerate(bands)],
                hint=_("What they are expected to work, not the hours of one payday."),
                as_list=True,
            ),
        )
        self.irregular = self.add(
            "irregular",
            TickEntry(
                _("They work now and then, or may be unpaid for three months or longer"),
                hint=_("HMRC is told each time, so that it does not close the job."),
            ),
        )
        self.statement: ChoiceEntry[str] = self.add(
            "statement",
            ChoiceEntry(
                _("Starter statement, if they brought a P45"),
                [
                    ("A", _("A: their first job since 6 April, and no benefits or pension")),
                    ("B", _("B: now their only job, but they had another or benefits")),
                    ("C", _("C: they have another job or a pension")),
                    ("", _("Said already, or not known yet")),
                ],
            ),
        )
        self.sex.set_value(row.job.sex)
        self.statement.set_value(row.job.statement)
        self.band.set_value(self._bands.index(row.job.hours_band))
        self.irregular.set_value(row.job.irregular)

    def fact(self) -> ReportedJob:
        """Return what was answered."""
        return replace(
            self._job,
            sex=self.sex.answer(),
            hours_band=self._bands[self.band.answer()],
            irregular=bool(self.irregular.read()),
            statement=self.statement.answer(),
        )


class AllowanceForm(Form):
    """The Employment Allowance, asked in plain words."""

    def __init__(self, answer: AllowanceAnswer | None, who: str) -> None:
        super().__init__()
        self.needs_care = self._ask(
            "needs_care",
            _("Does somebody need the help because of age, illness, disability or dependence?"),
            _("Old age, disability or illness of body or mind, alcohol or drugs; now or before."),
        )
        self.only_care = self._ask(
            "only_care",
            _("Is everything your workers do for that person?"),
            _(
                "Cooking and cleaning as part of their support count. Work for others in the home, "
                "such as a cleaner or gardener for everybody, does not."
            ),
        )
        self.connected = self._ask(
            "connected",
            _("Do you also have a business with workers, or are you connected with one?"),
            _("Connected employers have one allowance between them."),
        )
        self.claimed_elsewhere = self._ask(
            "claimed_elsewhere",
            _("Do you claim the allowance on another PAYE scheme?"),
            "",
        )
        self.answered_by = self.add("answered_by", TextEntry(_("Who answers")))
        self.answered_by.set_value(answer.answered_by if answer else who)
        if answer is not None:
            self.needs_care.set_value(answer.needs_care)
            self.only_care.set_value(answer.only_care)
            self.connected.set_value(answer.connected)
            self.claimed_elsewhere.set_value(answer.claimed_elsewhere)

    def _ask(self, name: str, words: str, hint: str) -> ChoiceEntry[bool]:
        entry: ChoiceEntry[bool] = ChoiceEntry(
            words, [(True, _("Yes")), (False, _("No"))], hint=hint
        )
        return self.add(name, entry)

    def fact(self, tax_year: str) -> AllowanceAnswer:
        """Return what was answered."""
        return AllowanceAnswer(
            0,
            tax_year,
            clock.today(),
            needs_care=self.needs_care.answer(),
            only_care=self.only_care.answer(),
            connected=self.connected.answer(),
            claimed_elsewhere=self.claimed_elsewhere.answer(),
            answered_by=self.answered_by.answer(),
        )


class NiOfYearForm(Form):
    """All National Insurance of a year that is not whole in this book."""

    def __init__(self) -> None:
        super().__init__()
        self.total = self.add(
            "total",
            MoneyEntry(
                _("All Class 1 National Insurance of the year"),
                hint=_("Yours and theirs together, before any Employment Allowance."),
            ),
        )
        self.source = self.add(
            "source",
            TextEntry(_("Where it comes from"), hint=_("For example the P32s of that year.")),
        )
