"""The example for Ray keeps checkpoints, and goes on from them where the whole program was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytest.importorskip("ray")
pytestmark = pytest.mark.heavy

EXAMPLE = ROOT / "examples" / "ray" / "train.py"


def command(*words: str) -> list[str]:
    return [sys.executable, str(EXAMPLE), "--game", "balance", "--runners", "1", *words]


def test_what_was_killed_goes_on_from_its_last_checkpoint(tmp_path: Path) -> None:
    kept = ("--checkpoints", str(tmp_path / "kept"), "--save-seconds", "0")
    first = subprocess.Popen(command(*kept, "--steps", "1000000"), stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    rounds = (line for line in first.stdout if " steps/s " in line)
    for _ in range(4):
        next(rounds)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    first.stdout.close()

    checkpoints = sorted(each.name for each in (tmp_path / "kept").iterdir() if each.name.isdigit())
    assert len(checkpoints) == 2
    last = int(checkpoints[-1])
    assert last >= 3 * 512
    report, policy = tmp_path / "report.json", tmp_path / "policy.safetensors"
    words = command(*kept, "--steps", str(last + 600), "--json", str(report), "--policy", str(policy))
    second = subprocess.run(words, capture_output=True, text=True, check=True)
    assert f"Goes on from {tmp_path / 'kept' / checkpoints[-1]}" in second.stdout
    told = json.loads(report.read_text())
    assert told["begunAt"] == last
    assert last + 600 <= told["steps"] < last + 600 + 2 * 512
    assert policy.stat().st_size > 1_000


def test_a_game_that_does_not_run_is_told() -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLE), "--game", "chess"], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "There is no game “chess”" in done.stderr
