"""The pages of the app, and how one leads to another within a visit."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st


def pages() -> dict[str, st.Page]:
    """All pages by name, the first one first."""
    # They lead to each other through this module.
    from explorer.views.approaches import page as approaches
    from explorer.views.by_hand import page as twin
    from explorer.views.compare import page as compare
    from explorer.views.look_inside import page as inside
    from explorer.views.memory import page as memory
    from explorer.views.model_cards import page as cards
    from explorer.views.order_lab import page as order
    from explorer.views.sequence_tasks import page as tasks
    from explorer.views.state_space import page as space

    return {
        "compare": st.Page(compare.page, title="Compare", default=True),
        "approaches": st.Page(approaches.page, title="Average or concatenate", url_path="approaches"),
        "order": st.Page(order.page, title="Order lab", url_path="order"),
        "inside": st.Page(inside.page, title="Look inside", url_path="inside"),
        "memory": st.Page(memory.page, title="Memory", url_path="memory"),
        "space": st.Page(space.page, title="State space", url_path="space"),
        "twin": st.Page(twin.page, title="By hand", url_path="by-hand"),
        "tasks": st.Page(tasks.page, title="Sequence tasks", url_path="tasks"),
        "cards": st.Page(cards.page, title="Model cards", url_path="cards"),
    }


def go(name: str, **wanted: str) -> NoReturn:
    """Leave for another page, with settings of it by their keys; what was typed stays in the session.

    The query of this page goes along, since Streamlit would first put an address without it into the browser's history;
    the other page then writes its own.
    """
    st.session_state.update(wanted)
    st.switch_page(pages()[name], query_params=st.query_params.to_dict())
