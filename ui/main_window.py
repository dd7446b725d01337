"""Going from page to page; nothing else. What pages show and do is their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dpemployer.i18n import N_, _
from ui import icons, theme
from ui.actions import Command, CommandList, Commands, KeyboardHelp, fill_menus
from ui.help import HelpWindow
from ui.widgets.buttons import button
from ui.widgets.choice_entry import PatientCombo
from ui.widgets.notice import announce
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ui.desk import Desk
    from ui.pages.page import Page

MENUS = (N_("Book"), N_("Go to"), N_("This page"), N_("View"), N_("Help"))
_ROOM_FOR_PLACES = 4
"""The list of places may take a quarter of the window; when it needs more, it folds away."""

_WONDERING = 400
"""Milliseconds after which somebody begins to wonder whether anything is happening."""


class MainWindow(QMainWindow):
    """A list of places, the page one is at, and a line that says what is going on."""

    locked = Signal()
    """The person wants to lock the book."""
    closed = Signal()
    """The person has closed the window."""
    resized_text = Signal(int)
    """The person wants text this many hundredths bigger or smaller."""

    def __init__(self, desk: Desk, pages: Sequence[type[Page]], book_name: str) -> None:
        super().__init__()
        self.desk = desk
        self._kinds = {page.ID: page for page in pages}
        self._pages: dict[str, Page] = {}
        self._help: HelpWindow | None = None
        self.setWindowTitle(_("{book}: DP Employer").format(book=book_name))
        self.commands = Commands(self)
        self._places = QListWidget()
        self._folded = PatientCombo()
        self._stack = QStackedWidget()
        self._build()
        self._declare()
        self._status()
        desk.went.connect(self.go)
        desk.helped.connect(self.open_help)
        desk.said.connect(self.say)
        theme.open_at(self, 150, 38)
        self.go(next(iter(self._kinds)))

    @property
    def page(self) -> Page:
        """The page on screen."""
        page: Page = self._stack.currentWidget()  # type: ignore[assignment]
        return page

    def go(self, place: str, what: Any = None) -> None:
        """Show a page, and on it one thing if asked."""
        page = self._page_at(place)
        order = list(self._kinds)
        self._stack.setCurrentWidget(page)
        for chooser in (self._places, self._folded):
            chooser.blockSignals(True)
        self._places.setCurrentRow(order.index(place))
        self._folded.setCurrentIndex(order.index(place))
        for chooser in (self._places, self._folded):
            chooser.blockSignals(False)
        fill_menus(self.menuBar(), MENUS, (self.commands, page.commands))
        page.visit(what)

    def _page_at(self, place: str) -> Page:
        """Return a page, made when somebody first goes to it: a book opens sooner so."""
        if place not in self._pages:
            page = self._kinds[place](self.desk)
            self._pages[place] = page
            self._stack.addWidget(page)
        return self._pages[place]

    def open_help(self, name: str = "") -> None:
        """Open the help page of this screen, or the one named."""
        if self._help is None:
            self._help = HelpWindow()
        self._help.open(name or self.page.help_page)

    def say(self, words: str) -> None:
        """Say that something was done, on the status line and aloud."""
        self._said.setText(words)
        self._show_status()
        announce(self, words)

    def list_commands(self) -> None:
        """Let the person type what they want to do."""
        dialog = CommandList((self.page.commands, self.commands), self)
        if dialog.exec() and (action := dialog.chosen()) is not None:
            action.trigger()

    def to_page(self) -> None:
        """Put the keyboard on the page's first field."""
        first = self.page.first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.page.setFocus()
            self.page.focusNextChild()

    def to_places(self) -> None:
        """Put the keyboard on the list of places."""
        chooser = self._folded if self._folded.isVisible() else self._places
        chooser.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._help is not None:
            self._help.close()
        event.accept()
        self.closed.emit()

    # ── putting it together ──

    def _build(self) -> None:
        theme.remark(self._places, kind="places")
        self._places.setAccessibleName(_("Places"))
        self._folded.setAccessibleName(_("Go to"))
        for chooser in (self._places, self._folded):
            chooser.setIconSize(QSize(theme.line_height(), theme.line_height()))
        self._places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self._kinds.values():
            item = QListWidgetItem(icons.icon(page.ICON), _(page.NAME))
            self._places.addItem(item)
            self._folded.addItem(icons.icon(page.ICON), _(page.NAME))
        self._places.setFixedWidth(self._places_width())
        self._places.currentRowChanged.connect(self._chosen)
        self._folded.activated.connect(self._chosen)
        self._folded_row = QWidget()
        folded = QHBoxLayout(self._folded_row)
        folded.setContentsMargins(theme.gap(2), theme.gap(1), theme.gap(2), theme.gap(1))
        words = Words(_("Go to"), "label")
        words.setWordWrap(False)
        words.setBuddy(self._folded)
        folded.addWidget(words)
        folded.addWidget(self._folded, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._places)
        row.addWidget(self._stack, 1)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._folded_row)
        outer.addLayout(row, 1)
        self.setCentralWidget(holder)
        self._folded_row.hide()

    def _places_width(self) -> int:
        longest = max(
            self._places.fontMetrics().horizontalAdvance(_(page.NAME))
            for page in self._kinds.values()
        )
        return longest * 11 // 10 + theme.line_height() + 9 * theme.gap(1)

    def _fold(self) -> None:
        """Keep the places beside the page while there is room, else fold them above it."""
        fits = self._places.width() * _ROOM_FOR_PLACES <= self.width()
        self._places.setVisible(fits)
        self._folded_row.setVisible(not fits)

    def _chosen(self, place: int) -> None:
        self.go(list(self._kinds)[place])

    def _declare(self) -> None:
        book, go_to, _page, view, help_menu = MENUS
        self.commands.add(
            Command("book.lock", _("Lock the book"), self.locked.emit, book, "Ctrl+L"),
            Command("book.close", _("Close the program"), self.close, book, "Ctrl+Q"),
            *(
                Command(
                    f"go.{page.ID}",
                    _(page.NAME),
                    lambda place=page.ID: self.go(place),  # type: ignore[misc]
                    go_to,
                    f"Alt+{number}" if number < 10 else "",
                )
                for number, page in enumerate(self._kinds.values(), start=1)
            ),
            Command("view.places", _("Keyboard to the list of places"), self.to_places, view, "F6"),
            Command("view.page", _("Keyboard to the page"), self.to_page, view, "Shift+F6"),
            Command("view.bigger", _("Bigger text"), lambda: self._size(+25), view, "Ctrl++"),
            Command("view.smaller", _("Smaller text"), lambda: self._size(-25), view, "Ctrl+-"),
            Command("view.usual", _("Ordinary text"), lambda: self._size(0), view, "Ctrl+0"),
            Command("help.page", _("Help for this page"), self.open_help, help_menu, "F1"),
            Command("help.keys", _("Keys"), self._keys, help_menu, "Ctrl+F1"),
            Command(
                "help.commands",
                _("Find something to do"),
                self.list_commands,
                help_menu,
                "Ctrl+K",
                _("Type a few letters of what you want to do"),
            ),
        )

    def _size(self, step: int) -> None:
        self.resized_text.emit(step)

    def _keys(self) -> None:
        KeyboardHelp((self.commands, self.page.commands), self).exec()

    def _status(self) -> None:
        self._said = QLabel()
        self._progress = QProgressBar()
        self._progress.setAccessibleName(_("How far the work is"))
        self._progress.setMaximumWidth(theme.characters(30))
        self._stop = button(_("Stop"), self.desk.operations.stop_long_work)
        self._busy = QLabel()
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._said, 1)
        bar.addPermanentWidget(self._busy)
        bar.addPermanentWidget(self._progress)
        bar.addPermanentWidget(self._stop)
        self._progress.hide()
        self._stop.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_WONDERING)
        self._patience.timeout.connect(self._say_busy)
        self._show_status()
        self.desk.operations.busy.connect(self._show_busy)
        self.desk.operations.progressed.connect(self._show_progress)

    def _show_busy(self, busy: bool) -> None:
        """Say that work is going on, once it has gone on long enough to wonder."""
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._busy.setText("")
            self._progress.hide()
            self._stop.hide()
            self._show_status()

    def _say_busy(self) -> None:
        self._busy.setText(_("Working…"))
        self._show_status()

    def _show_status(self) -> None:
        """The line takes room only while it has something to say."""
        self.statusBar().setVisible(bool(self._said.text() or self._busy.text()))

    def _show_progress(self, done: int, total: int, words: str) -> None:
        self._progress.setMaximum(total)
        self._progress.setValue(done)
        self._progress.show()
        self._stop.show()
        self._busy.setText(words or _("Working…"))
        self._show_status()
