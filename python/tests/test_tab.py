"""A tab that is trained from here: its code, its address, and what is said when it leaves.

The tab itself is tried in a browser (tests/browser/outside.spec.ts); here its part is played by `playtrain sim` behind a
WebSocket.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from playtrain import GameFailed, PlaytrainVectorEnv, _protocol
from playtrain._node import sim_command
from playtrain.tab import TabVectorEnv

client = pytest.importorskip("websockets.sync.client")

CODE = "K7PQ3XDM"


@pytest.fixture
def port() -> int:
    """One that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def knock(port: int, *, code: str = CODE, origin: str = "http://localhost:5173") -> Any:
    """Connects as a tab does, again and again until somebody listens."""
    for _ in range(200):
        try:
            return client.connect(
                f"ws://127.0.0.1:{port}/",
                origin=origin,
                subprotocols=[f"playtrain.{_protocol.VERSION}", f"code.{code}"],
                compression=None,
            )
        except ConnectionRefusedError:
            time.sleep(0.02)
    raise AssertionError("Nobody listened.")


def play_tab(port: int, *, leave_after: int | None = None) -> None:
    """Plays the part of a tab: Balance, by the words that come first."""
    with contextlib.ExitStack() as opened:
        connection = opened.enter_context(knock(port))
        words = json.loads(connection.recv())
        command = [
            *sim_command(),
            "--game",
            "balance",
            "--arenas",
            str(words["arenas"]),
            "--seed",
            str(words["seed"]),
        ]
        game = opened.enter_context(
            subprocess.Popen(
                [*command, "--autoreset", words["autoreset"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        )
        opened.callback(game.kill)
        assert game.stdin and game.stdout

        def reply() -> bytes:
            head = game.stdout.read(_protocol.HEADER.size)
            return bytes(head + game.stdout.read(_protocol.HEADER.unpack(head)[3]))

        connection.send(reply())
        with contextlib.suppress(Exception):
            for taken in range(10_000):
                if taken == leave_after:
                    return
                game.stdin.write(connection.recv())
                game.stdin.flush()
                connection.send(reply())


@pytest.fixture
def tab() -> Iterator[Callable[..., threading.Thread]]:
    """Begins tabs, which are waited for after the test."""
    begun: list[threading.Thread] = []

    def begin(*args: Any, **options: Any) -> threading.Thread:
        begun.append(threading.Thread(target=play_tab, args=args, kwargs=options, daemon=True))
        begun[-1].start()
        return begun[-1]

    yield begin
    for each in begun:
        each.join(5)


def test_a_tab_plays_what_a_child_plays(port: int, tab: Callable[..., threading.Thread]) -> None:
    tab(port)
    here = TabVectorEnv(CODE.lower(), 4, port=port, wait=10, timeout=10)
    child = PlaytrainVectorEnv("balance", 4)
    try:
        seen = [env.reset(seed=5)[0] for env in (here, child)]
        np.testing.assert_array_equal(*seen)
        for step in range(60):
            actions = np.full(4, step % 3 == 0, np.int64)
            mine, theirs = (env.step(actions) for env in (here, child))
            for left, right in zip(mine[:4], theirs[:4], strict=True):
                np.testing.assert_array_equal(left, right)
    finally:
        here.close()
        child.close()


def test_a_tab_that_is_closed_in_the_middle_is_an_error_that_says_so(
    port: int, tab: Callable[..., threading.Thread]
) -> None:
    tab(port, leave_after=3)
    env = TabVectorEnv(CODE, port=port, wait=10, timeout=10)
    env.reset(seed=1)
    began = time.monotonic()
    with pytest.raises(GameFailed, match="The tab was closed, or stopped, in the middle"):
        for _ in range(10):
            env.step(np.zeros(1, np.int64))
    assert time.monotonic() - began < 5
    env.close()


def test_no_other_code_and_no_other_page_gets_in(port: int, tab: Callable[..., threading.Thread]) -> None:
    from websockets.exceptions import InvalidHandshake

    refused: list[str] = []

    def try_others() -> None:
        for options in ({"code": "AAAAAAAA"}, {"origin": "https://example.org"}):
            with pytest.raises(InvalidHandshake):
                knock(port, **options)
            refused.append(next(iter(options)))
        play_tab(port)

    thread = threading.Thread(target=try_others, daemon=True)
    thread.start()
    env = TabVectorEnv(CODE, port=port, wait=10, timeout=10)
    assert refused == ["code", "origin"]
    # Nobody listens any more once the tab is here.
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    env.close()
    thread.join(5)


def test_a_tab_that_never_comes_is_an_error_that_says_what_to_do(port: int) -> None:
    with pytest.raises(GameFailed, match="No tab came within 0.2 s; offer it on the page"):
        TabVectorEnv(CODE, port=port, wait=0.2)
