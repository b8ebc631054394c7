"""Pictures are drawn by the scene that people see, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from playtrain import BrowserMissing, PlaytrainError, PlaytrainVectorEnv
from playtrain._browser import find_browser
from playtrain.env import PlaytrainEnv

GAMES = Path(__file__).parent / "games"


def _has_browser() -> bool:
    try:
        find_browser()
    except BrowserMissing:
        return False
    return True


needs_browser = pytest.mark.skipif(not _has_browser(), reason="there is no Chrome or Chromium")


@needs_browser
@pytest.mark.parametrize("game", ["balance", "swing", "volley"])
def test_a_picture_shows_the_state(game: str, opened: Callable[..., PlaytrainVectorEnv]) -> None:
    env = opened(game, 1, render_mode="rgb_array", render_size=(320, 180), timeout=60.0)
    env.reset(seed=1)
    before = env.save_state()
    first = env.render()
    assert first is not None and len(first) == env.num_envs
    assert first[0].shape == (180, 320, 3) and first[0].dtype == np.uint8
    env.action_space.seed(1)
    for _ in range(12):
        env.step(env.action_space.sample())
    later = env.render()
    env.restore_state(before)
    again = env.render()
    assert later is not None and again is not None
    # What only pleases, such as an eye that blinks, goes by time and not by the state.
    assert _difference(first[0], again[0]) < _difference(first[0], later[0]) / 2


@needs_browser
def test_agents_that_meet_share_a_picture_and_the_theme_is_chosen(
    opened: Callable[..., PlaytrainVectorEnv],
) -> None:
    brightness = {}
    for theme in ("dark", "light"):
        env = opened("volley", 2, render_mode="rgb_array", render_theme=theme, timeout=60.0)
        env.reset(seed=1)
        pictures = env.render()
        assert pictures is not None and len(pictures) == 4
        assert pictures[0] is pictures[1] and pictures[2] is not pictures[1]
        brightness[theme] = pictures[0].mean()
    assert brightness["light"] > brightness["dark"] + 20


@needs_browser
def test_one_arena_gives_one_picture_and_ends_its_browser() -> None:
    env = PlaytrainEnv("balance", render_mode="rgb_array", timeout=60.0)
    env.reset(seed=1)
    assert env.metadata["render_modes"] == ["rgb_array"] and env.metadata["render_fps"] == 50
    picture = env.render()
    assert picture is not None and picture.shape == (270, 480, 3)
    drawn = env.arena._picture
    assert drawn is not None
    env.close()
    assert drawn._browser._process.poll() is not None


def test_nothing_is_drawn_unless_it_was_asked_for(opened: Callable[..., PlaytrainVectorEnv]) -> None:
    env = opened("balance", 1)
    env.reset(seed=1)
    assert env.render() is None


def test_without_a_browser_pictures_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PLAYTRAIN_BROWSER", "CHROMIUM_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("playtrain._browser._USUAL", ())
    with pytest.raises(BrowserMissing, match="install Chromium or Chrome"):
        PlaytrainVectorEnv("balance", render_mode="rgb_array")


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(PlaytrainError, match="no render mode “human”"):
        PlaytrainVectorEnv("balance", render_mode="human")
    with pytest.raises(PlaytrainError, match="seen in its own page"):
        PlaytrainVectorEnv(GAMES / "masked.mjs", render_mode="rgb_array")


@needs_browser
def test_a_browser_that_does_not_start_says_so(
    monkeypatch: pytest.MonkeyPatch, opened: Callable[..., PlaytrainVectorEnv]
) -> None:
    monkeypatch.setenv("PLAYTRAIN_BROWSER", "/bin/false")
    env = opened("balance", 1, render_mode="rgb_array")
    env.reset(seed=1)
    with pytest.raises(PlaytrainError, match=r"browser that draws pictures is gone"):
        env.render()


def _difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one.astype(float) - other.astype(float)).mean())
