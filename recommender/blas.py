"""How many threads the linear algebra may take."""

from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """While inside, BLAS works on one thread.

    Many small products gain nothing from more, and on a busy machine the threads wait for one another: five times
    slower, measured.
    """
    limits: AbstractContextManager[Any] = import_module("threadpoolctl").threadpool_limits(1, "blas")
    return limits
