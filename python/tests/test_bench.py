"""The figures that other tools read."""

from __future__ import annotations

import json
from pathlib import Path

from playtrain.bench import main


def test_it_writes_what_other_tools_read(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    main(["--game", "balance", "--arenas", "2", "--seconds", "0.2", "--json", str(file)])
    report = json.loads(file.read_text())
    assert report["game"] == "balance" and report["arenas"] == 2
    assert report["stepsPerSecond"] > 0 and report["framesPerSecond"] > 0
