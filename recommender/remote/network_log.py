"""What left this machine: an entry a request, written before it is sent, so that it can never say less than was done.

Seeds, tokens and other contents are not in it: how many bytes went out, where to, and why.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """A request about to be sent. A redirect that is followed is an entry of its own."""

    at_s: int
    """UTC."""
    method: str
    scheme: str
    host: str
    port: int
    path: str
    """With what stands behind a question mark."""
    bytes_out: int
    """Of the body; the headers name nothing but the host and Segue."""
    why: str
    """For people: "the newest model's description"."""

    @property
    def url(self) -> str:
        """Where to, as one text."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme] == self.port
        return f"{self.scheme}://{host}{'' if usual else f':{self.port}'}{self.path}"


@dataclass(frozen=True, slots=True)
class Answered:
    """How a request ended."""

    asked: Asked
    status: int
    """0: nobody answered."""
    bytes_in: int
    took_ms: int
    trouble: str
    """A sentence, or empty."""


class NetworkLog(Protocol):
    """Is told of every request. What it raises keeps the request from being sent."""

    def asked(self, request: Asked) -> None:
        """Before anything is sent, and before the host's name is looked up."""

    def answered(self, answer: Answered) -> None:
        """When all of the answer was read, or given up."""
