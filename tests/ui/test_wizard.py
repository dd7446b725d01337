"""Setting up: nothing typed is lost, what is kept is kept once, and it can be left and taken up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpemployer import clock
from dpemployer.money import Money
from dpemployer.services.rows import PayType, Role
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, past_the_edge, unnamed
from ui.wizards.first_run import first_run, setting_up, taking_on
from ui.wizards.household import SupportedStep
from ui.wizards.new_book import BookStep, SheetStep, strength
from ui.wizards.wizard import Stopping, Wizard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from dpemployer.office import Office
    from ui.operations import Operations

FRIDAY = date(2026, 7, 10)
STEPS = [
    "supported",
    "manager",
    "employer",
    "signatory",
    "scheme",
    "funder",
    "award",
    "account",
    "assistant",
    "job",
    "pay",
    "p45",
    "tax",
    "pension",
    "beginning",
    "opening_pay",
    "paid_weeks",
]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRIDAY)


@pytest.fixture
def settle(operations: Operations, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        for _turn in range(3):
            qtbot.waitUntil(lambda: operations.idle, timeout=20_000)
            QApplication.processEvents()

    return wait


@pytest.fixture
def wizard(
    office: Office, operations: Operations, qtbot: QtBot, settle: Callable[[], None]
) -> Wizard:
    made = setting_up(operations, office)
    _show(made, qtbot)
    settle()
    return made


def _show(wizard: Wizard, qtbot: QtBot) -> None:
    # When the test is over it closes without asking.
    qtbot.addWidget(wizard, before_close_func=lambda made: setattr(made, "_over", True))
    wizard.resize(1000, 800)
    wizard.show()


def _type(wizard: Wizard, **typed: str) -> None:
    wizard.step.form.restore(typed)


def _name_the_person(wizard: Wizard, settle: Callable[[], None]) -> None:
    _type(wizard, name="Jo Marsh", since="", from_day="1/6/2026")
    wizard.next_step()
    settle()


def test_what_was_typed_is_there_after_going_back_and_on(
    wizard: Wizard, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)
    _type(wizard, who="1", name="Sam Lee", capacity="1")

    wizard.previous_step()
    wizard.next_step()
    settle()

    assert wizard.step.ID == "manager"
    assert wizard.step.form.typed()["name"] == "Sam Lee"


def test_going_back_and_on_keeps_nothing_twice(
    wizard: Wizard, office: Office, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)
    wizard.previous_step()
    _type(wizard, name="Jo Marsh-Lee")
    wizard.next_step()
    settle()

    assert [party.name for party in office.people.parties()] == ["Jo Marsh-Lee"]
    assert len(office.people.roles()) == 1


def test_a_page_that_is_not_right_says_so_and_stays(
    wizard: Wizard, settle: Callable[[], None]
) -> None:
    _type(wizard, contact="01632 960001", from_day="31/6/2026")

    wizard.next_step()
    settle()

    assert wizard.step.ID == "supported"
    assert "“Full name” is empty." in heard(wizard)
    assert wizard.step.form.typed()["contact"] == "01632 960001"
    assert wizard.step.form.typed()["from_day"] == "31/6/2026"


def test_enter_in_a_field_goes_on(wizard: Wizard, settle: Callable[[], None]) -> None:
    _type(wizard, name="Jo Marsh", from_day="1/6/2026")

    press(Qt.Key.Key_Return, on=wizard.step.form.entries["from_day"].field())
    settle()

    assert wizard.step.ID == "manager"


def test_enter_on_the_way_back_goes_back(wizard: Wizard, settle: Callable[[], None]) -> None:
    _name_the_person(wizard, settle)

    press(Qt.Key.Key_Return, on=wizard.back)

    assert wizard.step.ID == "supported"


def test_the_wizard_opens_no_larger_than_the_screen(wizard: Wizard) -> None:
    fresh = Wizard(wizard.operations, "Setting up", [SupportedStep()])

    assert fresh.height() < QApplication.primaryScreen().availableSize().height()


def test_the_parts_people_play_are_kept_apart(
    wizard: Wizard, office: Office, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)
    _type(wizard, who="1", name="Sam Lee", capacity="1", from_day="1/6/2026")
    wizard.next_step()
    settle()
    _type(wizard, who="1", from_day="1/6/2026")
    wizard.next_step()
    settle()

    household = office.people.household(FRIDAY)
    assert household.person_supported is not None
    assert household.person_supported.name == "Jo Marsh"
    assert household.money_manager is not None
    assert (household.money_manager.name, household.money_manager.capacity) == (
        "Sam Lee",
        "attorney",
    )
    assert household.employer is not None
    assert household.employer.name == "Sam Lee"
    assert {row.role for row in office.people.roles()} == {
        Role.PERSON_SUPPORTED,
        Role.MONEY_MANAGER,
        Role.EMPLOYER,
    }


def test_a_part_from_the_wrong_day_is_put_right_by_going_back(
    wizard: Wizard, office: Office, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)
    _type(wizard, who="1", name="Sam Lee", capacity="1", from_day="10/7/2026")
    wizard.next_step()
    settle()
    wizard.previous_step()
    _type(wizard, capacity="5", from_day="1/6/2026")
    wizard.next_step()
    settle()

    (manager,) = (role for role in office.people.roles() if role.role is Role.MONEY_MANAGER)
    assert (manager.name, manager.from_day, manager.capacity) == (
        "Sam Lee",
        date(2026, 6, 1),
        "suitable",
    )
    assert wizard.step.ID == "employer"


def test_every_part_is_offered_from_the_day_the_person_was_supported(
    wizard: Wizard, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)

    assert wizard.step.ID == "manager"
    assert wizard.step.form.typed()["from_day"] == "01/06/2026"
    assert wizard.step.form.entries["capacity"].text() == "0"


def test_somebody_who_acts_for_another_does_not_do_it_for_themselves(
    wizard: Wizard, office: Office, settle: Callable[[], None]
) -> None:
    _name_the_person(wizard, settle)
    _type(wizard, who="1", name="Sam Lee", capacity="0", from_day="1/6/2026")

    wizard.next_step()
    settle()

    assert "“For themselves” is for Jo Marsh alone." in heard(wizard)
    assert [party.name for party in office.people.parties()] == ["Jo Marsh"]


def test_it_can_be_taken_up_another_day_with_what_was_kept(
    wizard: Wizard,
    office: Office,
    operations: Operations,
    qtbot: QtBot,
    settle: Callable[[], None],
) -> None:
    _name_the_person(wizard, settle)
    wizard._stop()

    again = setting_up(operations, office)
    _show(again, qtbot)
    settle()

    assert again.step.form.typed()["name"] == "Jo Marsh"
    assert not again.step.touched


@pytest.mark.parametrize(
    ("answer", "kept", "still_open"),
    [
        (Stopping.STAY, [], True),
        (Stopping.LEAVE, [], False),
        (Stopping.KEEP, ["Jo Marsh"], False),
    ],
)
def test_stopping_with_something_typed_asks_what_becomes_of_it(
    answer: Stopping,
    kept: list[str],
    still_open: bool,
    wizard: Wizard,
    office: Office,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Wizard, "_ask_to_stop", lambda _self: answer)
    _type(wizard, name="Jo Marsh", from_day="1/6/2026")

    wizard.close()
    settle()

    assert [party.name for party in office.people.parties()] == kept
    assert wizard.isVisible() is still_open


def test_stopping_on_a_page_that_cannot_be_kept_stays_and_says_why(
    wizard: Wizard, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Wizard, "_ask_to_stop", lambda _self: Stopping.KEEP)
    _type(wizard, contact="01632 960001")

    wizard.close()
    settle()

    assert wizard.isVisible()
    assert "“Full name” is empty." in heard(wizard)


def test_somebody_is_taken_on_page_by_page_and_each_page_is_kept_once(
    office: Office, operations: Operations, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    wizard = taking_on(operations, office)
    _show(wizard, qtbot)
    settle()
    _type(wizard, first_names="Asha", surname="Khan", born_on="3/5/1990")
    wizard.next_step()
    settle()
    _type(wizard, started_on="29/6/2026", frequency="0", first_day="29/6/2026", payday="10/7/2026")
    wizard.next_step()
    settle()
    _type(wizard, basic="13.10", sleep_in="65")
    wizard.next_step()
    settle()
    wizard.previous_step()
    _type(wizard, basic="13.20", sleep_in="")
    wizard.next_step()
    settle()

    (job,) = office.people.employments(FRIDAY)
    detail = office.people.employment(job.employment_id, FRIDAY)
    assert [(rate.pay_type, rate.rate) for rate in detail.rates] == [(PayType.BASIC, Money(1320))]
    assert detail.employment.schedule.period_of(FRIDAY).pay_date == date(2026, 7, 17)


@pytest.mark.parametrize(
    ("passphrase", "says"),
    [
        ("", ""),
        ("password1", "Easy to guess"),
        ("aaaaaaaa", "Easy to guess"),
        ("kettle", "Easy to guess"),
        ("violet-kettle", "Could be better"),
        ("violet kettle seven hills", "Hard to guess"),
    ],
)
def test_how_hard_a_passphrase_is_to_guess_is_said_in_words(passphrase: str, says: str) -> None:
    assert strength(passphrase).startswith(says)


class TestNewBook:
    @pytest.fixture
    def wizard(self, operations: Operations, qtbot: QtBot, tmp_path: Path) -> Wizard:
        made = first_run(operations, tmp_path)
        _show(made, qtbot)
        return made

    @pytest.fixture
    def made(self, wizard: Wizard, settle: Callable[[], None], tmp_path: Path) -> Path:
        _type(
            wizard,
            your_name="Jo Marsh",
            book_name="Ours",
            passphrase="violet kettle",
            again="violet kettle",
        )
        wizard.next_step()
        settle()
        return tmp_path / "Ours"

    def test_two_different_passphrases_make_no_book(
        self, wizard: Wizard, settle: Callable[[], None], tmp_path: Path
    ) -> None:
        _type(
            wizard,
            your_name="Jo Marsh",
            book_name="Ours",
            passphrase="violet kettle",
            again="violet kettel",
        )

        wizard.next_step()
        settle()

        assert "The two passphrases are not the same." in heard(wizard)
        assert list(tmp_path.glob("Ours")) == []
        assert isinstance(wizard.step, BookStep)

    def test_the_recovery_sheet_has_to_be_proved(
        self, wizard: Wizard, made: Path, settle: Callable[[], None]
    ) -> None:
        sheet = wizard.step
        assert made.is_dir()
        assert isinstance(sheet, SheetStep)
        _type(wizard, proof="AAAAA")
        wizard.next_step()
        settle()
        refused = heard(wizard)

        _type(wizard, proof=sheet.proof.asked.lower())
        wizard.next_step()
        settle()

        assert "That is not group number" in refused
        assert wizard.step.ID == "supported"

    def test_the_book_is_made_once(self, wizard: Wizard, made: Path) -> None:
        wizard.previous_step()

        assert made.is_dir()
        assert wizard.step.ID == "sheet"
        assert wizard.back.isHidden()


@pytest.mark.parametrize("percent", [200, 300])
def test_nothing_is_cut_off_and_everything_has_a_name_on_every_page(
    percent: int,
    office: Office,
    operations: Operations,
    qtbot: QtBot,
    settle: Callable[[], None],
    text_size: Callable[[int], None],
) -> None:
    text_size(percent)
    wizard = setting_up(operations, office)
    for step in wizard.steps:
        step.wanted = lambda: True  # type: ignore[method-assign] # show them all
    _show(wizard, qtbot)

    for step_id in STEPS:
        wizard.go_to(step_id)
        settle()
        assert (step_id, cut_off(wizard)) == (step_id, [])
        assert (step_id, past_the_edge(wizard)) == (step_id, [])
        assert (step_id, unnamed(wizard)) == (step_id, [])


def test_every_page_of_the_wizard_is_looked_at(wizard: Wizard) -> None:
    assert [step.ID for step in wizard.steps] == STEPS
