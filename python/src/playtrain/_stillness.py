"""Whether a game that owes an answer does nothing at all, which no timeout need be waited for to know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

LOOK_SECONDS: Final = 0.25
"""From look to look."""

STOPPED_SECONDS: Final = 1.0
"""For how long it may be stopped by a signal: tools that slow programs down stop them for moments."""

IDLE_SECONDS: Final = 3.0
"""For how long it may wait for something else than a processor or a disk, such as what a game fetches."""

_PROCESSES: Final = Path("/proc")


class Stillness:
    """Looks at a process and its descendants while an answer is due, where the system tells of them (Linux).

    What is slow is not still: it computes, waits for a processor or for a disk. Looks are counted rather than seconds, so
    that whatever keeps the one who looks from looking is not held against the game.
    """

    def __init__(self, session: int, *, here: bool = True) -> None:
        """`session` is the process's number, which began a session of its own; `here` says whether what it does is done on
        this machine, and not by something that it only passes words to."""
        self._session = session
        self._here = here
        self._stopped_looks = 0
        self._idle_looks = 0
        self._used = -1

    def look(self) -> str | None:
        """What is the matter, where it stands still by now. To be called every `LOOK_SECONDS`."""
        processes = list(_processes_of(self._session))
        states = {state for state, _ in processes} - {"Z"}
        used = sum(ticks for _, ticks in processes)
        self._stopped_looks = self._stopped_looks + 1 if states == {"T"} else 0
        idle = bool(states) and states <= {"S", "T"} and used == self._used
        self._idle_looks = self._idle_looks + 1 if idle else 0
        self._used = used
        if self._stopped_looks * LOOK_SECONDS >= STOPPED_SECONDS:
            return "was stopped by a signal"
        if self._here and self._idle_looks * LOOK_SECONDS >= IDLE_SECONDS:
            return f"did nothing for {IDLE_SECONDS:g} s, though an answer was due,"
        return None


def _processes_of(session: int) -> Iterator[tuple[str, int]]:
    """State and ticks of processor time of each process of a session; none where the system does not tell."""
    for place in _PROCESSES.glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may hold anything.
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield fields[0], int(fields[11]) + int(fields[12])
