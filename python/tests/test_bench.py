"""The figures that other tools read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playtrain.bench import main


def test_it_writes_what_other_tools_read(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    main(["--game", "balance", "--arenas", "2", "--seconds", "0.2", "--json", str(file)])
    report = json.loads(file.read_text())
    assert report["game"] == "balance" and report["arenas"] == 2
    assert report["stepsPerSecond"] > 0 and report["framesPerSecond"] > 0


@pytest.mark.heavy
def test_it_compares_what_a_trainer_gets(tmp_path: Path) -> None:
    pytest.importorskip("stable_baselines3")
    from playtrain import bench_sb3

    file = tmp_path / "bench.json"
    bench_sb3.main(["--steps", "256", "--rounds", "2", "--json", str(file)])
    report = json.loads(file.read_text())
    assert report["game"] == "balance" and report["stepsPerSecond"] > 0
    assert len(report["ratios"]) == 2 and report["ratio"] > 0
