"""The registry of the pages, in the order of the navigation."""

from __future__ import annotations

from explorer.views.approaches import page as approaches
from explorer.views.by_hand import page as by_hand
from explorer.views.compare import page as compare
from explorer.views.look_inside import page as look_inside
from explorer.views.memory import page as memory
from explorer.views.model_cards import page as model_cards
from explorer.views.order_lab import page as order_lab
from explorer.views.sequence_tasks import page as sequence_tasks
from explorer.views.shared.navigation import PAGES, Page
from explorer.views.state_space import page as state_space

__all__ = ["PAGES"]

for _page in (
    Page("compare", "Compare", "", compare.page),
    Page("approaches", "Average or concatenate", "approaches", approaches.page),
    Page("order", "Order lab", "order", order_lab.page),
    Page("inside", "Look inside", "inside", look_inside.page),
    Page("memory", "Memory", "memory", memory.page),
    Page("space", "State space", "space", state_space.page),
    Page("by-hand", "By hand", "by-hand", by_hand.page),
    Page("tasks", "Sequence tasks", "tasks", sequence_tasks.page),
    Page("cards", "Model cards", "cards", model_cards.page),
):
    PAGES[_page.name] = _page
