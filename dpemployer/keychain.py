"""The door to this computer's keychain, where a book may be told to stay unlocked.

It is a convenience and never the only way in: whatever goes wrong here, the passphrase still
opens the book. Only keychains known to keep secrets encrypted are used; what is written is read
back, because some say yes and keep nothing. `keyring` is imported only when it is asked for.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dpemployer.errors import OutsideError
from dpemployer.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SERVICE = "DP Employer"

SAFE = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""The keychains that are trusted, by class. Anything else counts as none at all."""

_CHAIN = "keyring.backends.chainer.ChainerBackend"


class Keychain:
    """This computer's keychain."""

    def __init__(self, safe: Collection[str] = SAFE) -> None:
        self._safe = safe

    def keep(self, name: str, secret: bytes) -> None:
        """Keep *secret* under *name*, and make sure that it was kept.

        Raises:
            OutsideError: If there is no safe keychain, it is locked, or it kept nothing.
        """
        backend = self._backend()
        text = b64encode(secret).decode()
        with _troubles_in_words():
            backend.set_password(SERVICE, name, text)
            kept = backend.get_password(SERVICE, name)
        if kept != text:
            raise _locked()

    def fetch(self, name: str) -> bytes | None:
        """Return the secret kept under *name*, or None if there is none.

        Raises:
            OutsideError: If there is no safe keychain, or it is locked.
        """
        backend = self._backend()
        with _troubles_in_words():
            kept = backend.get_password(SERVICE, name)
        try:
            return None if kept is None else b64decode(kept, validate=True)
        except NotBase64Error:
            return None

    def forget(self, name: str) -> None:
        """Take the secret out; it is no matter if there is none.

        Raises:
            OutsideError: If there is no safe keychain, or it is locked.
        """
        backend = self._backend()
        with _troubles_in_words():
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

    @property
    def is_there(self) -> bool:
        """Whether this computer has a keychain that is trusted."""
        try:
            self._backend()
        except OutsideError:
            return False
        return True

    def _backend(self) -> Any:
        import keyring  # noqa: PLC0415 - imported only when asked for

        with _troubles_in_words():
            found = keyring.get_keyring()
        for backend in _chained(found):
            if _class_name(backend) in self._safe:
                return backend
        raise OutsideError(
            what=_("This computer has no keychain that can be trusted with the book."),
            why=_("Only a keychain that keeps its secrets encrypted is used."),
            next_step=_("Open the book with its passphrase."),
        )


@contextmanager
def _troubles_in_words() -> Iterator[None]:
    """Treat whatever a keychain raises as a keychain that did not answer.

    Each is another program behind another library, and they do not agree on what they raise.
    """
    try:
        yield
    except Exception as error:
        raise _locked() from error


def _chained(backend: Any) -> Iterator[Any]:
    """Yield a keychain, or each of those that stand behind it."""
    if _class_name(backend) == _CHAIN:
        yield from backend.backends
    else:
        yield backend


def _class_name(backend: Any) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _locked() -> OutsideError:
    return OutsideError(
        what=_("This computer's keychain did not answer."),
        why=_("It is locked, or it would not keep what it was given."),
        next_step=_(
            "Open the book with its passphrase. You can unlock the keychain and try later."
        ),
    )
