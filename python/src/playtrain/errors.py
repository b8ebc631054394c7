"""What can go wrong, in sentences."""

from __future__ import annotations


class PlaytrainError(Exception):
    """Whatever this package raises by itself."""


class NodeMissing(PlaytrainError):
    """No Node that is new enough was found, or what it runs is not there."""


class BrowserMissing(PlaytrainError):
    """Pictures were asked for, and no browser that could draw them was found."""


class Refused(PlaytrainError):
    """The game did not do what was asked, and goes on as it was."""


class GameFailed(PlaytrainError):
    """The game's process is gone, or does not answer.

    `exit_code` is the process's, negative for the signal that ended it, or None where it had to be ended from here;
    `last_words` is the end of what it wrote to standard error.
    """

    def __init__(self, message: str, *, exit_code: int | None = None, last_words: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.last_words = last_words

    def __reduce__(self) -> tuple[object, ...]:
        # Ray carries errors from one process to another.
        return (_failed, (str(self), self.exit_code, self.last_words))


def _failed(message: str, exit_code: int | None, last_words: str) -> GameFailed:
    return GameFailed(message, exit_code=exit_code, last_words=last_words)
