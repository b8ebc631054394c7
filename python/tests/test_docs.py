"""The Python in our pages is Python, and names what there is."""

from __future__ import annotations

import ast
import re

import pytest
from conftest import ROOT

PAGES = ["README.md", "docs/guide/out-of-the-tab.md", "python/README.md"]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_imports_is_there(page: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", (ROOT / page).read_text(), re.M | re.S)
    assert blocks
    for block in blocks:
        for node in ast.walk(ast.parse(block)):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("playtrain"):
                continue
            _, *path = (node.module or "").split(".")
            file = ROOT / "python" / "src" / "playtrain" / f"{path[0] if path else '__init__'}.py"
            for name in node.names:
                assert re.search(rf"\b{name.name}\b", file.read_text()), f"{node.module}.{name.name}"
