"""How one page leads to another within a visit."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from explorer.views.shared import settings, visit
from explorer.views.shared.pages import PAGES, Page


def of_streamlit(page: Page) -> StreamlitPage:
    """The page as Streamlit's navigation takes it."""

    def draw() -> None:
        page.draw()

    return st.Page(draw, title=page.title, url_path=page.path or None, default=not page.path)


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
    st.switch_page(of_streamlit(PAGES[to]), query_params=address)
