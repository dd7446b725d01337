"""Parts of a page are turned to like the tabs of a binder, and Tab follows what is read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, unnamed
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.checklist import Check, Checklist
from ui.widgets.scroll import Scroll
from ui.widgets.sections import Sections
from ui.widgets.tab_order import thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

NAMES = ("Lines to explain", "Papers missing", "Cash book", "Waiting for the bank", "Bills")


@pytest.fixture
def sections(qtbot: QtBot) -> Sections:
    made = Sections("Money")
    for name in NAMES:
        made.add(name, QPushButton(f"inside {name}"))
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _shown(sections: Sections) -> str:
    part = sections.current
    assert isinstance(part, QPushButton)
    assert part.isVisible()
    return part.text().removeprefix("inside ")


def test_the_first_part_is_shown_at_first(sections: Sections) -> None:
    assert _shown(sections) == NAMES[0]
    assert sum(each.isVisible() for each in sections.findChildren(QPushButton)) == 1


def test_arrow_keys_go_through_every_name_and_round(sections: Sections) -> None:
    sections.chosen.setFocus()
    seen = []
    for _name in range(len(NAMES) + 1):
        seen.append(_shown(sections))
        press(Qt.Key.Key_Right)

    assert seen == [*NAMES, NAMES[0]]
    press(Qt.Key.Key_Left)
    assert _shown(sections) == NAMES[0]
    press(Qt.Key.Key_Left)
    assert _shown(sections) == NAMES[-1]


def test_tab_goes_from_the_name_that_is_shown_into_its_part(sections: Sections) -> None:
    sections.turn(+2)
    sections.chosen.setFocus()

    press(Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is sections.current
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sections.chosen


def test_a_count_beside_a_name_is_heard(sections: Sections) -> None:
    sections.rename(sections.current, "Lines to explain (3)")

    assert "Lines to explain (3), part of Money" in heard(sections)
    assert unnamed(sections) == []


@pytest.mark.parametrize("percent", [100, 200, 300])
def test_names_go_on_to_the_next_line(
    percent: int, qtbot: QtBot, text_size: Callable[[int], None]
) -> None:
    text_size(percent)
    sections = Sections("Money")
    for name in NAMES:
        sections.add(name, QWidget())
    qtbot.addWidget(sections)
    sections.resize(400, 500)
    sections.show()

    assert cut_off(sections) == []
    right = max(each.geometry().right() for each in sections._names)
    assert right <= sections.width()
    assert len({each.y() for each in sections._names}) > 1


def test_a_part_that_is_turned_to_comes_into_sight(qtbot: QtBot) -> None:
    page = Scroll()
    above = QWidget()
    above.setFixedHeight(280)
    sections = Sections("Money")
    for name in NAMES:
        part = QWidget()
        part.setFixedHeight(900)
        sections.add(name, part)
    page.box.addWidget(above)
    page.box.addWidget(sections)
    qtbot.addWidget(page)
    page.resize(500, 300)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    sections.chosen.setFocus()
    press(Qt.Key.Key_Right)
    qtbot.wait(10)

    seen = page.viewport().rect()
    chosen = sections.chosen
    assert seen.contains(chosen.mapTo(page.viewport(), chosen.rect().center()))
    assert sections.current.mapTo(page.viewport(), sections.current.rect().topLeft()).y() < 150


def test_what_comes_later_is_come_to_where_it_stands(qtbot: QtBot) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    first, last = QPushButton("first"), QPushButton("last")
    box.addWidget(first)
    box.addWidget(last)
    box.insertWidget(1, ButtonRow(button("between", print), button("after that", print)))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    thread(window)

    first.setFocus()
    seen = [first]
    for _stop in range(3):
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert isinstance(here, QPushButton)
        seen.append(here)
    assert [each.text() for each in seen] == ["first", "between", "after that", "last"]
    tops = [each.mapTo(window, each.rect().topLeft()).y() for each in seen]
    assert all(after >= before for before, after in pairwise(tops))


def test_a_checklist_says_what_is_done_in_words_and_leads_to_what_is_not(qtbot: QtBot) -> None:
    went: list[str] = []
    checklist = Checklist()
    checklist.show_checks(
        [
            Check(done=True, words="Every line is explained."),
            Check(
                done=False,
                words="Find the penny.",
                button="Look",
                does=lambda: went.append("there"),
            ),
        ]
    )
    qtbot.addWidget(checklist)
    checklist.show()

    said = heard(checklist)
    assert ("Done" in said, "To do" in said) == (True, True)
    (look,) = checklist.findChildren(QPushButton)
    assert look.accessibleDescription() == "Find the penny."
    look.click()
    assert went == ["there"]
