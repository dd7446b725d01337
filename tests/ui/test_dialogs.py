"""Questions do nothing unless plainly asked; forms keep what was typed; errors say three things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from dpemployer.errors import RefusedError
from dpemployer.i18n import _
from tests.ui.keys import press
from tests.ui.looking import cut_off, heard, unnamed
from ui.dialogs.form_dialog import FormDialog
from ui.dialogs.question import Question
from ui.errors import BugDialog, ErrorDialog
from ui.widgets.entries import TextEntry
from ui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from ui.desk import Desk


@pytest.fixture
def question(qtbot: QtBot) -> Question:
    made = Question("Give it up", "Give up this draft?", ["Nothing was paid."], "Give it up")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_enter_gives_the_safe_answer(question: Question) -> None:
    press(Qt.Key.Key_Return, on=question)

    assert question.result() == QDialog.DialogCode.Rejected
    assert not question.isVisible()


def test_enter_presses_the_button_that_has_the_keyboard(question: Question) -> None:
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)

    assert question.result() == QDialog.DialogCode.Accepted


def test_the_dangerous_answer_takes_a_press_of_its_own(question: Question) -> None:
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    QApplication.processEvents()

    assert question.result() == QDialog.DialogCode.Accepted


def test_a_screen_reader_hears_the_whole_question(question: Question) -> None:
    assert question.accessibleDescription() == "Give up this draft? Nothing was paid."
    assert unnamed(question) == []


def test_an_error_says_what_why_and_what_to_do(qtbot: QtBot) -> None:
    dialog = ErrorDialog(RefusedError("It is final.", "Payslips stay.", "Correct it."))
    qtbot.addWidget(dialog)
    dialog.show()

    said = heard(dialog)
    for part in ("It is final.", "Payslips stay.", "Correct it.", "Back to what I was doing"):
        assert part in said


def test_the_report_of_a_bug_holds_nothing_of_the_person(qtbot: QtBot) -> None:
    def fail(name: str) -> None:
        raise ValueError(name)

    try:
        fail("Asha Khan, QQ123456C")
    except ValueError as error:
        dialog = BugDialog(error)
    qtbot.addWidget(dialog)
    dialog.show()

    report = dialog.report.toPlainText()
    assert "ValueError" in report
    assert "test_dialogs.py" in report
    assert "Asha" not in report
    assert "QQ123456C" not in report


class TestFormDialog:
    @pytest.fixture
    def form(self) -> Form:
        form = Form()
        form.add("name", TextEntry("Name"))
        return form

    @pytest.fixture
    def kept(self) -> list[str]:
        return []

    @pytest.fixture
    def dialog(self, desk: Desk, form: Form, kept: list[str], qtbot: QtBot) -> FormDialog:
        def save() -> Callable[[], None]:
            name = form.typed()["name"]

            def keep() -> None:
                if name == "Nobody":
                    raise RefusedError(_("Nobody cannot work here."), _("Why."), _("Next."))
                kept.append(name)

            return keep

        made = FormDialog(desk, "A person", form, save, said="Kept.")
        # When the test is over it closes without asking.
        qtbot.addWidget(made, before_close_func=FormDialog.opened_as)
        made.show()
        return made

    def test_saving_keeps_it_and_closes(
        self, dialog: FormDialog, form: Form, kept: list[str], qtbot: QtBot
    ) -> None:
        form.restore({"name": "Asha"})

        dialog.save()
        qtbot.waitUntil(lambda: not dialog.isVisible())

        assert kept == ["Asha"]

    def test_enter_on_cancel_does_not_save(
        self, dialog: FormDialog, kept: list[str], qtbot: QtBot
    ) -> None:
        dialog.cancel_button.setFocus()

        press(Qt.Key.Key_Return, on=dialog.cancel_button)
        qtbot.waitUntil(lambda: not dialog.isVisible())

        assert dialog.result() == QDialog.DialogCode.Rejected
        assert kept == []

    def test_it_opens_no_larger_than_the_screen(self, dialog: FormDialog) -> None:
        screen = QApplication.primaryScreen().availableSize()

        assert dialog.height() < screen.height()
        assert dialog.width() < screen.width()

    def test_a_refusal_leaves_the_form_with_what_was_typed(
        self, dialog: FormDialog, form: Form, kept: list[str], qtbot: QtBot
    ) -> None:
        form.restore({"name": "Nobody"})

        dialog.save()
        qtbot.waitUntil(lambda: bool(form.notices.shown))

        assert dialog.isVisible()
        assert form.typed() == {"name": "Nobody"}
        assert kept == []
        assert dialog.save_button.isEnabled()

    def test_leaving_with_something_typed_asks_first(
        self, dialog: FormDialog, form: Form, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def stay(question: Question) -> int:
            asked.append(question.accessibleDescription())
            return 0

        monkeypatch.setattr(Question, "exec", stay)
        form.restore({"name": "Asha"})

        press(Qt.Key.Key_Escape, on=dialog)

        assert dialog.isVisible()
        assert "would be lost" in asked[0]

    def test_leaving_untouched_just_leaves(self, dialog: FormDialog) -> None:
        press(Qt.Key.Key_Escape, on=dialog)

        assert not dialog.isVisible()

    @pytest.mark.parametrize("percent", [200, 300])
    def test_nothing_is_cut_off(
        self, percent: int, text_size: Callable[[int], None], desk: Desk, qtbot: QtBot
    ) -> None:
        text_size(percent)
        form = Form()
        form.add("name", TextEntry("The name they are known by", hint="As on their passport."))
        dialog = FormDialog(desk, "A person who works here", form, lambda: list, said="Kept.")
        qtbot.addWidget(dialog)
        dialog.show()

        assert cut_off(dialog) == []
