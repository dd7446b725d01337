"""Arrow keys choose everything they pass: nothing filled in on the way may stay behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from dpemployer.services.rows import PayType, Per
from tests.ui.keys import press, write
from ui.forms.people import RateForm

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _shown(qtbot: QtBot) -> RateForm:
    form = RateForm()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.pay_type.take_focus()
    return form


def test_what_is_suggested_follows_the_kind_of_time(qtbot: QtBot) -> None:
    form = _shown(qtbot)

    while form.pay_type.value() is not PayType.SLEEP_IN:
        press(Qt.Key.Key_Down)

    assert (form.label.text(), form.per.value()) == ("Sleep-in", Per.NIGHT)


def test_what_was_typed_stays(qtbot: QtBot) -> None:
    form = _shown(qtbot)
    write("Nights at home", form.label.line)
    form.per.set_value(Per.MILE)

    for _kind in range(3):
        press(Qt.Key.Key_Down)

    assert (form.label.text(), form.per.value()) == ("Nights at home", Per.MILE)
