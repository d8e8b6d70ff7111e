"""What a visit has set: the values of all settings, their controls, and what the address bar is to hold.

Streamlit forgets the value of a control that is not on the page any more, so the values live in a dictionary of their
own. A control gets its value from there before it is drawn and gives back what the visitor made of it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.board.payloads import Linked
from explorer.views.shared import settings
from explorer.views.shared.pages import PAGES
from explorer.views.shared.settings import KEPT, LINK_LIMIT, MODEL, Setting

STATE = "visit"  # no control's key
MOST_KEPT = 30  # entries of the browser's history whose long texts are kept

Value = TypeVar("Value")


@dataclass
class Visit:
    """The state of one visit.

    `values` by the place of a setting; `put`: how often the server itself set what the bar shows; `typed`: the number
    of the last text that came from the bar; `drawn`: what each control holds as far as the server knows; `entry` and
    `before`: the last action that Back undoes, and the address to which it leads back; `examples`: the number of each
    page's control of examples; `texts` and `kept`: texts that are too long for an address, of each page as it is now
    and of older entries of the browser's history; `memoryless`: the model without a memory that was asked for, in the
    place of which the pages show the recurrent one that is chosen.
    """

    page: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    put: int = 0
    typed: int = 0
    drawn: dict[str, Any] = field(default_factory=dict)
    entry: str | None = None
    before: str = ""
    examples: dict[str, int] = field(default_factory=dict)
    texts: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    memoryless: str | None = None


def current() -> Visit:
    """The visit for which the script runs."""
    if STATE not in st.session_state:
        st.session_state[STATE] = Visit()
    visit: Visit = st.session_state[STATE]
    return visit


def arrive(page: str) -> None:
    """Call it first in every full run of a page: takes over what the address asks for, where that counts.

    It does when the visit begins, and when the visitor went back or forward in the browser's history.
    """
    visit = current()
    context = get_script_run_ctx()
    turned = context is not None and context.is_history_navigation
    if visit.page is not None and (turned or visit.page != page):
        _keep(visit, visit.page)
    if visit.page is None or turned:
        _take_address(visit, page, st.query_params.to_dict())
        visit.entry = None
    visit.page = page


def _take_address(visit: Visit, page: str, address: Mapping[str, str]) -> None:
    """Set what a page has in its links as an address says, the rest of it as it is at first."""
    number = address.get(KEPT, "")
    asked = dict(address) | visit.kept.get(number, {})
    values = settings.parsed(page, asked)
    visit.memoryless = settings.memoryless(page, asked)
    for setting in settings.of_page(page):
        if setting.linked:
            visit.values[setting.place(page)] = values.get(setting, _first(setting))
            visit.drawn.pop(setting.key(page), None)  # what the control holds is older
    visit.put += 1


def _first(setting: Setting[Value]) -> Value | None:
    return None if setting.unset else setting.default


# ------------------------------------------------------------------------------------------------- values and controls


def chosen(page: str, setting: Setting[Value]) -> Value | None:
    """The value of a setting on a page, None while it is unset; what was typed into its control just now counts."""
    visit, key = current(), setting.key(page)
    if key in visit.drawn and key in st.session_state:
        # a newer run may end this one at each look into the session, at none below
        held = _plain(st.session_state[key])
        if held != visit.drawn[key]:
            visit.drawn[key] = visit.values[setting.place(page)] = held
    value: Value | None = visit.values.get(setting.place(page), _first(setting))
    return value


def value(page: str, setting: Setting[Value]) -> Value:
    """The value of a setting on a page; where it is unset, its default."""
    current_value = chosen(page, setting)
    return setting.default if current_value is None else current_value


def put(page: str, setting: Setting[Value], new: Value) -> None:
    """Set a setting; its control shows it from the next time on that it is drawn."""
    old = chosen(page, setting)  # what its control holds is older from now on
    visit = current()
    visit.values[setting.place(page)] = new
    if setting in settings.IN_BAR and new != old:
        visit.put += 1


def take_typed(page: str, number: int, texts: Mapping[str, str]) -> None:
    """Set what came from the bar, by its names in links, unless something newer came before it."""
    visit = current()
    if number <= visit.typed:
        return
    visit.typed = number
    before = visit.values.get(MODEL.place(page))
    for setting, value in settings.parsed(page, texts).items():
        visit.values[setting.place(page)] = value
    # the duel alone shows such models and tells of its own; another page's bar tells of the one in its place as well
    if (page == "compare" and MODEL.parameter(page) in texts) or visit.values.get(MODEL.place(page)) != before:
        visit.memoryless = settings.memoryless(page, texts)


def control(
    page: str, setting: Setting[Value], draw: Callable[..., object], label: str, *given: Any, **more: Any
) -> Value:
    """Draw the control of a setting with a function of Streamlit's, and give what the visitor has chosen.

    `first`: what an unset setting shows; `options` that leave out its value put the default in its place. The control
    is told its value only where that is another one than it holds: what is typed while this runs must not be
    overwritten.
    """
    visit, key = current(), setting.key(page)
    shown = chosen(page, setting)
    options = more.get("options")
    if options is not None and shown is not None and not isinstance(shown, tuple) and shown not in options:
        shown = setting.default
        put(page, setting, shown)
    first = more.pop("first", setting.default)
    wanted = first if shown is None else shown
    if key not in st.session_state or _plain(st.session_state[key]) != wanted:
        st.session_state[key] = list(wanted) if isinstance(wanted, tuple) else wanted
    visit.drawn[key] = wanted
    draw(label, *given, key=key, **more)
    result: Value = _plain(st.session_state[key])
    if result != wanted:
        visit.drawn[key] = visit.values[setting.place(page)] = result
    return result


def _plain(held: Any) -> Any:
    """What a control holds as a setting has it."""
    return tuple(held) if isinstance(held, list) else held


def examples(
    page: str,
    draw: Callable[..., object],
    label: str,
    names: Sequence[str],
    named: str | None,
    take: Callable[[str], None],
    placeholder: str,
) -> None:
    """The choice of an example; it names the one that stands on the page, `named`, until what was taken is edited.

    Where it has to show another name it is another control: a browser that has not heard of the new name would send the
    old one, and that would look like a choice.
    """
    visit = current()
    number = visit.examples.get(page, 0)
    key = f"{page}.example.{number}"
    if key not in st.session_state or st.session_state[key] != named:
        number += 1
        key = f"{page}.example.{number}"
        st.session_state[key] = named
        visit.examples[page] = number

    def chose() -> None:
        name = st.session_state[key]
        if name is not None and current().examples[page] == number:  # not what a control of before still says
            with undoable(page):
                take(name)

    draw(label, names, index=None, placeholder=placeholder, key=key, on_change=chose)


# ------------------------------------------------------------------------------------------------------ the address


def values_of(page: str) -> dict[Setting[Any], Any]:
    """The settings of a page with their values."""
    return {setting: chosen(page, setting) for setting in settings.of_page(page)}


def link(page: str) -> str | None:
    """The query that brings the page back; None if it would be too long for an address."""
    return settings.query(page, values_of(page))


def query(page: str) -> str:
    """What the address bar holds: as the link but that the visit keeps texts that are too long for it."""
    return _query(current(), page, values_of(page))


def _query(visit: Visit, page: str, values: Mapping[Setting[Any], Any]) -> str:
    written = settings.written(page, values)
    texts: dict[str, str] = {}
    while len(urlencode(written)) > LINK_LIMIT:
        name = max(written, key=lambda name: len(written[name]))
        texts[name] = written.pop(name)
    if texts:
        number = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]
        visit.texts[page] = number, texts
        written[KEPT] = number
    else:
        visit.texts.pop(page, None)
    return f"?{urlencode(written)}"


def _keep(visit: Visit, page: str) -> None:
    """Keep the long texts of a page for the entry of the browser's history that is left now."""
    if page in visit.texts:
        number, texts = visit.texts[page]
        visit.kept.pop(number, None)
        visit.kept[number] = texts
        while len(visit.kept) > MOST_KEPT:
            del visit.kept[next(iter(visit.kept))]


def address(page: str) -> Linked:
    """What a board is told: the link to copy, the query for the address bar, and which parameters are ours.

    `entry`: the last action that is an entry of its own in the browser's history; `before`: the query of the entry
    before it.
    """
    visit = current()
    return {
        "link": link(page),
        "address": {
            "path": PAGES[page].path,
            "query": query(page),
            "parameters": settings.parameters(),
            "entry": visit.entry,
            "before": visit.before,
        },
    }


@contextmanager
def undoable(page: str) -> Iterator[None]:
    """What is set within gets an entry of its own in the browser's history: Back brings back what was before."""
    visit, before = current(), query(page)
    _keep(visit, page)
    yield
    # without a look into the session, at which a newer run may end this one between the change and its entry
    values = {setting: visit.values.get(setting.place(page), _first(setting)) for setting in settings.of_page(page)}
    if _query(visit, page, values) != before:
        visit.entry, visit.before = secrets.token_hex(8), before
