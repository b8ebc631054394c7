"""The mean return of the episodes that ended last. RLlib tells it of each round alone, in which few may have ended."""

from __future__ import annotations

import math
from collections import deque


class LatestEpisodes:
    """Some number of the latest episodes, or as many more as ended in the earliest round that counts."""

    def __init__(self, wanted: int) -> None:
        """Counts `wanted` episodes at least, once there are as many."""
        self._wanted = wanted
        self._rounds: deque[tuple[int, float]] = deque()
        self._episodes = 0

    def add(self, episodes: float, mean_return: float) -> None:
        """Takes what ended in a round."""
        count = 0 if math.isnan(episodes) or math.isnan(mean_return) else int(episodes)
        if count == 0:
            return
        self._rounds.append((count, mean_return))
        self._episodes += count
        while self._episodes - self._rounds[0][0] >= self._wanted:
            self._episodes -= self._rounds.popleft()[0]

    @property
    def mean(self) -> float:
        """Their mean return; −∞ where fewer have ended."""
        if self._episodes < self._wanted:
            return -math.inf
        return sum(count * mean for count, mean in self._rounds) / self._episodes
