"""What is installed has all that it needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from conftest import ROOT


def test_the_wheel_brings_the_game_and_its_types(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT / "python",
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"playtrain/_node/sim.mjs", "playtrain/py.typed", "playtrain/vector_env.py"} <= set(names)
    package = ROOT / "python" / "src"
    built = {file.relative_to(package).as_posix() for file in package.glob("playtrain/_node/**/*.mjs")}
    assert len(built) > 2 and built <= set(names)
    assert not any("tests" in name for name in names)
