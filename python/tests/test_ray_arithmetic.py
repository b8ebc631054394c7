"""The Ray example's arithmetic says what its measurements imply, and its mean counts the latest episodes alone."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "examples" / "ray"))

from checkpoints import newest, save  # noqa: E402
from latest_episodes import LatestEpisodes  # noqa: E402
from scaling import Terms, largest_useful, round_parts, table  # noqa: E402

MEASURED = ["volley", "flap", "volley-large"]


def measured(name: str) -> dict[str, object]:
    return dict(json.loads((ROOT / "bench" / "results" / f"ray-throughput-{name}.json").read_text()))


@pytest.mark.parametrize("name", MEASURED)
def test_what_is_predicted_follows_from_what_was_measured(name: str) -> None:
    report = measured(name)
    terms = Terms(**report["terms"])
    predicted = report["predicted"]
    assert isinstance(predicted, list)
    rows = table(terms, [row["runners"] for row in predicted])
    assert [{"machines": row["machines"], **again} for row, again in zip(predicted, rows, strict=True)] == predicted


@pytest.mark.parametrize("name", MEASURED)
def test_steps_grow_with_runners_as_far_as_the_learner_goes(name: str) -> None:
    terms = Terms(**measured(name)["terms"])
    rates = [row["stepsPerSecond"] for row in table(terms, [1, 2, 10, 1_000, 100_000])]
    assert rates == sorted(rates)
    assert rates[1] < 2 * rates[0]
    end = 1 / (terms.step_bytes / terms.network_rate + terms.update_seconds_per_step)
    assert 0.9 * end < rates[-1] < end
    parts = round_parts(terms, 1)
    waiting = largest_useful(terms) * sum(seconds for part, seconds in parts.items() if part != "play")
    assert waiting == pytest.approx(parts["play"])


def test_what_the_page_says_of_machines_is_what_was_computed() -> None:
    page = (ROOT / "examples" / "ray" / "README.md").read_text()
    volley, flap = (measured(name)["predicted"] for name in ("volley", "flap"))
    assert isinstance(volley, list) and isinstance(flap, list)
    for one, other in zip(volley, flap, strict=True):
        cells = [
            cell
            for row in (one, other)
            for cell in (f"{row['stepsPerSecond']:,}", f"{row['learnerShare']:.0%}".replace("%", " %"))
        ]
        assert f"| {one['machines']} | {' | '.join(cells)} |" in page


def test_the_latest_episodes_are_whole_rounds_of_as_many_as_are_wanted() -> None:
    latest = LatestEpisodes(10)
    latest.add(6, 1.0)
    latest.add(0, math.nan)
    assert latest.mean == -math.inf
    latest.add(6, 3.0)
    assert latest.mean == 2.0
    latest.add(9, 5.0)
    assert latest.mean == pytest.approx((6 * 3.0 + 9 * 5.0) / 15)
    latest.add(10, 7.0)
    assert latest.mean == 7.0


class Written:
    """Stands for an algorithm: writes one file, or fails halfway."""

    def __init__(self, *, fails: bool = False) -> None:
        self._fails = fails

    def save_to_path(self, path: str) -> None:
        Path(path).mkdir()
        (Path(path) / "state").write_text("half")
        if self._fails:
            raise OSError("The disk is full.")
        (Path(path) / "state").write_text("whole")


def test_a_checkpoint_is_there_only_once_it_is_whole(tmp_path: Path) -> None:
    assert newest(tmp_path) is None
    for steps in (900, 10_000, 20_000):
        save(Written(), tmp_path, steps)
    with pytest.raises(OSError, match="full"):
        save(Written(fails=True), tmp_path, 30_000)
    kept = newest(tmp_path)
    assert kept is not None and kept.name == "000000020000"
    assert (kept / "state").read_text() == "whole"
    save(Written(), tmp_path, 40_000)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["000000020000", "000000040000"]
