"""The windows. Everything they show and do comes from the services of one office.

How a page is added:

1. `ui/pages/<subject>.py`: a subclass of `Page` (see `ui/pages/page.py`) with `ID`, `NAME`
   (marked with `N_`), `ICON` (a file in `resources/icons`), and `SHOWS`, the kinds of fact that
   make it ask again while it is on screen. Fill `self.box` in the constructor, ask for rows in
   `refresh` with `self.desk.operations.ask(question, then, owner=self)`, and declare what can be
   done with `self.commands.add(Command(...))`; `self.commands.buttons("id", …)` makes the buttons.
2. Columns in `ui/models/<subject>.py`, shown by a `Table` (`ui/widgets/table.py`).
3. Entry fields from `ui/widgets/entries.py` in a `Form`; a change goes through
   `self.desk.operations.change(work, then, owner=self, or_else=form.show_error)`, so that what
   was typed stays when it is refused.
4. Add the class to `PAGES` in `ui/pages/all_pages.py`; the list of places, the menus, the keys and
   the tests of every page (names, keyboard, big text) follow from that.
5. A help page `resources/help/en/<ID>.md`.

A question before something that cannot be undone is a `Question` (`ui/dialogs/question.py`):
the safe answer is where Enter falls.
"""

from ui.immortal import keep_alive

keep_alive()
