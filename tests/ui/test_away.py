"""The part about time away: sickness in three questions, family leave guided, and its papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.away_rows import Bar, FamilyLeave, FamilyPay, Sickness
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, unnamed
from tests.ui.shown import Shown
from ui.forms.away import LeaveForm, SicknessForm
from ui.pages.people import PeoplePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from dpemployer.services.away_rows import TimeAwayDetail
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog

KINDS = [
    FamilyPay.SMP,
    FamilyPay.SPP,
    FamilyPay.SAP,
    FamilyPay.SHPP,
    FamilyPay.SPBP,
    FamilyPay.SNCP,
]


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    monkeypatch.setattr("dpemployer.services.time_away.today", lambda: FRIDAY)
    found = move_in(office)
    # Asha has worked here for long, and was paid 264.00 on each Friday before this book.
    employment = office.people.employment(found.asha, FRIDAY).employment
    office.people.change_employment(replace(employment, started_on=date(2024, 4, 1)))
    for number in range(12):
        day = date(2026, 4, 17) + timedelta(weeks=number)
        office.time_away.say_pay(found.asha, day, Money(264_00), "Old payslips")
    return found


@pytest.fixture
def shown(desk: Desk, household: Household, qtbot: QtBot) -> Shown[PeoplePage]:
    """The time away of Asha."""
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.show_what((household.asha, "away"))
    found.settle()
    return found


def _fill(**typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return fill


def _refused(said: list[str], **typed: str) -> Callable[[FormDialog], Any]:
    def fill(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    return fill


def _ask(shown: Shown[PeoplePage], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def _detail(office: Office, household: Household) -> TimeAwayDetail:
    return office.time_away.detail(household.asha, FRIDAY)


def _yes(dialog: Any) -> None:
    dialog.do_button.click()


def test_the_part_says_what_it_is_for_and_hides_nothing(shown: Shown[PeoplePage]) -> None:
    said = heard(shown.page)
    assert "No sickness is recorded." in said
    assert "No family leave is recorded." in said
    assert "Nothing is missing." in said
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


@pytest.mark.parametrize("percent", [200, 300])
def test_nothing_is_cut_off_in_large_text(
    desk: Desk,
    office: Office,
    household: Household,
    qtbot: QtBot,
    text_size: Callable[[int], None],
    percent: int,
) -> None:
    text_size(percent)
    office.time_away.record_sickness(
        Sickness(0, household.asha, date(2026, 7, 6), date(2026, 7, 8)), "01234"
    )
    office.time_away.record_leave(
        FamilyLeave(0, household.asha, FamilyPay.SMP, expected_on=date(2026, 10, 5)),
        date(2026, 7, 27),
        39,
    )
    found = Shown(PeoplePage(desk), desk, qtbot)
    found.page.resize(1280, 900)

    found.page.show_what((household.asha, "away"))
    found.settle()

    qtbot.waitUntil(lambda: cut_off(found.page.person.away) == [])  # laid out in turns
    assert unnamed(found.page) == []


@pytest.mark.parametrize("percent", [100, 300])
def test_nothing_is_cut_off_in_the_forms(
    qtbot: QtBot, text_size: Callable[[int], None], percent: int
) -> None:
    text_size(percent)
    leave = LeaveForm()
    leave.kind.set_value(FamilyPay.SNCP)
    forms: tuple[QWidget, ...] = (SicknessForm("024"), leave)
    for form in forms:
        qtbot.addWidget(form)
        form.resize(1000, 2400 * percent // 100)
        form.show()
    qtbot.waitUntil(lambda: [cut_off(form) for form in forms] == [[], []])
    assert [unnamed(form) for form in forms] == [[], []]


def test_sickness_is_recorded_in_three_answers(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.sick",
        _fill(first_day="6/7/2026", last_day="8/7/2026", weekdays="01234"),
    )

    # Three of five days of 123.25.
    (row,) = _detail(office, household).sick
    assert (row.due, row.days_paid) == (Money(73_95), 3)
    said = heard(shown.page)
    assert "Sick pay so far: £73.95" in said
    assert "How it stands: 3 days of sick pay: £73.95" in said
    assert "Monday, Tuesday, Wednesday, Thursday, Friday" in said


def test_the_days_agreed_before_are_proposed(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.days", _fill(from_day="6/7/2026", weekdays="024"))
    proposed: list[str] = []

    def look(dialog: FormDialog) -> None:
        proposed.append(dialog.form.typed()["weekdays"])
        dialog.form.restore({"first_day": "8/7/2026"})
        dialog.save()

    _ask(shown, "person.sick", look)

    assert proposed == ["024"]
    detail = _detail(office, household)
    assert [row.fact.last_day for row in detail.sick] == [None]
    assert [each.weekdays for each in detail.agreed] == ["024"]


def test_what_cannot_be_is_said_where_it_is_typed_and_by_the_office(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []
    _ask(shown, "person.sick", _refused(said, first_day="6/7/2026"))
    assert "No day is chosen" in said[0]

    def before_the_job(dialog: FormDialog) -> None:
        dialog.form.restore({"first_day": "31/3/2024", "last_day": "1/4/2024", "weekdays": "0"})
        dialog.save()
        shown.settle()
        said.append(heard(dialog))
        dialog.opened_as()
        dialog.reject()

    _ask(shown, "person.sick", before_the_job)
    assert "31 March 2024 is before the job began." in said[1]
    assert _detail(office, household).sick == ()


def test_an_absence_is_changed_noted_explained_printed_and_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.sick", _fill(first_day="29/6/2026", weekdays="01234"))
    table = shown.page.person.away.sick
    said: list[str] = []

    def look(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.accept()

    def look_at_working(dialog: Any) -> None:
        said.append(dialog.findChild(QPlainTextEdit).toPlainText())
        dialog.accept()

    def choose() -> None:
        table.select(lambda _row: True)

    choose()
    _ask(shown, "person.sick.note", _fill(from_day="6/7/2026", to_day="19/7/2026"))
    choose()
    _ask(shown, "person.sick.change", _fill(last_day="9/7/2026"))
    assert "Fit note:" in heard(shown.page)
    choose()
    _ask(shown, "person.sick.explain", look_at_working)
    _ask(shown, "person.sick.paper", look)
    _ask(shown, "person.sick.note.remove", _yes)
    assert "Fit note:" not in heard(shown.page)
    choose()
    _ask(shown, "person.sick.remove", _yes)

    assert "80% of the average of £264.00 is £211.20" in said[0]
    assert "Statement of Statutory Sick Pay" in said[1]
    assert "Asha Khan" in said[1]
    assert _detail(office, household).sick == ()


def test_the_days_of_an_absence_are_shown_again(qtbot: QtBot) -> None:
    form = SicknessForm()
    qtbot.addWidget(form)
    sickness = Sickness(
        3,
        1,
        date(2026, 7, 6),
        date(2026, 7, 7),
        Bar.ESA,
        date(2026, 7, 8),
        Money(100_00),
        "Flu",
    )

    form.show_fact(sickness, "01")

    assert form.fact(1, 3) == sickness
    assert form.days() is None
    form.weekdays.set_value("012")
    assert form.days() == "012"


# ── family leave ──


@pytest.mark.parametrize(
    ("kind", "asks", "asks_not"),
    [
        (FamilyPay.SMP, ("Day the baby is due", "More pay in the weeks"), ("told of the match",)),
        (FamilyPay.SAP, ("told of the match", "comes to live with them"), ("baby is due",)),
        (FamilyPay.SPP, ("A birth or an adoption", "Day the baby is due"), ("neonatal care",)),
        (FamilyPay.SHPP, ("The other parent meets the test",), ("Whole days in neonatal care",)),
        (FamilyPay.SPBP, ("Day of the death or stillbirth",), ("Day the baby is due",)),
        (FamilyPay.SNCP, ("Day neonatal care began", "Whole days in"), ("told of the match",)),
    ],
)
def test_only_what_counts_for_its_kind_is_asked(
    qtbot: QtBot, kind: FamilyPay, asks: tuple[str, ...], asks_not: tuple[str, ...]
) -> None:
    form = LeaveForm()
    qtbot.addWidget(form)
    form.show()
    assert "First day of leave" not in heard(form)

    form.kind.set_value(kind)
    said = heard(form)

    assert all(words in said for words in asks)
    assert not any(words in said for words in asks_not)
    assert "First day of leave" in said


def test_maternity_leave_is_recorded_looked_at_and_printed(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    said: list[str] = []
    _ask(
        shown,
        "person.family",
        _fill(kind="0", expected_on="5/10/2026", first_day="27/7/2026", weeks="39", proof="MATB1"),
    )

    (row,) = _detail(office, household).leaves
    assert (row.fact.kind, row.entitled, row.weeks) == (FamilyPay.SMP, True, 39)
    assert "6 of them at £237.60 a week" in heard(shown.page)
    table = shown.page.person.away.leaves
    table.select(lambda _row: True)

    def look(dialog: PdfDialog) -> None:
        said.append(dialog.text.toPlainText())
        dialog.accept()

    def look_at_working(dialog: Any) -> None:
        said.append(dialog.findChild(QPlainTextEdit).toPlainText())
        dialog.accept()

    _ask(shown, "person.family.explain", look_at_working)
    _ask(shown, "person.family.paper", look)
    _ask(shown, "person.family.weeks", _fill(weeks="30"))
    table.select(lambda _row: True)
    _ask(shown, "person.family.change", _fill(happened_on="1/8/2026", proof="MATB1 and letter"))

    assert "26 weeks" in said[0]
    assert "£194.32" in said[1]
    (row,) = _detail(office, household).leaves
    assert (row.weeks, row.fact.proof) == (30, "MATB1 and letter")
    assert row.fact.happened_on == date(2026, 8, 1)
    table.select(lambda _row: True)
    _ask(shown, "person.family.remove", _yes)
    assert _detail(office, household).leaves == ()


def test_paternity_leave_may_be_two_weeks_apart(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.family",
        _fill(
            kind="1",
            expected_on="5/10/2026",
            happened_on="1/10/2026",
            first_day="5/10/2026",
            weeks="1",
        ),
    )
    shown.page.person.away.leaves.select(lambda _row: True)
    _ask(shown, "person.family.more", _fill(first_day="2/11/2026", weeks="1"))

    (row,) = _detail(office, household).leaves
    assert [block.first_day for block in row.blocks] == [date(2026, 10, 5), date(2026, 11, 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_leave_is_shown_again_as_it_was_typed(qtbot: QtBot, kind: FamilyPay) -> None:
    adoption = kind is FamilyPay.SAP
    form = LeaveForm(new=False)
    qtbot.addWidget(form)
    form.show()
    shown_first = LeaveForm()
    qtbot.addWidget(shown_first)
    shown_first.kind.set_value(kind)
    leave = replace(
        shown_first_fact(kind, adoption=adoption), id=4, proof="A paper", usual_week=Money(100_00)
    )

    form.show_fact(leave)

    assert form.fact(1) == leave
    assert not form.first_day.isVisibleTo(form)


def shown_first_fact(kind: FamilyPay, *, adoption: bool) -> FamilyLeave:
    due = kind not in {FamilyPay.SAP, FamilyPay.SPBP}
    return FamilyLeave(
        id=0,
        employment_id=1,
        kind=kind,
        because=_because(adoption=adoption),
        expected_on=date(2026, 10, 5) if due else None,
        happened_on=date(2026, 10, 1),
        matched_on=date(2026, 9, 1) if adoption else None,
        care_days=14 if kind is FamilyPay.SNCP else None,
    )


def _because(*, adoption: bool) -> Any:
    from dpemployer.services.away_rows import Because  # noqa: PLC0415 - this helper alone

    return Because.ADOPTION if adoption else Because.BIRTH


# ── working days, and pay before the book ──


def test_days_agreed_by_mistake_are_taken_out(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(shown, "person.days", _fill(from_day="6/7/2026", weekdays="024", one_week="yes"))
    assert "Week of 5 July 2026 only" in heard(shown.page)
    shown.page.person.away.agreed.select(lambda _row: True)
    _ask(shown, "person.days.remove", _yes)

    assert _detail(office, household).agreed == ()


def test_pay_that_is_missing_is_asked_for_payday_by_payday(
    shown: Shown[PeoplePage], office: Office, household: Household
) -> None:
    _ask(
        shown,
        "person.sick",
        _fill(first_day="20/4/2026", last_day="21/4/2026", weekdays="01234"),
    )
    away = shown.page.person.away
    assert len(away.missing.model.rows) == 7
    for _payday in range(7):
        away.missing.select(lambda _row: True)
        _ask(shown, "person.earlier", _fill(pay="100", source="Old payslips"))

    # Seven of 100 and one of 264 are 120.50 a week; 80% is 96.40, two fifths of it 38.56.
    assert _detail(office, household).sick[0].due == Money(38_56)
    assert "Nothing is missing." in heard(shown.page)


def test_home_asks_for_the_fit_note(office: Office, household: Household) -> None:
    office.time_away.record_sickness(Sickness(0, household.asha, date(2026, 6, 29)), "01234")

    says = [thing.says for thing in office.agenda.things(FRIDAY)]

    assert any("Ask Asha Khan for a fit note from 6 July 2026 on" in each for each in says)
