"""The pages, in the order of the navigation. A page's own code is imported when it is drawn, not before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from explorer.board.payloads import PageEntry
from explorer.messages import _

APP = _("Recurrent network explorer")
LEARN, EXPLORE, MEASURE = _("Learn"), _("Explore"), _("Measure")
GROUPS = (LEARN, EXPLORE, MEASURE)


@dataclass(frozen=True)
class Page:
    """A page of the app: its name in the code, its title and group in the navigation, its path in the address.

    The first page has no path. `package` below `views/` has its `page.py`. `phrase` and `model`: what links to the page
    call that which the bar edits on it, None where there is nothing to edit.
    """

    name: str
    title: str
    path: str
    group: str
    package: str
    phrase: str | None = "phrase"
    model: str | None = "model"

    @property
    def draw(self) -> Callable[[], None]:
        """What draws the page."""
        function: Callable[[], None] = import_module(f"explorer.views.{self.package}.page").page
        return function

    @property
    def window_title(self) -> str:
        """What the browser's tab is called."""
        return f"{self.title} · {APP}"

    def entry(self) -> PageEntry:
        """The page as the browser needs it."""
        return {
            "name": self.name,
            "title": self.title,
            "path": self.path,
            "group": self.group,
            "phrase": self.phrase,
            "model": self.model,
        }


PAGES: dict[str, Page] = {
    page.name: page
    for page in (
        Page("compare", _("Does word order matter?"), "", EXPLORE, "duel", phrase="a"),
        Page("approaches", _("Average or concatenate"), "approaches", LEARN, "approaches"),
        Page("by-hand", _("By hand"), "by-hand", LEARN, "by_hand", phrase="text", model=None),
        Page("tasks", _("Sequence tasks"), "tasks", LEARN, "sequence_tasks"),
        Page("order", _("Order lab"), "order", EXPLORE, "order_lab"),
        Page("memory", _("Memory"), "memory", EXPLORE, "memory"),
        Page("space", _("State space"), "space", EXPLORE, "state_space"),
        Page("cards", _("Model cards"), "cards", MEASURE, "model_cards", phrase=None),
    )
}
