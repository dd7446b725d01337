"""The program: one application, one worker thread, and the windows of one book at a time.

The first window is painted with Qt alone. What reads books, works out pay and prints is
imported on the worker thread, while the person types the passphrase.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from dpemployer.i18n import _
from dpemployer.settings import OPEN_LAST, TEXT_SIZE, THEME, Settings
from ui import theme
from ui.unlock import UnlockWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from dpemployer.errors import DpEmployerError
    from dpemployer.office import Office
    from ui.help import HelpWindow
    from ui.main_window import MainWindow
    from ui.operations import Operations
    from ui.wizards.wizard import Wizard


class Program(QObject):
    """Goes from the first window to a book and back."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.unlock: UnlockWindow | None = None
        self.main: MainWindow | None = None
        self.wizard: Wizard | None = None
        self._help: HelpWindow | None = None
        self._office: Office | None = None
        app.setQuitOnLastWindowClosed(False)

    @cached_property
    def operations(self) -> Operations:
        """The worker thread; begun once the first window is on screen."""
        from ui.operations import Operations  # noqa: PLC0415 - not before the first window

        return Operations(self)

    @property
    def window(self) -> QWidget | None:
        """The window on screen."""
        return self.main or self.wizard or self.unlock

    def start(self, book: Path | None = None) -> None:
        """Show the first window, with *book* chosen, and get everything else ready behind it."""
        theme.load_fonts()
        look = theme.first_look(theme.Look(self.settings.get(THEME)), self.app)
        theme.apply(self.app, look, self.settings.get(TEXT_SIZE))
        self._look = look
        self.show_unlock()
        if self.unlock is not None:
            if book is not None:
                self.unlock.use_folder(book)
            self.unlock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first window to be painted, and only then do what can wait."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._get_ready)
        return False

    def dress(self) -> None:
        """Put the look and the text size of this computer in force."""
        self._look = theme.resolve(theme.Look(self.settings.get(THEME)), self.app)
        theme.apply(self.app, self._look, self.settings.get(TEXT_SIZE))

    def show_unlock(self) -> None:
        """Ask which book, and for its passphrase."""
        recent = self.settings.recent_books if self.settings.get(OPEN_LAST) else ()
        self.unlock = UnlockWindow(recent)
        self.unlock.open_asked.connect(self.open_book)
        self.unlock.keychain_asked.connect(self.open_with_keychain)
        self.unlock.sheet_asked.connect(self.open_with_sheet)
        self.unlock.new_asked.connect(self.new_book)
        self.unlock.help_asked.connect(self.help)
        self.unlock.closed.connect(self.quit)
        self.unlock.show()

    def open_book(self, folder: Path, passphrase: str) -> None:
        """Open a book with its passphrase."""

        def work() -> Office:
            from dpemployer.office import Office  # noqa: PLC0415 - on the worker thread

            return Office.open(folder, passphrase)

        self._open(work)

    def open_with_keychain(self, folder: Path) -> None:
        """Open a book with what this computer's keychain holds."""

        def work() -> Office:
            from dpemployer.office import Office  # noqa: PLC0415 - on the worker thread

            return Office.open_with_keychain(folder)

        self._open(work)

    def open_with_sheet(self, folder: Path, code: str, passphrase: str) -> None:
        """Open a book with its recovery sheet, and give it a new passphrase."""

        def work() -> Office:
            from dpemployer.office import Office  # noqa: PLC0415 - on the worker thread

            return Office.open_with_sheet(folder, code, passphrase)

        self._open(work)

    def new_book(self) -> None:
        """Make a new book, page by page."""
        from ui.wizards.first_run import first_run  # noqa: PLC0415 - only when asked for

        self._show_wizard(first_run(self.operations))

    def help(self, page: str) -> None:
        """Open a help page."""
        from ui.help import HelpWindow  # noqa: PLC0415 - only when asked for

        if self._help is None:
            self._help = HelpWindow()
        self._help.open(page)

    def lock(self) -> None:
        """Close the book, and offer the first window again."""
        self._close_windows()
        self._close_book(self.show_unlock)

    def quit(self) -> None:
        """Close everything and end."""
        self._close_windows()
        self._close_book(self._end)

    # ── going from window to window ──

    def _open(self, work: Callable[[], Office]) -> None:
        self.operations.ask(work, self._opened, owner=self, or_else=self._not_opened)

    def _opened(self, office: Office) -> None:
        self._use(office)
        self._show_book()

    def _not_opened(self, error: DpEmployerError) -> None:
        if self.unlock is not None:
            self.unlock.show_error(error)

    def _use(self, office: Office) -> None:
        self._office = office
        self.settings.remember_book(office.folder)
        office.listen(self.operations.announce)

    def _show_book(self) -> None:
        from ui.desk import Desk  # noqa: PLC0415 - imported already by the worker thread
        from ui.main_window import MainWindow  # noqa: PLC0415 - as above
        from ui.pages.all_pages import PAGES  # noqa: PLC0415 - as above

        if self._office is None:
            raise RuntimeError("no book is open")
        desk = Desk(self._office, self.operations, self.settings, self)
        desk.dressed.connect(self.dress)
        self.main = MainWindow(desk, PAGES, self._office.folder.name)
        self.main.locked.connect(self.lock)
        self.main.closed.connect(self.quit)
        self.main.resized_text.connect(self._resize_text)
        desk.wizard_asked.connect(self._show_wizard)
        self.main.show()
        self.main.activateWindow()
        self._close_first()

    def _close_first(self) -> None:
        if self.unlock is not None:
            self.unlock.hide()
            self.unlock.deleteLater()
            self.unlock = None

    def _close_windows(self) -> None:
        """Take every window away; nothing in them is asked again."""
        for window in (self.main, self.wizard, self.unlock, self._help):
            if window is not None:
                window.hide()
                window.deleteLater()
        self.main = self.wizard = self.unlock = self._help = None

    def _close_book(self, then: Callable[[], None]) -> None:
        office, self._office = self._office, None
        if office is None:
            then()
        else:
            self.operations.change(office.close, lambda _none: then(), owner=self)

    def _end(self) -> None:
        self.operations.close()
        self.app.quit()

    def _show_wizard(self, wizard: Wizard) -> None:
        self.wizard = wizard
        wizard.opened.connect(self._use)
        wizard.finished.connect(self._wizard_over)
        wizard.left.connect(self._wizard_over)
        wizard.show()
        wizard.activateWindow()
        if self.unlock is not None:
            self.unlock.hide()
        if self.main is not None:
            self.main.setEnabled(False)

    def _wizard_over(self) -> None:
        if self.wizard is not None:
            self.wizard.deleteLater()
            self.wizard = None
        if self.main is not None:
            self.main.setEnabled(True)
            self.main.activateWindow()
        elif self._office is not None:
            self._show_book()
        elif self.unlock is not None:
            self.unlock.show()

    def _resize_text(self, step: int) -> None:
        sizes = [size for size, _words in TEXT_SIZE.choices]
        now = self.settings.get(TEXT_SIZE)
        if step == 0:
            wanted = TEXT_SIZE.default
        else:
            place = sizes.index(now) + (1 if step > 0 else -1)
            wanted = sizes[max(0, min(place, len(sizes) - 1))]
        self.settings.set(TEXT_SIZE, wanted)
        self.dress()

    def _get_ready(self) -> None:
        from ui.errors import Reporter  # noqa: PLC0415 - not before the first window

        if theme.resolve(theme.Look(self.settings.get(THEME)), self.app) is not self._look:
            self.dress()
        Reporter(self.operations, self).install()
        self.operations.ask(_import_the_rest, lambda _none: theme.load_other_fonts(), owner=self)


_THE_REST = ("dpemployer.office", "dpemployer.services.access", "ui.pages.all_pages")
"""What the first window does without; the second brings the database."""


def _import_the_rest() -> None:
    """Import it on the worker thread, while somebody types."""
    for name in _THE_REST:
        import_module(name)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the program, with the book whose folder is named, if one is."""
    app = QApplication([*(sys.argv if argv is None else argv), *theme.STYLE])
    named = app.arguments()[1:]  # Qt has taken out what is meant for it
    if len(named) > 1 or (named and named[0].startswith("-")):
        asked = named[0] in {"-h", "--help"}
        usage = _(
            "Usage: ./dpe run [BOOK]\n"
            "BOOK is the folder of a book. Without it, the last one is offered."
        )
        (sys.stdout if asked else sys.stderr).write(f"{usage}\n")
        return 0 if asked else 2
    app.setApplicationName("dpemployer")
    app.setApplicationDisplayName(_("DP Employer"))
    program = Program(app, Settings.of_this_computer())
    program.start(Path(named[0]).absolute() if named else None)
    return app.exec()
