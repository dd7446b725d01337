"""A longer job: one question page at a time, each kept when it is finished.

Nothing typed is lost by going back, by an error, or by skipping: the pages stay as they were
left. What a page has kept is shown again when the job is taken up another day.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import theme
from ui.dialogs.question import Question
from ui.widgets.buttons import ButtonRow, button
from ui.widgets.form import Form
from ui.widgets.notice import announce
from ui.widgets.scroll import Scroll
from ui.widgets.switch import Switch
from ui.widgets.words import Words, rule, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from dpemployer.errors import DpEmployerError
    from dpemployer.office import Office
    from ui.operations import Operations


_KEEP = 2
"""What the question answers when the page is to be kept; a dialog's own answers are 0 and 1."""


class Step(QWidget):
    """One page. It asks with `form`, and `work` says what is to be kept."""

    ID: ClassVar[str] = ""
    MAY_SKIP: ClassVar[bool] = True
    GO_ON: ClassVar[str] = ""
    """Words for the button that goes on, if not “Continue”."""

    def __init__(self, words: str, explained: str = "") -> None:
        super().__init__()
        self.words = words
        self.office: Office | None = None
        self.form = Form()
        self._as_kept: dict[str, str] = {}
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.gap(3))
        if explained:
            self.box.addWidget(Words(explained))
        self.box.addWidget(self.form)

    # ── what a step says ──

    def question(self, office: Office) -> Any:
        """Ask, on the worker thread, what the book says already."""

    def show_answer(self, answer: Any) -> None:
        """Show what the book says already."""

    def work(self, office: Office) -> Callable[[], Any]:
        """Turn what was typed into what is to be kept; the result runs on the worker thread.

        Raises:
            EntryError: If something typed cannot be right.
        """
        raise NotImplementedError

    def kept(self, value: Any) -> None:
        """Take note of what keeping it came to."""

    def check(self) -> bool:
        """Check what was typed, and say what is wrong."""
        return self.form.check()

    def wanted(self) -> bool:
        """Whether this page is to be asked at all, by what was answered before."""
        return True

    # ── what every step does ──

    def remember(self) -> None:
        """Take what the form says now as kept."""
        self._as_kept = self.form.typed()

    @property
    def touched(self) -> bool:
        """Whether something was typed that has not been kept."""
        return self.form.typed() != self._as_kept

    def take_focus(self) -> None:
        """Put the keyboard on the first question."""
        first = next((each for each in self.form.entries.values() if each.isVisibleTo(self)), None)
        if first is not None:
            first.take_focus()


class Stopping(Enum):
    """What is to become of a page that has not been kept, when somebody stops."""

    STAY = auto()
    KEEP = auto()
    LEAVE = auto()


class Wizard(QWidget):
    """Steps in order, with a way back, on, past and out."""

    opened = Signal(object)
    """A new book has been made: its office."""
    finished = Signal()
    left = Signal()
    """The person has closed it, to go on another day."""

    def __init__(
        self,
        operations: Operations,
        words: str,
        steps: Sequence[Step],
        *,
        office: Office | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words)
        theme.mark(self, kind="page")
        self.operations = operations
        self.steps = list(steps)
        self.office = office
        self._over = False
        self._stops_when_kept = False
        self._asked: set[int] = set()
        self._scroll = Scroll()
        self._where = Words("", "quiet")
        self._title = title("")
        self._switch = Switch(*self.steps)
        self._scroll.box.addWidget(self._where)
        self._scroll.box.addWidget(self._title)
        self._scroll.box.addWidget(self._switch)
        self.go_on = button(_("Continue"), self.next_step, kind="main")
        self.back = button(_("Back"), self.previous_step)
        self.skip = button(_("Skip for now"), self.skip_step, kind="link")
        self.later = button(_("Finish another day"), self.close, kind="link")
        foot = ButtonRow(self.go_on, self.back, self.skip, self.later)
        edge = theme.gap(2)
        foot.setContentsMargins(2 * edge, edge, 2 * edge, 2 * edge)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(rule())
        outer.addWidget(foot)
        for keys, does in (
            ("Alt+Left", self.previous_step),
            ("Alt+Right", self.next_step),
            ("Ctrl+Return", self.next_step),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        theme.open_at(self, 90, 36)
        self._show(0)

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.steps[self._place]

    def next_step(self) -> None:
        """Keep this page, then go on."""
        step = self.step
        if not self.go_on.isEnabled() or not step.check():
            self._stops_when_kept = False
            return
        if self.office is None and not isinstance(step, BookMaker):
            self._show_after(self._place)
            return
        try:
            work = self._work_of(step)
        except EntryError as error:
            self._stops_when_kept = False
            step.form.show_error(error)
            return
        self.go_on.setEnabled(False)
        self.operations.change(
            work, lambda value: self._kept(step, value), owner=self, or_else=self._refused
        )

    def previous_step(self) -> None:
        """Go back; nothing typed is lost."""
        place = self._place - 1
        while place > 0 and not self.steps[place].wanted():
            place -= 1
        if place >= 0 and not self.back.isHidden():
            self._show(place)

    def skip_step(self) -> None:
        """Go on without keeping this page; what was typed stays on it."""
        self._show_after(self._place)

    def go_to(self, step_id: str) -> None:
        """Start at a step."""
        self._show([step.ID for step in self.steps].index(step_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter, as forms do. Buttons and boxes of several lines take it themselves."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or held:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.next_step()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._over or not self._loses_something():
            event.accept()
            if not self._over:
                self._over = True
                self.left.emit()
            return
        event.ignore()
        match self._ask_to_stop():
            case Stopping.KEEP:
                self._stops_when_kept = True
                self.next_step()
            case Stopping.LEAVE:
                self._over = True
                event.accept()
                self.left.emit()
            case Stopping.STAY:
                self.step.take_focus()

    def _ask_to_stop(self) -> Stopping:
        """Ask what is to become of a page with something on it that has not been kept."""
        question = Question(
            self.windowTitle(),
            _("Stop here for today?"),
            (
                _("Every page you finished is kept, and you can go on from there."),
                _("This page is not kept yet."),
            ),
            _("Stop without keeping this page"),
            self,
        )
        question.cancel_button.setText(_("Stay here"))
        keep = button(_("Keep this page, then stop"), lambda: question.done(_KEEP))
        question.row.add(keep)
        answer = question.exec()
        if answer == _KEEP:
            return Stopping.KEEP
        return Stopping.LEAVE if answer else Stopping.STAY

    def _stop(self) -> None:
        self._over = True
        self.left.emit()
        self.close()

    # ── moving ──

    def _loses_something(self) -> bool:
        return self.step.touched and not self.step.form.is_empty()

    def _work_of(self, step: Step) -> Callable[[], Any]:
        if isinstance(step, BookMaker):
            return step.make()
        if self.office is None:
            raise RuntimeError("a step that keeps something needs an open book")
        return step.work(self.office)

    def _kept(self, step: Step, value: Any) -> None:
        self.go_on.setEnabled(True)
        step.kept(value)
        if isinstance(step, BookMaker):
            self.office = step.office
            self.opened.emit(self.office)
        step.remember()
        step.form.clear_notices()
        if self._stops_when_kept:
            self._stop()
            return
        self._show_after(self.steps.index(step))

    def _refused(self, error: DpEmployerError) -> None:
        self.go_on.setEnabled(True)
        self._stops_when_kept = False
        self.step.form.show_error(error)

    def _show_after(self, place: int) -> None:
        following = place + 1
        while following < len(self.steps) and not self.steps[following].wanted():
            following += 1
        if following < len(self.steps):
            self._show(following)
        else:
            self._over = True
            self.finished.emit()
            self.close()

    def _show(self, place: int) -> None:
        self._place = place
        step = self.step
        step.office = self.office
        self._switch.show_part(step)
        self._title.setText(step.words)
        self._where.setText(
            _("Page {place} of {count}").format(place=place + 1, count=len(self.steps))
        )
        self.back.setVisible(place > 0 and not isinstance(self.steps[place - 1], BookMaker))
        self.skip.setVisible(step.MAY_SKIP)
        self.later.setVisible(self.office is not None)
        last = place == len(self.steps) - 1
        self.go_on.setText(step.GO_ON or (_("Finish") if last else _("Continue")))
        self._scroll.verticalScrollBar().setValue(0)
        if place not in self._asked and self.office is not None:
            self._asked.add(place)
            office = self.office
            self.operations.ask(
                lambda: step.question(office), lambda answer: self._answer(step, answer), owner=step
            )
        step.take_focus()
        announce(self, f"{self._where.text()}. {step.words}")

    @staticmethod
    def _answer(step: Step, answer: Any) -> None:
        if step.form.is_empty() or not step.touched:
            step.show_answer(answer)
        step.remember()


class BookMaker(Step):
    """The one step that makes the book the others keep things in."""

    def make(self) -> Callable[[], Office]:
        """Return the work that makes it.

        Raises:
            EntryError: If something typed cannot be right.
        """
        raise NotImplementedError
