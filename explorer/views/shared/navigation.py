"""How one page leads to another within a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from explorer.views.shared import settings, visit

APP = "Recurrent network explorer"
# Streamlit's own navigation shows neither focus nor, in forced colours, the current page. Outlines within, since its
# links are cut off at their edges; the colour is that of the text beside it.
_STYLE = """<style>
[data-testid$="NavLink"]:focus-visible, [data-testid="stTopNavDropdownLink"]:focus-visible,
[data-testid="stTopNavSection"]:focus-visible {
  outline: 3px solid currentColor !important; outline-offset: -3px; box-shadow: none !important;
}
[data-testid$="NavLink"][aria-current="page"] *, [data-testid="stTopNavDropdownLink"][aria-current="page"] * {
  text-decoration: underline 3px; text-underline-offset: 5px;
}
</style>"""


@dataclass(frozen=True)
class Page:
    """A page of the app: its name in the code, its title in the navigation, its path in the address, and what draws it.

    The first page has no path.
    """

    name: str
    title: str
    path: str
    draw: Callable[[], None]

    def of_streamlit(self) -> StreamlitPage:
        """The page as Streamlit's navigation takes it."""
        return st.Page(self.draw, title=self.title, url_path=self.path or None, default=not self.path)

    @property
    def window_title(self) -> str:
        """What the browser's tab is called."""
        return f"{self.title} · {APP}"


PAGES: dict[str, Page] = {}  # in the order of the navigation; `views/registry.py` fills it


def style() -> None:
    """Give the navigation a focus that can be seen, and the current page another look than the focused one."""
    st.html(_STYLE)


def go(page: str, to: str, **asked: str) -> NoReturn:
    """Leave a page for another one, with settings of that one by their names in links; the visit keeps what was typed.

    The address of this page goes along, since Streamlit would first put one without it into the browser's history; the
    other page then writes its own.
    """
    names = settings.parameters()
    address = {name: text for name, text in st.query_params.to_dict().items() if name not in names}
    address |= dict(parse_qsl(visit.query(page).removeprefix("?"), keep_blank_values=True))
    for setting, value in settings.parsed(to, asked).items():
        visit.put(to, setting, value)
    st.switch_page(PAGES[to].of_streamlit(), query_params=address)
