"""The names of tasks and benches, known without importing torch; a test compares them with the registries."""

from __future__ import annotations

TASKS = ("writer", "translator", "translator-attention")
BENCHES = (
    "trace_vs_nn", "trace_vs_prefixes", "score_vs_vader", "gradients_vs_separate", "ig_vs_captum",
    "orders_vs_single", "orders_vs_nn_batch", "generate_vs_loop", "page_vs_compare", "tasks_vs_compare",
    "enter_vs_bare", "start_vs_bare", "first_load_mb", "visitors_vs_bare", "visitor_beside_orders",
)  # fmt: skip
