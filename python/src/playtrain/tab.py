"""An open tab of Playtrain's page as an environment: what you see there is what is trained here.

A person offers the tab on the page (“Train this tab from Python”) and copies the code that is shown. This side listens on the
loopback interface for that one tab, and stops listening once it has come. Needs `pip install playtrain[tab]`.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import queue
import re
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gymnasium.vector import AutoresetMode

from playtrain import _protocol as protocol
from playtrain._child import Child
from playtrain.errors import GameFailed, PlaytrainError
from playtrain.spec import Spec, read_spec
from playtrain.vector_env import PlaytrainVectorEnv

USUAL_PORT: Final = 8_765
_LOOPBACK: Final = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_WRONG_CODES: Final = 5
_CLOSING_SECONDS: Final = 2.0


class TabVectorEnv(PlaytrainVectorEnv):
    """Arenas of the game in a tab, stepped from here and seen there.

    Example::

        env = TabVectorEnv("K7PQ3XDM", 8)
        observations, infos = env.reset(seed=1)
    """

    def __init__(
        self,
        code: str,
        num_arenas: int = 1,
        *,
        port: int = USUAL_PORT,
        origins: Sequence[str] = (),
        wait: float = 120.0,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        opponent: str | None = None,
        time_limit_ticks: int | None = None,
        seed: int = 1,
        timeout: float = 60.0,
        copy: bool = True,
    ) -> None:
        """Listens until the tab has come.

        Args:
            code: what the page shows.
            num_arenas: how many arenas the tab plays.
            port: the port that the page names.
            origins: addresses of pages, such as `https://example.org`, whose tabs may come besides those of this machine.
            wait: how many seconds the tab may take to come.
            autoreset_mode: as in `PlaytrainVectorEnv`.
            opponent: a scripted player for the second seat of every arena.
            time_limit_ticks: after how many ticks episodes are cut; None for the game's own limit.
            seed: where chance begins before the first reset that names a seed.
            timeout: how many seconds an answer may take.
            copy: whether arrays that are returned stay as they are at the next step.

        Raises:
            GameFailed: no tab came, or it left.
        """
        self._tab: dict[str, Any] = {"code": code, "port": port, "origins": tuple(origins), "wait": wait}
        self._begins = {
            "arenas": num_arenas,
            "autoreset": "same-step"
            if AutoresetMode(autoreset_mode) == AutoresetMode.SAME_STEP
            else "next-step",
            "opponent": opponent,
            "timeLimitTicks": time_limit_ticks,
        }
        super().__init__(
            "tab",
            num_arenas,
            autoreset_mode=autoreset_mode,
            copy=copy,
            seed=seed,
            timeout=timeout,
            command=["tab"],
        )

    def _start(self, seed: int, num_envs: int | None) -> tuple[Child, Spec]:
        tab = _Tab({**self._begins, "seed": seed}, timeout=self._timeout, **self._tab)
        return tab, read_spec(tab.reply("spec").decode())


class _Tab(Child):
    """A tab that answers requests by frames."""

    def __init__(
        self,
        begins: Mapping[str, Any],
        *,
        code: str,
        port: int,
        origins: Sequence[str],
        wait: float,
        timeout: float,
    ) -> None:
        try:
            from websockets.exceptions import NegotiationError
            from websockets.typing import Origin
            from websockets.sync.server import serve
        except ImportError as error:
            raise PlaytrainError(
                "A tab is reached by the package websockets: pip install playtrain[tab]."
            ) from error
        self._timeout = timeout
        self._header = bytearray(protocol.HEADER.size)
        self._come = b""
        self._rest = memoryview(b"")
        self._alive = True
        self._over = threading.Event()
        arrived: queue.Queue[Any] = queue.Queue()
        wrong = threading.Semaphore(_WRONG_CODES)

        def select(_connection: Any, offered: Sequence[Any]) -> Any:
            said = next((str(each)[5:] for each in offered if str(each).startswith("code.")), "")
            if not hmac.compare_digest(said.encode(), code.strip().upper().encode()):
                if not wrong.acquire(blocking=False):
                    arrived.put(None)
                raise NegotiationError("the code is another one")
            version = f"playtrain.{protocol.VERSION}"
            if version not in offered:
                raise NegotiationError(f"this side speaks {version}")
            return version

        def handle(connection: Any) -> None:
            arrived.put(connection)
            self._over.wait()

        try:
            self._server = serve(
                handle,
                "127.0.0.1",
                port,
                origins=[_LOOPBACK, *(Origin(each) for each in origins)],
                select_subprotocol=select,
                compression=None,
                max_size=protocol.LONGEST_REPLY_BYTES,
            )
        except OSError as error:
            raise PlaytrainError(
                f"Port {port} cannot be listened on ({error.strerror}); name another, here and on the page."
            ) from error
        self._listener = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._listener.start()
        try:
            self._connection = arrived.get(timeout=wait)
        except queue.Empty:
            self.kill()
            raise GameFailed(
                f"No tab came within {wait:g} s; offer it on the page, with this code and port {port}."
            ) from None
        finally:
            # One tab has come, or none will: nobody else may. What is open stays open.
            self._server.socket.close()
        if self._connection is None:
            self.kill()
            raise GameFailed(
                f"Somebody tried {_WRONG_CODES + 1} wrong codes, so nothing listens any more; offer the tab anew."
            )
        self._connection.send(json.dumps(dict(begins)))

    @property
    def pid(self) -> int:
        """A tab has no process of its own."""
        raise PlaytrainError("A tab has no process number.")

    @property
    def is_alive(self) -> bool:
        """Whether the tab is connected."""
        return self._alive

    @property
    def last_words(self) -> str:
        """A tab leaves none."""
        return ""

    def send(self, frame: bytes | bytearray | memoryview) -> None:
        """Sends a whole frame. Raises `GameFailed` where the tab is gone."""
        from websockets.exceptions import ConnectionClosed

        try:
            self._connection.send(bytes(frame))
        except (ConnectionClosed, OSError) as error:
            raise self._gone() from error

    def _read_some(self, into: memoryview) -> int:
        from websockets.exceptions import ConnectionClosed

        if not self._rest:
            try:
                message = self._connection.recv(timeout=self._timeout)
            except TimeoutError:
                raise self._stuck("did not answer") from None
            except (ConnectionClosed, OSError) as error:
                raise self._gone() from error
            if isinstance(message, str):
                raise self._gone(f"what came was text: {message[:80]}")
            self._rest = memoryview(message)
        count = min(len(into), len(self._rest))
        into[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def _gone(self, sentence: str | None = None) -> GameFailed:
        reason = sentence
        close = getattr(getattr(self._connection, "protocol", None), "close_rcvd", None)
        if reason is None and close is not None and close.reason:
            reason = close.reason
        self.kill()
        return GameFailed(
            f"The tab was closed, or stopped, in the middle{': ' + reason if reason else ''}. Offer it anew on the page, and begin again with its code."
        )

    def _stuck(self, what: str) -> GameFailed:
        self.kill()
        return GameFailed(f"The tab {what} within {self._timeout:g} s. Is it asleep, or its machine?")

    def close(self) -> None:
        """Tells the tab that this is all."""
        if self.is_alive:
            with contextlib.suppress(PlaytrainError):
                self.send(protocol.header("close", 0))
                self.reply("closed")
        self.kill()

    def kill(self) -> None:
        """Lets go of the connection and of the port."""
        if not self._alive:
            return
        self._alive = False
        connection = getattr(self, "_connection", None)
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()
        self._over.set()
        threading.Thread(target=self._server.shutdown, daemon=True).start()
        self._listener.join(_CLOSING_SECONDS)
