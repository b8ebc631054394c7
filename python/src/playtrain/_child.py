"""The game's process, and the frames that go to it and come back."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import IO, Final

from playtrain import _protocol as protocol
from playtrain._stillness import LOOK_SECONDS, Stillness
from playtrain.errors import GameFailed, PlaytrainError, Refused

_LAST_LINES: Final = 40
_CLOSING_SECONDS: Final = 2.0
_SENTENCE_BYTES: Final = 1 << 20
_OUTCOME_BEGINS: Final = memoryview(protocol.MAGIC + bytes([protocol.VERSION, protocol.REPLIES["outcome"]]))
_CAN_POLL: Final = hasattr(select, "poll")


class Child:
    """A process that answers requests by frames. Not for several threads at once."""

    def __init__(self, command: Sequence[str], timeout: float, *, here: bool = True) -> None:
        """Starts it.

        `timeout` is how many seconds an answer may take. `here` says whether the game itself is the process, or one of its
        children: then it is soon known, too, that it does nothing at all.
        """
        self._timeout = timeout
        self._first_look_ms = min(LOOK_SECONDS, timeout) * 1000
        self._here = here
        self._has_spoken = False
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                # Ctrl-C is for this process, which then closes the game in order.
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            raise PlaytrainError(f"{command[0]} could not be started: {error}.") from error
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        self._words: deque[str] = deque(maxlen=_LAST_LINES)
        # Somebody has to take what the game prints, or its pipe fills up and it waits for ever.
        self._listener = threading.Thread(target=self._listen, args=(self._process.stderr,), daemon=True)
        self._listener.start()
        self._header = bytearray(protocol.HEADER.size)
        self._come = b""
        if _CAN_POLL:
            os.set_blocking(self._in, False)
            self._readable = select.poll()
            self._readable.register(self._out, select.POLLIN)
            self._writable = select.poll()
            self._writable.register(self._in, select.POLLOUT)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def last_words(self) -> str:
        """The end of what the game wrote to standard error."""
        return "\n".join(self._words)

    def send(self, frame: bytes | bytearray | memoryview) -> None:
        """Sends a whole frame. Raises `GameFailed` where it cannot be sent."""
        try:
            sent = os.write(self._in, frame)
        except BlockingIOError:
            sent = 0
        except OSError as error:
            raise self._gone() from error
        if sent < len(frame):
            self._send_rest(memoryview(frame)[sent:])

    def _send_rest(self, rest: memoryview) -> None:
        deadline = time.monotonic() + self._timeout
        while rest:
            if _CAN_POLL:
                self._until_ready(self._writable, deadline, "took nothing")
            try:
                rest = rest[os.write(self._in, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._gone() from error

    def read_into(self, into: memoryview) -> None:
        """Fills `into`. Raises `GameFailed` where nothing comes."""
        deadline = 0.0
        while into:
            into = into[self._read_some(into) :]
            if into and deadline == 0.0:
                deadline = time.monotonic() + self._timeout
            elif into and time.monotonic() > deadline:
                raise self._stuck("answered only in part")

    def outcome_into(self, frame: memoryview) -> int:
        """Reads an outcome as far as its length is fixed, header included. Returns how many bytes of it are left."""
        head = protocol.HEADER.size
        got = 0
        while got < head:
            got += self._read_some(frame[got:])
        if frame[:4] == _OUTCOME_BEGINS:
            if got < len(frame):
                self.read_into(frame[got:])
            return int(protocol.HEADER.unpack_from(frame)[3]) - (len(frame) - head)
        # An error's sentence: as much of it as came belongs before what is still to come.
        self._come = bytes(frame[head:got])
        self.check_header(frame[:head], "outcome")
        raise AssertionError("unreachable")

    def _read_some(self, into: memoryview) -> int:
        if _CAN_POLL and not self._readable.poll(self._first_look_ms):
            deadline = time.monotonic() + self._timeout - self._first_look_ms / 1000
            self._until_ready(self._readable, deadline, "did not answer")
        try:
            got = os.readv(self._out, [into]) if _CAN_POLL else self._read_plain(into)
        except OSError as error:
            raise self._gone() from error
        if got == 0:
            raise self._gone()
        return got

    def _until_ready(self, pipe: select.poll, deadline: float, failing: str) -> None:
        """Waits for a pipe. Raises `GameFailed` at the deadline, or as soon as the game is known to stand still."""
        stillness = Stillness(self._process.pid, here=self._here and self._has_spoken)
        while not pipe.poll(min(LOOK_SECONDS * 1000, self._left_ms(deadline))):
            if time.monotonic() >= deadline:
                raise self._stuck(failing)
            if matter := stillness.look():
                raise self._still(matter)

    def _read_plain(self, into: memoryview) -> int:
        piece = os.read(self._out, len(into))
        into[: len(piece)] = piece
        return len(piece)

    def check_header(self, head: bytes | bytearray | memoryview, expected: str) -> int:
        """How many bytes follow a reply's header. Raises `Refused` or `GameFailed` where the reply says that it is an error."""
        magic, version, kind, length = protocol.HEADER.unpack(head)
        if kind == protocol.REPLIES[expected] and magic == protocol.MAGIC and version == protocol.VERSION:
            return int(length)
        if magic != protocol.MAGIC:
            self.kill()
            raise GameFailed(
                f"What came from the game begins with {bytes(head)!r} and is no frame: something else writes to its standard output."
            )
        if version != protocol.VERSION:
            self.kill()
            raise GameFailed(
                f"The game speaks version {version} of the protocol, this package version {protocol.VERSION}; install the same version of both."
            )
        if kind in (protocol.REPLIES["refused"], protocol.REPLIES["failed"]):
            body = bytearray(min(int(length), _SENTENCE_BYTES))
            body[: len(self._come)] = self._come
            self.read_into(memoryview(body)[len(self._come) :])
            self._come = b""
            sentence = body[4:].decode(errors="replace")
            if kind == protocol.REPLIES["refused"]:
                raise Refused(sentence)
            raise self._gone(sentence)
        self.kill()
        raise GameFailed(f"The game answered by a frame of type {kind} where “{expected}” was due.")

    def reply(self, expected: str) -> bytearray:
        """What follows the header of the next reply, which is to be of a type."""
        self.read_into(memoryview(self._header))
        length = self.check_header(self._header, expected)
        if length > protocol.LONGEST_REPLY_BYTES:
            raise self._stuck(f"announced {length} bytes")
        body = bytearray(length)
        self.read_into(memoryview(body))
        self._has_spoken = True
        return body

    def close(self) -> None:
        """Tells the game to end, and ends it where it does not."""
        if self.is_alive:
            with contextlib.suppress(PlaytrainError):
                self.send(protocol.header("close", 0))
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_CLOSING_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Ends the process, whatever it does."""
        if self.is_alive:
            self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSING_SECONDS)
        self._listener.join(_CLOSING_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _listen(self, words: IO[bytes]) -> None:
        with words:
            for line in words:
                self._words.append(line.decode(errors="replace").rstrip())

    def _left_ms(self, deadline: float) -> float:
        return max(0.0, (deadline - time.monotonic()) * 1000)

    def _gone(self, sentence: str | None = None) -> GameFailed:
        """The error that says how the process ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSING_SECONDS)
        code = self._process.poll()
        self.kill()
        words = self.last_words
        how = _ending(code)
        said = sentence or words
        told = f"The game {how}{': ' + said if said else ' and said nothing'}"
        return GameFailed(told.removesuffix(".") + ".", exit_code=code, last_words=words)

    def _still(self, matter: str) -> GameFailed:
        self.kill()
        words = self.last_words
        return GameFailed(f"The game {matter} and was ended{': ' + words if words else ''}.", last_words=words)

    def _stuck(self, what: str) -> GameFailed:
        self.kill()
        words = self.last_words
        return GameFailed(
            f"The game {what} within {self._timeout:g} s and was ended{': ' + words if words else ''}; give it a longer timeout where it needs one.",
            last_words=words,
        )


def _ending(code: int | None) -> str:
    if code is None:
        return "stopped answering and was ended"
    if code < 0:
        return f"was ended by signal {-code}"
    return f"ended with code {code}"
