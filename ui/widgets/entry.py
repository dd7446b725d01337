"""The ground of every entry field, and the two kinds the first window asks with.

An entry is a label, a hint if one helps, the field, what was understood, and the problem if
there is one: above and below each other, so that it reads the same at any text size. `read`
returns what was typed, checked; nothing typed is ever thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dpemployer.errors import EntryError
from dpemployer.i18n import _
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class Entry(QWidget, Generic[Value]):
    """One labelled question. Subclasses give it a field and say how to read it."""

    edited = Signal()

    def __init__(self, label: str, *, hint: str = "", needed: bool = True) -> None:
        super().__init__()
        self.label = label
        self.needed = needed
        self._hint = hint
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.gap(1) // 2)
        shown = label if needed else _("{label} (if you have it)").format(label=label)
        self._label = Words(shown, "label")
        self._box.addWidget(self._label)
        if hint:
            self._box.addWidget(Words(hint, "hint"))
        self._understood = Words("", "quiet")
        self._understood.hide()
        self._problem = Words("", "problem")
        self._problem.hide()

    # ── what subclasses say ──

    def field(self) -> QWidget:
        """Return the widget that takes the focus."""
        raise NotImplementedError

    def text(self) -> str:
        """Return exactly what was typed or chosen, for keeping."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put back what `text` returned."""
        raise NotImplementedError

    def read(self) -> Value | None:
        """Return what was typed, checked; None when nothing was and nothing is needed.

        Raises:
            EntryError: If it cannot be right, or is needed and missing.
        """
        raise NotImplementedError

    # ── what every entry does ──

    def answer(self) -> Value:
        """Return what was typed, checked; for an entry that is needed.

        Raises:
            EntryError: If it cannot be right, or is missing.
        """
        value = self.read()
        if value is None:
            raise self._missing()
        return value

    def show_problem(self, error: EntryError | None) -> None:
        """Say beside the field what is wrong, or take that away."""
        said = "" if error is None else f"{error.what} {error.next_step}"
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        theme.remark(self.field(), problem=bool(said))
        self._describe()

    def rename(self, label: str) -> None:
        """Ask under another label."""
        self.label = label
        self._label.setText(label)
        self.field().setAccessibleName(label)

    def check(self) -> EntryError | None:
        """Read, show the problem if there is one, and return it."""
        try:
            self.read()
        except EntryError as error:
            self.show_problem(error)
            return error
        self.show_problem(None)
        return None

    def take_focus(self) -> None:
        """Put the keyboard here."""
        self.field().setFocus()

    def _put(self, field: QWidget, beside: QPushButton | None = None) -> None:
        """Place the field under its label, and name it for screen readers."""
        self._label.setBuddy(field)
        field.setAccessibleName(self.label)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(1))
        row.addWidget(field, 1000)
        if beside is not None:
            row.addWidget(beside)
        row.addStretch(1)
        self._box.addLayout(row)
        self._box.addWidget(self._understood)
        self._box.addWidget(self._problem)
        self.setFocusProxy(field)
        self._describe()

    def _describe(self) -> None:
        parts = (self._hint, self._understood.text(), self._problem.text())
        self.field().setAccessibleDescription(" ".join(part for part in parts if part))

    def _echo(self, said: str) -> None:
        """Write under the field what was understood."""
        self._understood.setText(said)
        self._understood.setVisible(bool(said))
        self._describe()

    def _missing(self) -> EntryError:
        return EntryError(
            _("“{label}” is empty.").format(label=self.label),
            _("It is needed before this can be saved."),
            _("Fill it in and try again."),
        )


class LineEntry(Entry[Value]):
    """An entry typed on one line."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        needed: bool = True,
        wide: int = 30,
        beside: QPushButton | None = None,
    ) -> None:
        super().__init__(label, hint=hint, needed=needed)
        self.line = QLineEdit()
        self.line.setMaximumWidth(theme.characters(wide) + theme.gap(8))
        self._put(self.line, beside)
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._left)

    def field(self) -> QWidget:
        return self.line

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def read(self) -> Value | None:
        said = self.line.text().strip()
        if not said:
            if self.needed:
                raise self._missing()
            return None
        return self._understand(said)

    def _understand(self, said: str) -> Value:
        raise NotImplementedError

    def _say(self, _value: Value) -> str:
        """Return what was understood, in words; nothing when it says itself."""
        return ""

    def _typed(self) -> None:
        said = self.line.text().strip()
        echo = ""
        if said:
            try:
                echo = self._say(self._understand(said))
            except EntryError:
                echo = ""
        self._echo(echo)
        self.edited.emit()

    def _left(self) -> None:
        """On leaving the field, say what is wrong with it; an empty one is left alone."""
        if self.line.text().strip():
            self.check()
        else:
            self.show_problem(None)


class TextEntry(LineEntry[str]):
    """Words on one line, with a check of their own if one is given."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        needed: bool = True,
        wide: int = 40,
        checked_by: Callable[[str], str] | None = None,
    ) -> None:
        self._checked_by = checked_by
        super().__init__(label, hint=hint, needed=needed, wide=wide)

    def value(self) -> str:
        """Return the words, or nothing at all."""
        return self.read() or ""

    def set_value(self, value: str) -> None:
        """Show *value*."""
        self.line.setText(value)

    def _understand(self, said: str) -> str:
        return self._checked_by(said) if self._checked_by else said


class PassphraseEntry(LineEntry[str]):
    """A passphrase, hidden until asked to be shown. Spaces at either end count."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        self._show = button(_("Show"), self._toggle)
        self._show.setCheckable(True)
        self._show.setAccessibleName(_("Show {label}").format(label=label))
        super().__init__(label, hint=hint, wide=46, beside=self._show)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def read(self) -> str:
        said = self.line.text()
        if not said:
            raise self._missing()
        return said

    def _understand(self, said: str) -> str:
        return said

    def _toggle(self) -> None:
        shown = self._show.isChecked()
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText(_("Hide") if shown else _("Show"))
        self._show.setAccessibleName(
            (_("Hide {label}") if shown else _("Show {label}")).format(label=self.label)
        )
