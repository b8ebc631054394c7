"""What a cluster of runners and one learner gives, by arithmetic from measured terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What is measured of one runner and one learner."""

    runner_rate: float
    """Agent steps a second of one runner while it plays: game, forward passes and RLlib's bookkeeping."""
    step_bytes: float
    """Bytes of a step as a runner sends it."""
    network_rate: float
    """Bytes a second that go into, or out of, the learner's machine; what the network is said to do."""
    update_seconds_per_step: float
    """Seconds of an update for each step of its batch, all epochs included."""
    weights_bytes: float
    """Bytes of the weights as they are sent to a runner."""
    batch_of_runner: float
    """Steps that each runner adds to a batch."""


def round_parts(terms: Terms, runners: int) -> dict[str, float]:
    """Seconds of a round by what they go to, where runners play at once and the learner learns afterwards."""
    batch = terms.batch_of_runner * runners
    return {
        "play": terms.batch_of_runner / terms.runner_rate,
        "send": batch * terms.step_bytes / terms.network_rate,
        "learn": batch * terms.update_seconds_per_step,
        "weights": runners * terms.weights_bytes / terms.network_rate,
    }


def table(terms: Terms, runners: Sequence[int]) -> list[dict[str, float]]:
    """Steps a second for numbers of runners, and the learner's share of a round."""
    rows = []
    for count in runners:
        parts = round_parts(terms, count)
        seconds = sum(parts.values())
        rows.append(
            {
                "runners": count,
                "stepsPerSecond": round(terms.batch_of_runner * count / seconds),
                "learnerShare": round(parts["learn"] / seconds, 3),
            }
        )
    return rows


def largest_useful(terms: Terms) -> float:
    """At how many runners all that grows with them takes as long as their playing."""
    parts = round_parts(terms, 1)
    return parts["play"] / (parts["send"] + parts["learn"] + parts["weights"])
