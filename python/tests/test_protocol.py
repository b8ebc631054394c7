"""Both sides of the protocol go by the same numbers."""

from __future__ import annotations

import re

from conftest import ROOT

from playtrain import _protocol as protocol

SOURCE = (ROOT / "src" / "sim" / "protocol.ts").read_text()


def numbers_of(name: str) -> dict[str, int]:
    body = re.search(rf"export const {name} = {{(.*?)}}", SOURCE, re.S)
    assert body is not None
    return {key: int(number) for key, number in re.findall(r"(\w+): (\d+)", body[1])}


def test_the_numbers_are_those_of_the_game() -> None:
    assert numbers_of("requestTypes") == protocol.REQUESTS
    assert numbers_of("replyTypes") == protocol.REPLIES
    assert re.search(r"protocolVersion = (\d+)", SOURCE)[1] == str(protocol.VERSION)  # type: ignore[index]
    assert re.search(r"headerBytes = (\d+)", SOURCE)[1] == str(protocol.HEADER.size)  # type: ignore[index]
    magic = re.search(r"frameMagic = \[(.*?)\]", SOURCE)
    assert magic is not None
    assert bytes(int(part, 16) for part in magic[1].split(", ")) == protocol.MAGIC
