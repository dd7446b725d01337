"""Pensions on the screen: where somebody stands in words, what comes next, and what is done."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from dpemployer import clock
from dpemployer.errors import OutsideError
from dpemployer.services.pension_rows import (
    EnrolmentKind,
    PensionArrangement,
    PensionDutyKind,
    PensionPosition,
)
from tests.ui.household import FRIDAY, Household, move_in
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from tests.ui.shown import Shown
from ui import files
from ui.pages.home import HomePage
from ui.pages.pay import PayPage
from ui.pages.people import PeoplePage
from ui.pages.settings import SettingsPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.desk import Desk
    from ui.dialogs.form_dialog import FormDialog
    from ui.dialogs.pdf_view import PdfDialog
    from ui.widgets.workings import WorkingsDialog

NEST = PensionArrangement(
    0, date(2026, 6, 1), "NEST", "EMP000123456", contact="www.nestpensions.org.uk"
)
MONDAY = date(2026, 7, 6)
"""The first day of the pay period that holds the payday, in which Asha is assessed."""


@pytest.fixture
def household(office: Office, monkeypatch: pytest.MonkeyPatch) -> Household:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)
    for module in ("pensions", "pension_duties"):
        monkeypatch.setattr(f"dpemployer.services.{module}.today", lambda: FRIDAY)
    return move_in(office)


@pytest.fixture
def enrolled(office: Office, household: Household) -> int:
    """Asha, enrolled by the payday of 10 July; the id of her pay run."""
    office.pensions.set_arrangement(NEST)
    return pay(office, household)


def pay(office: Office, household: Household) -> int:
    office.timesheets.approve(household.timesheet, "Jo Marsh", FRIDAY)
    row = next(each for each in office.pay_runs.due(FRIDAY) if each.people[0][0] == household.asha)
    run = office.pay_runs.draft(row.frequency, row.first_day, row.last_day, row.pay_date)
    office.pay_runs.finalise(run)
    return run


def pension_of(desk: Desk, employment: int, qtbot: QtBot) -> Shown[PeoplePage]:
    shown = Shown(PeoplePage(desk), desk, qtbot)
    shown.page.show_employment(employment, "pension")
    shown.settle()
    return shown


def fill(**typed: str) -> Callable[[FormDialog], Any]:
    def does(dialog: FormDialog) -> None:
        dialog.form.restore(typed)
        dialog.save()

    return does


def ask(shown: Shown[Any], name: str, *does: Callable[[Any], object]) -> None:
    shown.asks(shown.page.commands.action(name).trigger, *does)


def can(shown: Shown[Any], name: str) -> bool:
    return bool(shown.page.commands.action(name).isEnabled())


# ── one person ──


def test_where_somebody_stands_is_said_in_words_with_what_is_due(
    desk: Desk, household: Household, enrolled: int, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)

    said = heard(shown.page)
    assert enrolled
    assert "In the pension with NEST since 6 July 2026." in said
    assert "Give Asha Khan the letter about being enrolled. By 16 August 2026." in said
    assert "Tell NEST about Asha Khan, and record the day they were made a member." in said
    assert "What happened: Enrolled, as the law asks." in said
    assert unnamed(shown.page) == []
    assert cut_off(shown.page) == []


def test_before_any_payday_it_says_so(desk: Desk, household: Household, qtbot: QtBot) -> None:
    shown = pension_of(desk, household.ben, qtbot)

    said = heard(shown.page)
    assert "Not assessed yet: no payday has been done." in said
    assert can(shown, "person.pension.opt_in")
    assert not can(shown, "person.pension.opt_out")
    assert not can(shown, "person.pension.letter")


def test_the_letter_is_looked_at_given_and_the_month_begins(
    desk: Desk, household: Household, enrolled: int, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)
    read: list[str] = []

    def look(dialog: PdfDialog) -> None:
        read.append(dialog.text.toPlainText())
        dialog.accept()

    ask(shown, "person.pension.letter", look)
    ask(shown, "person.pension.letter.large", look)
    ask(shown, "person.pension.told", fill(day="10/7/2026"))
    ask(shown, "person.pension.made_member", fill(last_day="9/7/2026"))

    assert enrolled
    assert "You are in a workplace pension" in read[0]
    assert len(read) == 2
    said = heard(shown.page)
    assert "They may opt out until 9 August 2026." in said
    assert "Was given the letter about being enrolled." in said
    assert not can(shown, "person.pension.made_member")


def test_opting_out_too_early_is_refused_and_what_was_typed_stays(
    desk: Desk, household: Household, enrolled: int, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)
    said: list[str] = []

    def try_it(dialog: FormDialog) -> None:
        dialog.form.restore({"last_day": "9/7/2026"})
        dialog.save()
        shown.settle()
        said.append(heard(dialog))
        dialog.form.restore({"last_day": "9/7/2026"})
        dialog.opened_as()
        dialog.reject()

    ask(shown, "person.pension.opt_out", try_it)

    assert enrolled
    assert "The month in which Asha Khan can opt out has not begun." in said[0]
    assert "Record both days first, then the opt-out." in said[0]


def test_an_opt_out_says_what_is_given_back(
    desk: Desk, office: Office, household: Household, enrolled: int, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)
    ask(shown, "person.pension.told", fill(day="8/7/2026"))
    ask(shown, "person.pension.made_member", fill(last_day="8/7/2026"))

    ask(shown, "person.pension.opt_out", fill(last_day="10/7/2026"))

    said = heard(shown.page)
    assert enrolled
    assert "Opted out on 10 July 2026." in said
    assert "taken for the pension. By 9 August 2026." in said
    standing = office.pensions.standing(household.asha, FRIDAY)
    assert standing.position is PensionPosition.OPTED_OUT
    ask(shown, "person.pension.how", lambda dialog: dialog.accept())


def test_enrolment_is_put_off_from_a_day_the_law_names(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)

    ask(shown, "person.pension.postpone", fill(until="20/9/2026"))

    said = heard(shown.page)
    assert "Put off until 20 September 2026." in said
    standing = office.pensions.standing(household.asha, FRIDAY)
    assert standing.position is PensionPosition.POSTPONED
    shown.page.person.pension.happened.select(lambda _row: True)
    shown.do("person.pension.take_out")
    assert office.pensions.standing(household.asha, FRIDAY).events == ()


def test_when_it_is_too_late_to_put_off_it_says_why(
    desk: Desk, household: Household, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 9, 30))
    shown = pension_of(desk, household.ben, qtbot)

    shown.do("person.pension.postpone")

    assert any("Enrolment cannot be put off now." in said for said in shown.said)


def test_somebody_asks_to_be_enrolled(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.pensions.set_arrangement(NEST)
    shown = pension_of(desk, household.ben, qtbot)

    ask(shown, "person.pension.opt_in", fill(last_day="10/7/2026"))

    # Paid every four weeks from 29 June: the next pay period begins on 27 July.
    assert "In the pension with NEST from 27 July 2026." in heard(shown.page)


def test_somebody_with_low_earnings_asks_to_join(
    desk: Desk, office: Office, household: Household, qtbot: QtBot
) -> None:
    office.pensions.set_arrangement(NEST)
    for shift in office.timesheets.show(household.timesheet).shifts[1:]:
        office.timesheets.remove_shift(shift.shift.id)
    pay(office, household)
    shown = pension_of(desk, household.asha, qtbot)
    assert "May ask to join; you need not pay in." in heard(shown.page)
    assert not can(shown, "person.pension.opt_in")

    ask(shown, "person.pension.join", fill(asked_on="10/7/2026"))

    (held,) = office.people.employment(household.asha, FRIDAY).pensions
    assert (str(held.employer_percent), held.minimum_applies) == ("0", False)


@pytest.mark.parametrize("percent", [200, 300])
def test_nothing_is_cut_off_in_larger_text(
    desk: Desk,
    household: Household,
    enrolled: int,
    text_size: Callable[[int], None],
    percent: int,
    qtbot: QtBot,
) -> None:
    text_size(percent)

    shown = pension_of(desk, household.asha, qtbot)
    other = Shown(SettingsPage(desk), desk, qtbot)
    other.page.show_what("pensions")
    other.settle()

    assert enrolled
    for page in (shown.page, other.page):
        assert cut_off(page) == []
        assert past_the_edge(page) == []


def test_what_is_late_says_so(
    desk: Desk, household: Household, enrolled: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 8, 17))

    shown = pension_of(desk, household.asha, qtbot)

    said = heard(shown.page)
    assert enrolled
    assert "Give Asha Khan the letter about being enrolled. It was for 16 August 2026." in said


def test_somebody_was_out_of_it_before_the_book(
    desk: Desk, household: Household, qtbot: QtBot
) -> None:
    shown = pension_of(desk, household.asha, qtbot)

    def tell(dialog: FormDialog) -> None:
        kind: Any = dialog.form.entries["kind"]
        kind.set_value(EnrolmentKind.LEFT)
        dialog.form.restore({"day": "5/7/2026"})
        dialog.save()

    ask(shown, "person.pension.gone_before", tell)

    assert "Left the pension. The last day was 5 July 2026." in heard(shown.page)
    assert not can(shown, "person.pension.gone_before")


# ── the employer ──


@pytest.fixture
def duties(desk: Desk, household: Household, qtbot: QtBot) -> Shown[SettingsPage]:
    shown = Shown(SettingsPage(desk), desk, qtbot)
    shown.page.show_what("pensions")
    shown.settle()
    assert household
    return shown


def test_the_duties_are_said_with_their_days(duties: Shown[SettingsPage]) -> None:
    said = heard(duties.page)

    assert "None yet. Choose one before somebody must be enrolled." in said
    assert "Your pension duties started on 29 June 2026." in said
    assert "The Pensions Regulator must be told by 28 November 2026." in said
    assert "from 29 March 2029 to 28 September 2029" in said
    assert unnamed(duties.page) == []
    assert cut_off(duties.page) == []
    ask(duties, "settings.pension_how", lambda dialog: dialog.accept())


def test_the_provider_named_before_need_not_be_typed_again(
    duties: Shown[SettingsPage], office: Office
) -> None:
    scheme = office.people.household(FRIDAY).scheme
    assert scheme is not None
    office.people.set_scheme(replace(scheme, pension_provider="Smart Pension"))
    duties.page.refresh()
    duties.settle()

    ask(duties, "settings.pension", fill(from_day="29/6/2026"))

    chosen = office.pensions.arrangement(FRIDAY)
    assert chosen is not None
    assert chosen.provider == "Smart Pension"


def test_a_pension_is_chosen_and_changed(duties: Shown[SettingsPage], office: Office) -> None:
    ask(
        duties,
        "settings.pension",
        fill(provider="NEST", from_day="29/6/2026", reference="EMP1"),
    )
    ask(duties, "settings.pension", fill(employer="4"))

    chosen = office.pensions.arrangement(FRIDAY)
    assert chosen is not None
    assert (chosen.provider, str(chosen.employer_percent)) == ("NEST", "4")
    said = heard(duties.page)
    assert "NEST, from 29 June 2026." in said
    assert "They pay 5%, you pay 4%" in said
    assert "Your number with them: EMP1." in said


def test_what_was_done_is_recorded_and_taken_out(
    duties: Shown[SettingsPage], office: Office
) -> None:
    ask(duties, "settings.pension_done", fill(day="8/7/2026", note="Code 77"))
    recorded = office.pensions.duties(FRIDAY)
    part: Any = duties.page.pensions
    part.done.select(lambda _row: True)
    duties.do("settings.pension_out")

    assert (recorded.declared_on, recorded.done[0].kind) == (
        date(2026, 7, 8),
        PensionDutyKind.DECLARED,
    )
    assert office.pensions.duties(FRIDAY).done == ()


# ── home, and the payday ──


def test_home_says_what_is_due_and_goes_there(
    desk: Desk, household: Household, enrolled: int, qtbot: QtBot
) -> None:
    shown = Shown(HomePage(desk), desk, qtbot)

    said = heard(shown.page)
    assert enrolled
    assert "Give Asha Khan the letter about being enrolled." in said
    assert "By " in said
    names = [each.accessibleDescription() for each in shown.page.buttons]
    place = next(i for i, name in enumerate(names) if "the letter about being enrolled" in name)
    shown.page.buttons[place].click()
    shown.settle()
    assert ("people", (household.asha, "pension")) in shown.went


def test_the_files_for_the_provider_are_written_together_under_a_new_name(
    desk: Desk,
    enrolled: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    shown = Shown(PayPage(desk), desk, qtbot)
    shown.page.show_run(enrolled)
    shown.settle()
    place = tmp_path / "july.csv"
    monkeypatch.setattr(files, "choose_place", lambda *_args: place)

    shown.do("run.pension")

    (row,) = csv.DictReader(place.read_text(encoding="utf-8").splitlines())
    assert row["Surname"] == "Khan"
    assert (tmp_path / "july.pdf").read_bytes().startswith(b"%PDF")
    assert "Written: “july.csv” for the provider’s website" in heard(shown.page)
    before = place.read_bytes()
    shown.do("run.pension")
    assert "There is a file called “july.csv” already." in heard(shown.page)
    assert place.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["july.csv", "july.pdf"]


def test_the_payday_says_what_it_made_of_them_and_why(
    desk: Desk, enrolled: int, qtbot: QtBot
) -> None:
    shown = Shown(PayPage(desk), desk, qtbot)
    shown.page.show_run(enrolled)
    shown.settle()
    read: list[str] = []

    def look(dialog: WorkingsDialog) -> None:
        read.append(dialog._workings.text.toPlainText())
        dialog.accept()

    ask(shown, "run.assessed", look)

    assert "old enough and paid enough to be enrolled (eligible jobholder)" in heard(shown.page)
    assert "in the pay period from 6 July 2026 to 12 July 2026" in read[0]
    assert "This person is a member of NEST from 6 July 2026." in read[0]


def test_nothing_is_left_of_files_that_cannot_all_be_written(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "missing" / "bad.pdf"

    with pytest.raises(OutsideError, match="cannot be written"):
        files.write_new((good, b"1"), (bad, b"2"))

    assert list(tmp_path.iterdir()) == []


def test_thinking_better_of_it_writes_nothing(
    desk: Desk, enrolled: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown = Shown(PayPage(desk), desk, qtbot)
    shown.page.show_run(enrolled)
    shown.settle()
    monkeypatch.setattr(files, "choose_place", lambda *_args: None)

    shown.do("run.pension")

    assert list(tmp_path.iterdir()) == []
