"""Requests as a terminal shows them before they are sent."""

from collections.abc import Sequence

import click

from app.domain.sync import Request
from app.domain.words import plural


def show_requests(requests: Sequence[Request]) -> None:
    """How many, then each with its reason, to the letter where it is known."""
    click.echo(f"{plural(len(requests), 'request')} would be sent." if requests else "Nothing would be sent.")
    for request in requests:
        click.echo(f"# {request.why}\n{request.text or f'{request.method} {request.host}{request.path}'}")
