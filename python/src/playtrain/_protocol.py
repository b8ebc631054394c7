"""The numbers of docs/protocol.md. A test holds them equal to those of `src/sim/protocol.ts`."""

from __future__ import annotations

import struct
from typing import Final

VERSION: Final = 1
MAGIC: Final = b"PT"
HEADER: Final = struct.Struct("<2sBBI")

REQUESTS: Final = {"reset": 1, "step": 2, "state": 3, "setState": 4, "set": 5, "close": 6}
REPLIES: Final = {
    "spec": 16,
    "outcome": 17,
    "state": 18,
    "set": 19,
    "closed": 20,
    "refused": 30,
    "failed": 31,
}

OUTCOME_HEAD_BYTES: Final = 8
"""Before an outcome's sections: how many final observations follow, and zeros."""

LONGEST_REPLY_BYTES: Final = 1 << 30
"""What says that it is longer is taken for a fault."""


def header(request: str, payload_bytes: int) -> bytes:
    """A request's first bytes."""
    return HEADER.pack(MAGIC, VERSION, REQUESTS[request], payload_bytes)


def aligned(length: int) -> int:
    """The next multiple of eight."""
    return -(-length // 8) * 8
