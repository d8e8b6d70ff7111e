"""Model cards: what each model is, what it was trained on, how far it can be trusted and what it is bad at."""

from __future__ import annotations

import streamlit as st

from explorer.board import events, mount
from explorer.board.payloads import ReportBoard
from explorer.core import checkpoints
from explorer.core.checkpoints import WeightsError
from explorer.messages import _
from explorer.networks.registry import names
from explorer.views.model_cards import sections
from explorer.views.shared import bar, navigation, phrase, runs, visit
from explorer.views.shared.settings import CARD

PAGE = "cards"


def page() -> None:
    """The page: a question, and the card of the model that is chosen in the bar."""
    visit.arrive(PAGE)
    st.title(_("How far can a model be trusted?"))
    body()


@runs.fragment
def body() -> None:
    """All that changes with the model."""
    bar.bar(PAGE)
    name = visit.value(PAGE, CARD)
    try:
        models = {each: checkpoints.load(each) for each in names()}
        card = sections.card(models[name], baselines(), models)
    except WeightsError as error:
        st.error(_("The trained models cannot be used. Reload the page once this is mended."))
        st.text(str(error))
        return
    board: ReportBoard = {**card, **visit.address(PAGE)}
    texts = events.opened(mount(board, key="report", module="report"))
    if texts is not None:
        navigation.go(PAGE, "compare", **texts)


def baselines() -> dict[str, dict[str, float]]:
    """The scores of two rule-based tools on the same texts, as far as they were measured."""
    return phrase.optional(lambda: checkpoints.read_card(checkpoints.FOLDER / "baselines.json")) or {}
