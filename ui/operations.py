"""Ask or change off the window thread, and reply on it.

All work runs on one thread, one piece after another, so that questions and changes never
overlap. A reply arrives on the window thread by signal, and is dropped when the window that
asked has gone. A failure the program knows goes to the page if it says so, otherwise to
`failed`; anything else is a bug and goes to `broken`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from dpemployer.errors import DpEmployerError
from ui.tidying import Tidying

if TYPE_CHECKING:
    from collections.abc import Iterable

Answer = TypeVar("Answer")


class StoppedError(Exception):
    """The person stopped long work; nothing of it is kept."""


class Progress:
    """How far long work has got; given to the work, which reports and may be stopped."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._stopped = False

    def stop(self) -> None:
        """Ask the work to stop at its next report."""
        self._stopped = True

    def __call__(self, done: int, total: int, words: str = "") -> None:
        """Say how much is done, in words too.

        Raises:
            StoppedError: If the person has asked to stop.
        """
        if self._stopped:
            raise StoppedError
        self._report(done, total, words)


@dataclass(frozen=True)
class _Work(Generic[Answer]):
    """One piece of work: what to do, for whom, and what to do with what comes of it."""

    do: Callable[[], Answer]
    owner: QObject
    then: Callable[[Answer], object] | None
    or_else: Callable[[DpEmployerError], object] | None


@dataclass(frozen=True)
class _Reply:
    """What came of one piece of work, on its way to the window thread.

    It takes the work itself along: a window held by it must be let go on the window thread.
    """

    work: _Work[Any]
    deliver: Callable[[], object]


class Operations(QObject):
    """The one worker thread, and everything that waits for it."""

    changed = Signal(frozenset)
    """After a change: which subjects it touched."""
    busy = Signal(bool)
    progressed = Signal(int, int, str)
    failed = Signal(object, object)
    """A known error that its page did not want, and the window that asked."""
    broken = Signal(object, object)
    """A bug, and the window that asked."""
    _replied = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[_Work[Any] | None] = SimpleQueue()
        self._waiting = 0
        self._long: Progress | None = None
        self._last: _Reply | None = None
        self._tidying = Tidying(self)
        self._replied.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work_through, name="book", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether nothing is waiting or running."""
        return self._waiting == 0

    def ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], object],
        *,
        owner: QObject,
        or_else: Callable[[DpEmployerError], object] | None = None,
    ) -> None:
        """Ask the office something and hand the answer to *then*."""
        self._add(_Work(question, owner, then, or_else))

    def change(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], object] | None = None,
        *,
        owner: QObject,
        or_else: Callable[[DpEmployerError], object] | None = None,
    ) -> None:
        """Have the office change something; what was touched comes back by `announce`."""
        self._add(_Work(work, owner, then, or_else))

    def long(
        self,
        work: Callable[[Progress], Answer],
        then: Callable[[Answer], object] | None = None,
        *,
        owner: QObject,
        or_else: Callable[[DpEmployerError], object] | None = None,
    ) -> None:
        """Have something done that takes a while, says how far it is, and can be stopped."""
        progress = Progress(self.progressed.emit)

        def do() -> Answer:
            self._long = progress
            try:
                return work(progress)
            finally:
                self._long = None

        self._add(_Work(do, owner, then, or_else))

    def stop_long_work(self) -> None:
        """Stop the long work that is running, at its next report."""
        if self._long is not None:
            self._long.stop()

    def announce(self, subjects: Iterable[type]) -> None:
        """Say what a change touched. The office calls this on the worker thread."""
        self.changed.emit(frozenset(subjects))

    def close(self) -> None:
        """Finish everything asked so far, then stop the thread."""
        self.stop_long_work()
        self._queue.put(None)
        self._thread.join()
        self._tidying.stop()

    def _add(self, work: _Work[Any]) -> None:
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)
        self._queue.put(work)

    def _work_through(self) -> None:
        """Do what is asked, in order, until told to stop."""
        while (work := self._queue.get()) is not None:
            self._replied.emit(_Reply(work, self._outcome(work)))
            del work  # nothing of it may be held while waiting for the next

    def _outcome(self, work: _Work[Any]) -> Callable[[], object]:
        """Do the work, and return what is to happen on the window thread because of it."""
        try:
            answer = work.do()
        except StoppedError:
            return _nothing
        except DpEmployerError as error:
            known = error  # the name after `as` is gone when the block ends
            or_else = work.or_else
            if or_else is not None:
                return lambda: or_else(known)
            return lambda: self.failed.emit(known, work.owner)
        except Exception as error:  # noqa: BLE001 - a bug is reported on the window thread
            bug = error
            return lambda: self.broken.emit(bug, work.owner)
        then = work.then
        return _nothing if then is None else lambda: then(answer)

    def _deliver(self, reply: _Reply) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.busy.emit(False)
        if isValid(reply.work.owner):
            reply.deliver()
        # Held until the next reply: by then the worker thread has let go of this one.
        self._last = reply


def _nothing() -> None:
    """There is nothing to say."""
