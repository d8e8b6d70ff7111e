"""The settings: what a link holds and brings back, what a visit keeps from page to page, what Back undoes."""

from contextlib import suppress
from itertools import permutations
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis import approaches, memory
from explorer.networks import registry
from explorer.views.shared import settings, visit
from explorer.views.shared.pages import PAGES
from explorer.views.shared.settings import (
    ANOTHER,
    CARD,
    MODEL,
    MODIFIER,
    OF,
    OTHER_PHRASE,
    PHRASE,
    SETTINGS,
    SHOW,
    STEP,
    UNIT,
    UNITS,
    WAY,
    Changes,
    Choice,
    Hundredths,
    Setting,
    Text,
    Whole,
    Wholes,
)  # fmt: skip


class Browser:
    """A visit as Streamlit keeps it: it forgets controls that a full run does not draw."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.state: dict = {}
        self.address: dict[str, str] = {}
        self.turned = False
        monkeypatch.setattr(visit.st, "session_state", self.state)
        monkeypatch.setattr(visit.st, "query_params", SimpleNamespace(to_dict=lambda: dict(self.address)))
        monkeypatch.setattr(visit, "get_script_run_ctx", lambda: SimpleNamespace(is_history_navigation=self.turned))

    def open(self, page: str, query: str = "", back: bool = False) -> "Browser":
        """A full run of a page with this query; `back`: reached through the browser's history."""
        self.address, self.turned = dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)), back
        before = set(self.state)
        visit.arrive(page)
        self.draw(page)
        for key in before - {setting.key(page) for setting in settings.of_page(page)} - {visit.STATE}:
            self.state.pop(key, None)
        return self

    def draw(self, page: str) -> "Browser":
        """A run of the page's fragment."""
        for setting in settings.of_page(page):
            visit.control(page, setting, lambda label, key: None, setting.name)
        return self

    def type(self, page: str, setting: Setting, text: object) -> "Browser":
        """The visitor changes a control, and the fragment runs."""
        self.state[setting.key(page)] = text
        return self.draw(page)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser(monkeypatch)


# ------------------------------------------------------------------------------------------------- the declaration


@pytest.mark.parametrize("page", sorted({page for setting in SETTINGS for page in setting.pages}))
def test_each_parameter_of_a_page_is_of_one_setting(page: str) -> None:
    assert page in PAGES
    names = [setting.parameter(page) for setting in settings.of_page(page)]
    assert len(names) == len(set(names))
    assert set(names) <= set(settings.parameters())
    keys = [setting.key(page) for setting in settings.of_page(page)]
    assert len(keys) == len(set(keys))
    assert all(key.startswith(f"{page}.") for key in keys)


def values(setting: Setting) -> st.SearchStrategy:
    """Any value that a setting can take."""
    kind = setting.kind
    match kind:
        case Text():
            return st.text(max_size=30).filter(kind.linkable)
        case Choice():
            return st.sampled_from(list(kind.choices()))
        case Whole():
            return st.integers(kind.low, kind.high)
        case Hundredths():
            return st.integers(round(100 * kind.low) // kind.step, round(100 * kind.high) // kind.step).map(
                lambda number: number * kind.step / 100
            )
        case Changes():
            hundredths = st.integers(-100 * kind.reach, 100 * kind.reach)
            places = st.dictionaries(st.integers(0, kind.count - 1), hundredths, min_size=1)
            return places.map(lambda changes: tuple(sorted(changes.items())))
        case Wholes():
            return st.lists(st.integers(0, kind.high), min_size=1, max_size=4, unique=True).map(tuple)
    raise AssertionError(kind)


@given(st.data())
def test_a_link_brings_back_what_it_was_made_of(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(list(PAGES)))
    linked = [setting for setting in settings.of_page(page) if setting.linked and setting is not ANOTHER]
    chosen = {setting: data.draw(values(setting)) for setting in linked}
    query = settings.query(page, chosen)
    found = settings.parsed(page, dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)))
    assert {setting: found.get(setting, setting.default) for setting in linked} == chosen


def test_the_defaults_are_not_in_a_link() -> None:
    for page in PAGES:
        chosen = {setting: None if setting.unset else setting.default for setting in settings.of_page(page)}
        assert settings.query(page, chosen) == "?"
        for setting in settings.of_page(page):
            assert setting.linked is False or setting.parse(setting.write(setting.default)) in (setting.default, None)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_what_a_browser_sends_is_not_trusted(setting: Setting) -> None:
    for asked in (None, 3, 1.5, True, [], ["gru"], {"a": 1}):
        assert setting.parse(asked) is None
    if not isinstance(setting.kind, Text):
        for text in ("", "<script>", "-1e9", "²", "７", "9" * 5_000):
            assert setting.parse(text) is None


@pytest.mark.parametrize(("page", "old", "setting", "value"), [
    ("compare", "a=x&lane=rnn", PHRASE, "x"), ("compare", "a=x&lane=rnn", MODEL, "rnn"),
    ("compare", "phrase=x", PHRASE, "x"), ("memory", "a=x", PHRASE, "x"),
    ("memory", "phrase=x&lane=lstm", MODEL, "lstm"), ("compare", "unit=9", UNIT, 9), ("compare", "of=b", OF, "b"),
    ("cards", "lane=concat", CARD, "concat"), ("space", "word=rarely", ANOTHER, "rarely"),
    ("space", "word=never", MODIFIER, "never"), ("memory", "way=2", WAY, "held"),
    ("memory", "units=7,3,7,x", UNITS, (7, 3)), ("memory", "step=3", STEP, 3),
])  # fmt: skip
def test_links_of_before_still_work(page: str, old: str, setting: Setting, value: object) -> None:
    assert settings.parsed(page, dict(parse_qsl(old)))[setting] == value


def test_a_modifier_of_the_list_is_no_other_word() -> None:
    assert ANOTHER not in settings.parsed("space", {"word": "never"})
    assert settings.parsed("space", {"word": "never", "another": "rarely"}) == {MODIFIER: "never", ANOTHER: "rarely"}


def test_models_that_are_registered_later_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MODEL.parse("mine") is None
    monkeypatch.setitem(registry._REGISTERED, "mine", registry.network("gru"))
    assert MODEL.parse("mine") == "mine"
    assert CARD.parse("mine") == "mine"


def test_bounds_are_those_of_what_is_computed() -> None:
    assert settings.PLACE.parse(str(len(approaches.AMONG))) is not None
    assert settings.PLACE.parse(str(len(approaches.AMONG) + 1)) is None
    assert (settings.FRAME.default, settings.ENDING.default) == memory.FRAME


# ------------------------------------------------------------------------------------------------- from page to page

PAIRS = list(permutations(PAGES, 2))


@pytest.mark.parametrize(("first", "second"), PAIRS, ids="-".join)
def test_a_visit_keeps_phrase_and_model(first: str, second: str, browser: Browser) -> None:
    """Each page to each other one, in this test fresh."""
    browser.open(first).open(second)
    assert (visit.value(second, PHRASE), visit.value(second, MODEL)) == ("good, not bad", "gru")


@pytest.mark.parametrize(("first", "second"), PAIRS, ids="-".join)
def test_a_visit_keeps_phrase_and_model_of_its_link(first: str, second: str, browser: Browser) -> None:
    browser.open(first, f"?{PHRASE.parameter(first)}=dull&model=lstm").open(second)
    wanted = ("dull", "lstm") if first in PHRASE.pages else ("good, not bad", "gru")
    assert (visit.value(second, PHRASE), visit.value(second, MODEL)) == wanted
    if second in PHRASE.pages:
        assert (browser.state[PHRASE.key(second)], browser.state[MODEL.key(second)]) == wanted


def test_phrase_a_of_compare_is_the_phrase_everywhere(browser: Browser) -> None:
    browser.open("compare").type("compare", PHRASE, "typed in A").open("memory")
    assert browser.state["memory.phrase"] == "typed in A"
    browser.type("memory", PHRASE, "typed inside").open("compare")
    assert browser.state["compare.phrase"] == "typed inside"


def test_a_control_is_not_told_what_it_holds(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is set goes to the browser, where it would overwrite what was typed since."""
    browser.open("compare")

    class Watched(dict):
        def __setitem__(self, key: str, value: object) -> None:
            raise AssertionError(f"{key} was set to {value}")

    monkeypatch.setattr(visit.st, "session_state", Watched(browser.state | {"compare.b": "a"}))
    browser.draw("compare")
    assert visit.value("compare", OTHER_PHRASE) == "a"


def test_a_run_that_is_ended_anywhere_loses_nothing_that_was_typed(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit ends a run for a newer one where the script looks into the session."""

    class Ended(Exception):
        pass

    class Ending(dict):
        looks = 0

        def __getitem__(self, key: str) -> object:
            Ending.looks -= 1
            if Ending.looks == 0:
                raise Ended
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            Ending.looks -= 1
            if Ending.looks == 0:
                raise Ended
            return super().__contains__(key)

    for looks in range(1, 80):
        state: dict = Ending()
        monkeypatch.setattr(visit.st, "session_state", state)
        browser.state = state
        browser.open("compare")
        state["compare.phrase"] = "typed"
        Ending.looks = looks
        with suppress(Ended):
            browser.draw("compare")
        Ending.looks = 0
        state["compare.b"] = "typed too"
        browser.draw("compare")
        assert (visit.value("compare", PHRASE), visit.value("compare", OTHER_PHRASE)) == ("typed", "typed too"), looks
        assert (state["compare.phrase"], state["compare.b"]) == ("typed", "typed too")


def test_an_example_that_a_browser_still_names_is_not_chosen_by_that(browser: Browser) -> None:
    """A value that is set reaches the browser later than what was typed leaves it."""
    browser.open("compare")
    drawn: list[dict] = []
    taken: list[str] = []

    def show(named: str | None) -> dict:
        draw = lambda label, names, **more: drawn.append(more)  # noqa: E731
        visit.examples("compare", draw, "Example", ["one", "two"], named, taken.append, "Choose")
        return drawn[-1]

    first = show("one")
    edited = show(None)
    assert edited["key"] != first["key"]
    browser.state[first["key"]] = "one"
    first["on_change"]()  # Streamlit takes it for a choice
    assert taken == []
    assert show(None)["key"] == edited["key"]
    browser.state[edited["key"]] = "one"
    edited["on_change"]()
    assert taken == ["one"]
    assert show("one")["key"] == edited["key"]


def test_a_model_without_a_memory_is_remembered_until_another_is_chosen(browser: Browser) -> None:
    browser.open("memory", "?model=per-word")
    assert (visit.value("memory", MODEL), visit.current().memoryless) == ("gru", "per-word")
    visit.take_typed("memory", 1, {"phrase": "typed", "model": "gru"})  # what stands in its place is told with it
    assert visit.current().memoryless == "per-word"
    visit.take_typed("memory", 2, {"phrase": "typed", "model": "lstm"})
    assert visit.current().memoryless is None
    for number, (chosen, told) in enumerate([("concat", "concat"), ("lstm", None), ("nonsense", None)], 3):
        visit.take_typed("compare", number, {"a": "typed", "model": chosen})  # the duel shows them all
        assert visit.current().memoryless == told
    browser.open("memory", "?lane=lstm", back=True)
    assert visit.current().memoryless is None


def test_what_was_typed_before_an_action_is_in_it(browser: Browser) -> None:
    browser.open("compare")
    browser.state["compare.b"] = "typed in the same moment"
    with visit.undoable("compare"):
        visit.put("compare", OTHER_PHRASE, visit.value("compare", OTHER_PHRASE).upper())
    browser.draw("compare")
    assert browser.state["compare.b"] == "TYPED IN THE SAME MOMENT"
    assert visit.address("compare")["address"]["before"] == "?b=typed+in+the+same+moment"


def test_an_option_that_is_gone_gives_way_to_the_default(browser: Browser) -> None:
    browser.open("compare").type("compare", SHOW, "update")
    shown = visit.control("compare", SHOW, lambda label, key, options: None, "", options=["hidden"])
    assert shown == "hidden"
    assert visit.link("compare") == "?"


# ------------------------------------------------------------------------------------------------------- the way back

LONG = "a long review that says so much " * 300


def act(page: str, setting: Setting, value: object) -> dict:
    with visit.undoable(page):
        visit.put(page, setting, value)
    return visit.address(page)["address"]


@pytest.mark.parametrize("review", ["a review, pasted & <b>bold</b>", LONG], ids=["short", "long"])
def test_back_undoes_an_action_and_forward_does_it_again(browser: Browser, review: str) -> None:
    browser.open("compare").type("compare", OTHER_PHRASE, review)
    typed = visit.address("compare")["address"]
    assert typed["entry"] is None
    shuffled = act("compare", OTHER_PHRASE, review[::-1])
    assert shuffled["entry"]
    assert shuffled["before"] == typed["query"] != shuffled["query"]
    browser.draw("compare").open("compare", typed["query"], back=True)
    assert browser.state["compare.b"] == review
    assert visit.address("compare")["address"]["entry"] is None
    browser.open("compare", shuffled["query"], back=True)
    assert browser.state["compare.b"] == review[::-1]


def test_a_long_text_survives_the_way_to_another_page_and_back(browser: Browser) -> None:
    browser.open("compare").type("compare", OTHER_PHRASE, LONG)
    query = visit.query("compare")
    assert len(query) < 100
    assert visit.link("compare") is None
    browser.open("cards").open("compare", query, back=True).type("compare", OTHER_PHRASE, "short")
    assert browser.open("compare", query, back=True).state["compare.b"] == LONG


def test_an_action_that_changes_nothing_is_no_entry(browser: Browser) -> None:
    browser.open("compare")
    assert act("compare", OTHER_PHRASE, visit.value("compare", OTHER_PHRASE))["entry"] is None


def test_kept_texts_are_bounded(browser: Browser) -> None:
    browser.open("compare")
    for number in range(3 * visit.MOST_KEPT):
        act("compare", OTHER_PHRASE, f"{number} {LONG}")
    assert len(visit.current().kept) == visit.MOST_KEPT


def test_texts_that_are_not_kept_any_more_give_way_to_the_first_ones(browser: Browser) -> None:
    browser.open("compare", "?kept=0123456789abcdef&model=rnn")
    assert browser.state["compare.b"] == OTHER_PHRASE.default
    assert browser.state["compare.model"] == "rnn"
