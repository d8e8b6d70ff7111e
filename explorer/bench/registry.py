"""The benches by name, each with the goal that it must not exceed. Importing this costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


class CouldNotRun(RuntimeError):
    """A bench lacks something that it needs; the message says what."""


@dataclass(frozen=True)
class Bench:
    """One measurement: its name, the largest figure that is ok, and where its function is, "module:function".

    The module, and with it torch or a browser's driver, is imported when the function is first asked for.
    """

    name: str
    goal: float
    place: str

    @property
    def measure(self) -> Callable[[], float]:
        """How to take it."""
        module, _, function = self.place.partition(":")
        measure: Callable[[], float] = getattr(import_module(module), function)
        return measure

    @property
    def compares(self) -> str:
        """What is compared, in a sentence."""
        return " ".join((self.measure.__doc__ or "").split("\n\n")[0].split())


BENCHES: dict[str, Bench] = {
    bench.name: bench
    for bench in (
        Bench("trace_vs_nn", 1.5, "explorer.bench.compute:trace_vs_nn"),
        Bench("trace_vs_prefixes", 0.02, "explorer.bench.compute:trace_vs_prefixes"),
        Bench("score_vs_vader", 1.0, "explorer.bench.compute:score_vs_vader"),
        Bench("gradients_vs_separate", 0.05, "explorer.bench.inside:gradients_vs_separate"),
        Bench("ig_vs_captum", 1.0, "explorer.bench.inside:ig_vs_captum"),
        Bench("orders_vs_single", 0.02, "explorer.bench.order:orders_vs_single"),
        Bench("orders_vs_nn_batch", 1.0, "explorer.bench.order:orders_vs_nn_batch"),
        Bench("key_vs_bare", 0.15, "explorer.bench.keys:key_vs_bare"),
        Bench("long_vs_short", 3.0, "explorer.bench.keys:long_vs_short"),
        Bench("zoom_frames", 0.05, "explorer.bench.frames:zoom_frames"),
        Bench("start_vs_bare", 0.6, "explorer.bench.starts:start_vs_bare"),
        Bench("answer_vs_bare", 1.2, "explorer.bench.starts:answer_vs_bare"),
        Bench("first_load_mb", 1.5, "explorer.bench.network:first_load_mb"),
        Bench("generate_vs_loop", 1.2, "explorer.bench.tasks:generate_vs_loop"),
        Bench("visitors_vs_bare", 0.5, "explorer.bench.visitors:visitors_vs_bare"),
        Bench("class_vs_bare", 1.2, "explorer.bench.classroom:class_vs_bare"),
        Bench("abandoned_work", 0.05, "explorer.bench.classroom:abandoned_work"),
        Bench("memory_growth", 1.05, "explorer.bench.classroom:memory_growth"),
        Bench("class_reveal", 5.0, "explorer.bench.reveal:class_reveal"),
        Bench("class_memory_growth", 1.05, "explorer.bench.reveal:class_memory_growth"),
        Bench("visitor_beside_orders", 2.0, "explorer.bench.visitors:visitor_beside_orders"),
    )
}
