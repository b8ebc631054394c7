"""A headless Chromium of this machine, spoken to by the DevTools protocol over two pipes: nothing listens."""

from __future__ import annotations

import base64
import contextlib
import json
import mimetypes
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playtrain.errors import BrowserMissing, PlaytrainError

BROWSER_VARIABLE: Final = "PLAYTRAIN_BROWSER"
"""Names the Chrome or Chromium to take."""

_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_USUAL: Final = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
_FLAGS: Final = (
    "--headless",
    "--remote-debugging-pipe",
    # Where there is no graphics processor, WebGL is drawn by the processor.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_ORIGIN: Final = "http://playtrain.invalid"
_READ_BYTES: Final = 1 << 16
_CLOSING_SECONDS: Final = 5.0
# Chromium reads from 3 and writes to 4.
_ITS_INPUT: Final = 3
_ITS_OUTPUT: Final = 4


def find_browser() -> str:
    """The path of a Chrome or Chromium: the one named, or one of the machine's.

    Raises `BrowserMissing` where there is none, or none that can be spoken to.
    """
    if os.name != "posix":
        raise BrowserMissing(
            "Pictures are drawn by a browser over pipes that this system does not give; play a policy in the page to see it."
        )
    named = os.environ.get(BROWSER_VARIABLE) or os.environ.get("CHROMIUM_PATH")
    if named:
        if shutil.which(named) is None:
            raise BrowserMissing(f"{BROWSER_VARIABLE} names {named}, which is no program.")
        return named
    for found in (*map(shutil.which, _COMMANDS), *(path for path in _USUAL if Path(path).exists())):
        if found is not None:
            return found
    raise BrowserMissing(
        f"Pictures are drawn by the game's own scene in a browser, and none was found: install Chromium or Chrome, or name one in {BROWSER_VARIABLE}."
    )


class Browser:
    """One page in a browser of its own, served from a folder."""

    def __init__(self, folder: Path, size: tuple[int, int], timeout: float) -> None:
        """Starts the browser and opens the folder's `index.html` in `size` (width, height)."""
        self._folder = folder.resolve()
        self._timeout = timeout
        self._calls = 0
        self._session: str | None = None
        self._come = b""
        self._profile = tempfile.TemporaryDirectory(prefix="playtrain-", ignore_cleanup_errors=True)
        self._process, self._write, self._read = self._launch(find_browser())
        try:
            self._open(*size)
        except BaseException:
            self.close()
            raise

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript, a promise's awaited. Raises `PlaytrainError` with what it throws."""
        told = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            thrown = told["exceptionDetails"].get("exception", {}).get("description", "an error")
            raise PlaytrainError(f"The picture could not be drawn: {str(thrown).splitlines()[0]}")
        return told["result"].get("value")

    def screenshot(self) -> str:
        """The page as it is seen, a PNG file in base64."""
        return str(self.call("Page.captureScreenshot", format="png")["data"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Calls a method of the DevTools protocol."""
        number = self._send(method, parameters)
        deadline = time.monotonic() + self._timeout
        while True:
            message = self._next(deadline)
            if message.get("method") == "Fetch.requestPaused":
                self._serve(message["params"])
            elif message.get("id") == number:
                if "error" in message:
                    raise PlaytrainError(
                        f"The browser refused {method}: {message['error'].get('message')}."
                    )
                result: dict[str, Any] = message["result"]
                return result

    def close(self) -> None:
        """Ends the browser."""
        if self._process.poll() is None:
            with contextlib.suppress(PlaytrainError, OSError):
                self._session = None
                self._send("Browser.close", {})
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_CLOSING_SECONDS)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        for end in (self._write, self._read):
            with contextlib.suppress(OSError):
                os.close(end)
        self._profile.cleanup()

    def _launch(self, executable: str) -> tuple[subprocess.Popen[bytes], int, int]:
        its_input, write = _pipe()
        read, its_output = _pipe()

        def lay_pipes() -> None:
            os.dup2(its_input, _ITS_INPUT)
            os.dup2(its_output, _ITS_OUTPUT)

        flags = [*_FLAGS, f"--user-data-dir={self._profile.name}"]
        if os.geteuid() == 0:
            # It has no other way to run as root, as in containers. All that it opens is this package's own page.
            flags.append("--no-sandbox")
        try:
            process = subprocess.Popen(
                [executable, *flags, "about:blank"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(_ITS_INPUT, _ITS_OUTPUT),
                preexec_fn=lay_pipes,
                start_new_session=True,
            )
        except (OSError, subprocess.SubprocessError) as error:
            os.close(write)
            os.close(read)
            raise BrowserMissing(f"{executable} could not be started: {error}.") from error
        finally:
            os.close(its_input)
            os.close(its_output)
        return process, write, read

    def _open(self, width: int, height: int) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        self.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self.call("Page.navigate", url=f"{_ORIGIN}/index.html")

    def _serve(self, paused: dict[str, Any]) -> None:
        """Answers a request of the page by a file of the folder; whatever else it asks for there is not."""
        address = urlsplit(paused["request"]["url"])
        file = (self._folder / address.path.lstrip("/")).resolve()
        is_own = f"{address.scheme}://{address.netloc}" == _ORIGIN and file.is_relative_to(self._folder)
        if not is_own or not file.is_file():
            code, body, kind = 404, b"", "text/plain"
        else:
            code, body = 200, file.read_bytes()
            kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0] or ""
        self._send(
            "Fetch.fulfillRequest",
            {
                "requestId": paused["requestId"],
                "responseCode": code,
                "responseHeaders": [{"name": "Content-Type", "value": kind}],
                "body": base64.b64encode(body).decode(),
            },
        )

    def _send(self, method: str, parameters: dict[str, Any]) -> int:
        self._calls += 1
        message: dict[str, Any] = {"id": self._calls, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        rest = memoryview(json.dumps(message).encode() + b"\0")
        try:
            while rest:
                rest = rest[os.write(self._write, rest) :]
        except OSError as error:
            raise self._gone() from error
        return self._calls

    def _next(self, deadline: float) -> dict[str, Any]:
        while (end := self._come.find(b"\0")) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._read], [], [], left)[0]:
                raise PlaytrainError(f"The browser did not answer within {self._timeout:g} s.")
            piece = os.read(self._read, _READ_BYTES)
            if not piece:
                raise self._gone()
            self._come += piece
        message: dict[str, Any] = json.loads(self._come[:end])
        self._come = self._come[end + 1 :]
        return message

    def _gone(self) -> PlaytrainError:
        return PlaytrainError(
            f"The browser that draws pictures is gone (code {self._process.poll()}); name another one in {BROWSER_VARIABLE}."
        )


def _pipe() -> tuple[int, int]:
    """A pipe whose ends lie above the numbers that Chromium takes."""
    import fcntl

    ends = os.pipe()
    try:
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    finally:
        for end in ends:
            os.close(end)
    return high[0], high[1]
