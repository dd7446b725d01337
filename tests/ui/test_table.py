"""One table for everything: named, walked, opened, sorted, and never wider than its room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication

from dpemployer.money import Money
from tests.ui.keys import press
from tests.ui.looking import heard
from ui.models.rows import Column, RowsModel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True)
class Row:
    name: str
    amount: Money


ROWS = [Row("Ben", Money(120_000)), Row("Asha", Money(90_000))]
COLUMNS: tuple[Column[Row], ...] = (
    Column("Who", text=lambda row: row.name),
    Column(
        "Amount",
        text=lambda row: str(row.amount),
        sort_by=lambda row: row.amount.pence,
        numeric=True,
        strong=lambda row: row.amount.pence > 100_000,
    ),
)


@pytest.fixture
def table(qtbot: QtBot) -> Table[Row]:
    made: Table[Row] = Table("People and amounts", COLUMNS, empty="Nobody.", sorts=True)
    made.show_rows(ROWS)
    qtbot.addWidget(made)
    made.resize(600, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_cell_is_heard_with_its_heading() -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    model.show(ROWS)

    said = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Amount: £1,200.00"
    assert model.index(0, 1).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, 1).data(Qt.ItemDataRole.FontRole) is None


def test_it_has_a_name_and_says_when_it_is_empty(table: Table[Row], qtbot: QtBot) -> None:
    node = QAccessible.queryAccessibleInterface(table.view)
    assert node is not None
    assert node.text(QAccessible.Text.Name) == "People and amounts"

    table.show_rows(())
    qtbot.waitUntil(lambda: not table.view.isVisible())

    assert "Nobody." in heard(table)


def test_amounts_sort_by_what_they_are_and_not_by_how_they_look(table: Table[Row]) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)

    assert table.view.model().index(0, 0).data() == "Asha"


def test_enter_opens_the_row_one_is_on(table: Table[Row], qtbot: QtBot) -> None:
    table.select(lambda row: row.name == "Asha")

    with qtbot.waitSignal(table.opened) as opened:
        press(Qt.Key.Key_Return, on=table.view)

    assert opened.args == [ROWS[1]]


def test_one_stays_on_the_same_row_when_rows_are_shown_again(table: Table[Row]) -> None:
    table.select(lambda row: row.name == "Asha")

    table.show_rows([Row("Cara", Money(5)), *ROWS], same=lambda row: row.name)

    assert table.row() == ROWS[1]


def test_coming_to_it_by_tab_chooses_a_row(table: Table[Row], qtbot: QtBot) -> None:
    table.view.clearFocus()
    table.view.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(table.view.hasFocus)
    assert table.view.selectionModel().hasSelection()


def test_a_row_can_be_copied_as_text(table: Table[Row]) -> None:
    table.select(lambda row: row.name == "Ben")

    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, on=table.view)

    assert QGuiApplication.clipboard().text() == "Ben\t£1,200.00"


def test_columns_go_under_each_other_when_they_do_not_fit_and_back(
    table: Table[Row], qtbot: QtBot
) -> None:
    long = Row("Asha Featherstonehaugh-Cholmondeley", Money(90_000))
    table.show_rows([ROWS[0], long])
    table.select(lambda row: row is long)

    table.resize(300, 300)
    qtbot.waitUntil(lambda: table.model.stacked)
    stacked = table.model.index(1, 0).data()
    row = table.row()
    table.resize(700, 300)
    qtbot.waitUntil(lambda: not table.model.stacked)

    assert stacked == "Asha Featherstonehaugh-Cholmondeley\nAmount: £900.00"
    assert row == long
    assert table.row() == long
