"""Engines map a function over work units; they know nothing of corpora."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Engine(Protocol):
    """Whatever can run one function on many tasks."""

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they come, in any order.

        Raises:
            GovernanceError: A task failed for good, or a worker died repeatedly.
        """
        ...
