"""What tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playtrain import PlaytrainVectorEnv

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened() -> Iterator[Callable[..., PlaytrainVectorEnv]]:
    """Opens games, which are closed after the test."""
    envs: list[PlaytrainVectorEnv] = []

    def open_game(*args: Any, **options: Any) -> PlaytrainVectorEnv:
        env = PlaytrainVectorEnv(*args, **{"timeout": 20.0, **options})
        envs.append(env)
        return env

    yield open_game
    for env in envs:
        env.close()
