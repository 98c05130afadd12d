"""How figures are taken: CPU time of one core, several interleaved rounds, the median of them."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the median with the rounds it comes from."""

    key: str
    unit: str
    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


def stay_on_one_core() -> None:
    """Keep this process on one core, where the system can (docs per CPU second mean one core)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def per_cpu_second(action: Callable[[], object], seconds: float) -> float:
    """Runs of ``action`` per second of CPU time, over about ``seconds`` of it."""
    done, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        action()
        done += 1
    return done / spent


def interleaved(actions: Mapping[str, Callable[[], object]], rounds: int, seconds: float) -> list[Figure]:
    """Measure every action once a round, in turn: a slow spell of the machine falls on all of them."""
    results: dict[str, list[float]] = {key: [] for key in actions}
    for action in actions.values():
        action()
    for _ in range(rounds):
        for key, action in actions.items():
            results[key].append(per_cpu_second(action, seconds))
    return [Figure(key, "docs/CPU s", tuple(values)) for key, values in results.items()]
