"""Pictures of a game, drawn by the scene that people see on the page."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from playtrain._browser import Browser
from playtrain.errors import PlaytrainError

_PAGE: Final = Path(__file__).parent / "_page"

Theme = Literal["dark", "light"]


class Picture:
    """Draws moments of one game, one after the other, in a browser of its own."""

    def __init__(self, game: str, size: tuple[int, int], theme: Theme, timeout: float) -> None:
        """Starts the browser. `size` is width and height in pixels."""
        if not (_PAGE / "index.html").exists():
            raise PlaytrainError(
                "This copy of the package was built without the page that draws pictures. In a clone of Playtrain, `npm run build:wheel` builds it."
            )
        self._size = size
        self._begins = f"{json.dumps(game)}, {json.dumps(theme)}"
        self._browser = Browser(_PAGE, size, timeout)
        try:
            # Its program comes after the page itself.
            self._browser.evaluate(
                "new Promise((resolve) => { const wait = () => window.playtrainPicture ? resolve() : setTimeout(wait, 10); wait(); })"
            )
        except BaseException:
            self.close()
            raise

    def draw(
        self, state: NDArray[np.float64], actions: NDArray[np.float32], episode_ticks: int
    ) -> NDArray[np.uint8]:
        """One arena as it stands, `[height, width, 3]`."""
        moment: dict[str, Any] = {
            "state": state.tolist(),
            "actions": actions.tolist(),
            "episodeTicks": episode_ticks,
        }
        self._browser.evaluate(f"playtrainPicture.draw({self._begins}, {json.dumps(moment)})")
        png = self._browser.screenshot()
        pixels = self._browser.evaluate(f"playtrainPicture.pixels('{png}')")
        width, height = self._size
        return np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 3).copy()

    def close(self) -> None:
        """Ends the browser."""
        self._browser.close()
