"""How one page leads to another within a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage


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


PAGES: dict[str, Page] = {}  # in the order of the navigation; `views/registry.py` fills it


def go(name: str, **settings: str) -> NoReturn:
    """Leave for another page, with settings of it by their keys; what was typed stays in the session.

    The query of this page goes along, since Streamlit would first put an address without it into the browser's history;
    the other page then writes its own.
    """
    st.session_state.update(settings)
    st.switch_page(PAGES[name].of_streamlit(), query_params=st.query_params.to_dict())
