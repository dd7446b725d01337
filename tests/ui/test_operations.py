"""Work goes on off the window thread, in order, and its outcome comes back on it."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from dpemployer.errors import EntryError
from ui.operations import Operations

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.operations import Progress


def test_an_answer_is_worked_out_elsewhere_and_comes_back_here(
    operations: Operations, qtbot: QtBot
) -> None:
    answers: list[tuple[str, str]] = []
    owner = QObject()

    operations.ask(
        lambda: threading.current_thread().name,
        lambda worker: answers.append((worker, threading.current_thread().name)),
        owner=owner,
    )
    qtbot.waitUntil(lambda: bool(answers))

    assert answers == [("book", "MainThread")]


def test_pieces_of_work_never_overlap_and_keep_their_order(
    operations: Operations, qtbot: QtBot
) -> None:
    done: list[int] = []
    owner = QObject()

    for number in range(20):
        operations.change(lambda number=number: done.append(number), owner=owner)  # type: ignore[misc]
    qtbot.waitUntil(lambda: operations.idle)

    assert done == list(range(20))


def test_an_answer_for_a_window_that_has_gone_is_dropped(
    operations: Operations, qtbot: QtBot
) -> None:
    answers: list[int] = []
    owner, go_on = QObject(), threading.Event()

    def question() -> int:
        go_on.wait(5)
        return 1

    operations.ask(question, answers.append, owner=owner)
    shiboken6.delete(owner)
    go_on.set()
    qtbot.waitUntil(lambda: operations.idle)

    assert answers == []


def test_a_known_error_goes_to_the_page_that_wants_it(operations: Operations, qtbot: QtBot) -> None:
    said: list[str] = []
    owner = QObject()

    def refuse() -> None:
        raise EntryError("No.", "Because.", "Do this.")

    operations.change(refuse, owner=owner, or_else=lambda error: said.append(error.what))
    qtbot.waitUntil(lambda: operations.idle)

    assert said == ["No."]


def test_a_known_error_nobody_wants_is_announced(operations: Operations, qtbot: QtBot) -> None:
    owner = QObject()

    def refuse() -> None:
        raise EntryError("No.", "Because.", "Do this.")

    with qtbot.waitSignal(operations.failed) as failed:
        operations.change(refuse, owner=owner)

    assert failed.args is not None
    assert str(failed.args[0]) == "No.\nBecause.\nDo this."


def test_a_bug_is_announced_and_the_next_work_is_still_done(qtbot: QtBot) -> None:
    owner, answers, operations = QObject(), list[int](), Operations()

    with qtbot.waitSignal(operations.broken) as broken:
        operations.ask(lambda: 1 // 0, answers.append, owner=owner)
    operations.ask(lambda: 2, answers.append, owner=owner)
    qtbot.waitUntil(lambda: operations.idle)

    assert broken.args is not None
    assert isinstance(broken.args[0], ZeroDivisionError)
    assert answers == [2]
    operations.close()


def test_long_work_says_how_far_it_is_and_stops_when_asked(
    operations: Operations, qtbot: QtBot
) -> None:
    owner, reached = QObject(), list[int]()
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress(1, 3, "one")
        reached.append(1)
        started.set()
        go_on.wait(5)
        progress(2, 3)
        reached.append(2)

    with qtbot.waitSignal(operations.progressed) as progressed:
        operations.long(work, owner=owner)
    started.wait(5)
    operations.stop_long_work()
    go_on.set()
    qtbot.waitUntil(lambda: operations.idle)

    assert progressed.args == [1, 3, "one"]
    assert reached == [1]


def test_busy_is_said_once_and_taken_back_once(operations: Operations, qtbot: QtBot) -> None:
    said: list[bool] = []
    operations.busy.connect(said.append)
    owner = QObject()

    operations.ask(lambda: 1, lambda _answer: None, owner=owner)
    operations.ask(lambda: 2, lambda _answer: None, owner=owner)
    qtbot.waitUntil(lambda: operations.idle)

    assert said == [True, False]


def test_what_is_forgotten_is_taken_apart_on_the_window_thread(
    operations: Operations, qtbot: QtBot
) -> None:
    ended: list[str] = []

    class Forgotten:
        def __init__(self) -> None:
            self.itself = self  # only the search for forgotten objects finds it

        def __del__(self) -> None:
            ended.append(threading.current_thread().name)

    def work() -> None:
        Forgotten()
        # More new objects than Python lets go by without looking.
        kept = [[] for _each in range(100_000)]  # type: ignore[var-annotated]
        del kept

    operations.change(work, owner=operations)
    qtbot.waitUntil(lambda: operations.idle)
    before = list(ended)
    gc.collect()

    assert before == []
    assert ended == ["MainThread"]


def test_the_window_thread_looks_for_what_is_forgotten_when_there_is_enough_of_it(
    operations: Operations,
) -> None:
    gc.collect()
    before = gc.get_count()[0]
    for _each in range(2000):
        forgotten: list[object] = []
        forgotten.append(forgotten)
    grown = gc.get_count()[0]

    operations._tidying.look()

    assert grown > before + 1900
    assert gc.get_count()[0] < 700


def test_python_looks_by_itself_again_when_the_worker_thread_has_ended() -> None:
    operations = Operations()
    while_working = gc.isenabled()
    operations.close()

    assert not while_working
    assert gc.isenabled()
