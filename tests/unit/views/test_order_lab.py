"""The order lab: what it sends to the board."""

import boards
import numpy as np
import pytest
from boards import boarded, panel
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, models, predict
from explorer.analysis.measures import verdict
from explorer.analysis.permutations import beliefs, permutations
from explorer.evaluation.order_pairs import order_pairs as pairs
from explorer.evaluation.scorecard import recognised, scorecard
from explorer.networks.registry import labels
from explorer.reading.reading import read
from explorer.reading.tokenizer import tokenize
from explorer.views.order_lab import figures, report, sentences
from explorer.views.order_lab import page as order
from explorer.views.shared import visit
from explorer.views.shared.settings import PHRASE

PAGE = "from explorer.views.order_lab import page\npage.visit.arrive(page.PAGE)\npage.body()"
LANES = {name: load(name) for name in models()}
ORDERS = [  # of “good, not bad”: the comma stays where it is
    "good , not bad", "good , bad not", "not , good bad", "not , bad good", "bad , good not", "bad , not good",
]  # fmt: skip


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=120)


def typed(app: AppTest, text: str) -> dict:
    return boarded(boards.typed(app.run(), "order", phrase=text))


def story(data: dict) -> str:
    """What is said below the picture."""
    return panel(data, "spread")["story"]


def test_the_average_has_no_spread_and_the_others_have(app: AppTest) -> None:
    rows = {row[0]: row for row in panel(typed(app, "good, not bad"), "spread")["table"]["rows"]}
    assert rows["average of words"][5] == "0 exactly"
    assert rows["average of words"][6] == "0 of 6"
    for name, model in LANES.items():
        said = predict(model, ORDERS)
        shown = [float(cell) for cell in rows[model.label][1:5]]
        assert shown == pytest.approx(
            [predict(model, ["good, not bad"])[0], said.min(), said.max(), said.mean()], abs=6e-5
        )
        if name != "per-word":
            assert float(rows[model.label][5]) == pytest.approx(said.std(), abs=6e-5)
            assert rows[model.label][6] == f"{(said > predict(model, ['good, not bad'])[0] + 1e-7).sum()} of 6"


def test_a_comma_is_no_word(app: AppTest) -> None:
    data = typed(app, "it is, as films go, not bad.")  # seven words, three signs
    assert "These words have 5,040 orders." in story(data)
    assert "Punctuation stays where it is." in panel(data, "reading")["sentence"]
    assert "Punctuation" not in panel(typed(app, "not bad"), "reading")["sentence"]


def test_the_story_counts_the_orders_with_the_other_verdict(app: AppTest) -> None:
    said = predict(LANES["gru"], ORDERS)
    count = sum(verdict(p) == "negative" for p in said)
    told = story(typed(app, "good, not bad"))
    assert "6 orders" in told
    assert f"It calls {count} of the 6 orders negative." in told


def test_clouds_count_the_orders_and_strokes_are_orders(app: AppTest) -> None:
    rows = panel(typed(app, "good, not bad"), "spread")["rows"]
    assert [row["chosen"] for row in rows] == [name == "gru" for name in LANES]
    for row, model in zip(rows, LANES.values(), strict=True):
        assert sorted(row["orders"]) == sorted(ORDERS)
        assert row["beliefs"] == pytest.approx(predict(model, row["orders"]), abs=1e-5)
        assert row["beliefs"] == sorted(row["beliefs"])
        assert row["counts"] == np.histogram(predict(model, ORDERS), figures.BINS, (0, 1))[0].tolist()
        assert row["belief"] == pytest.approx(predict(model, ["good, not bad"])[0], abs=1e-5)
        assert row["said"] == f"{100 * row['belief']:.0f}%"
    assert rows[0]["spread"] == "in every order"
    assert rows[3]["spread"] == f"{100 * rows[3]['beliefs'][0]:.0f}% to {100 * rows[3]['beliefs'][-1]:.0f}%"


def test_of_many_orders_strokes_are_even_by_rank(app: AppTest) -> None:
    row = panel(typed(app, "the film is good and not bad"), "spread")["rows"][3]
    found = permutations(read("the film is good and not bad", LANES["gru"].vocabulary))
    said = np.sort(beliefs(LANES["gru"], found))
    assert sum(row["counts"]) == len(said) == 5_040
    assert len(row["beliefs"]) == figures.DOTS
    assert row["beliefs"] == pytest.approx(said[np.linspace(0, 5_039, figures.DOTS).round().astype(int)], abs=1e-5)


def test_words_are_plain_text(app: AppTest) -> None:
    data = panel(typed(app, "<b>good</b>"), "spread")
    assert any("<" in text for text in data["rows"][0]["orders"])
    assert "<" in data["tokens"]


def test_the_page_shows_one_picture_and_folds_the_rest(app: AppTest) -> None:
    panels = typed(app, "good, not bad")["panels"]
    assert [one["id"] for one in panels if one.get("depth", "see") == "see"] == ["spread"]
    assert {one["id"] for one in panels if one.get("depth") == "measure"} == {
        "extremes", "flips", "parting", "expected",
    }  # fmt: skip


def test_extremes_are_the_orders_at_both_ends(app: AppTest) -> None:
    rows = panel(typed(app, "the film is good and not bad"), "extremes")["table"]["rows"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "5,036", "5,037", "5,038", "5,039", "5,040"]
    found = permutations(read("the film is good and not bad", LANES["gru"].vocabulary))
    said = beliefs(LANES["gru"], found)
    assert float(rows[0][2]) == pytest.approx(said.max(), abs=6e-5)
    assert float(rows[-1][2]) == pytest.approx(said.min(), abs=6e-5)
    for _, cell, p in rows:
        assert predict(LANES["gru"], [cell["text"]])[0] == pytest.approx(float(p), abs=6e-5)
        assert cell["asked"] == {"a": "the film is good and not bad", "b": cell["text"]}


def test_edits_of_the_table_turn_the_verdict(app: AppTest) -> None:
    shown = panel(typed(app, "a great film, not bad"), "flips")["table"]["rows"]
    names = {model.label: model for model in LANES.values()}
    assert {row[0] for row in shown} >= {"RNN", "GRU", "LSTM"}
    assert all(row[0] != "average of words" for row in shown)
    for lane, before, _, cell, after in shown:
        assert predict(names[lane], [cell["text"]])[0] == pytest.approx(float(after), abs=6e-4)
        assert {verdict(float(before)), verdict(float(after))} == {"positive", "negative"}


def test_where_lanes_part(app: AppTest) -> None:
    texts = (
        "I expected a masterpiece and got rubbish",
        "it started badly but ended brilliantly",
        "not the worst film , but far from good",
    )
    shown = [panel(typed(app, text), "parting") for text in texts]
    tables = [one["table"] for one in shown if "table" in one]
    assert tables
    assert all(table["columns"][2:] == ["RNN", "GRU", "LSTM"] for table in tables)
    for row in (row for table in tables for row in table["rows"]):
        assert {"positive", "negative"} <= {verdict(float(p)) for p in row[2:]}


def test_a_long_text_is_sampled_and_more_is_read_on_demand(app: AppTest) -> None:
    data = typed(app, "the film is not good and the cast is bad, very bad")
    assert "were read, drawn at random" in story(data)
    assert "1,000" in story(data)
    app.button(key="ask orders").click().run()
    for _ in range(200):
        if "5,040 of them were read" in story(boarded(app)):
            break
        app.run()
    assert "5,040 of them were read" in story(boarded(app))
    typed(app, "good, not bad")
    assert not app.button  # all orders are there already


@pytest.mark.parametrize(("text", "said"), [("", "no text yet"), ("?! ...", "only signs"), (" \n ", "no text yet")])
def test_nothing_to_read(app: AppTest, text: str, said: str) -> None:
    data = typed(app, text)
    assert said in data["summary"]
    assert data["panels"] == []


def test_one_word_and_a_thousand(app: AppTest) -> None:
    assert "One word has only one order. Type at least two." in story(typed(app, "good"))
    assert "All these words are the same" in story(typed(app, "good good"))
    data = typed(app, "not a good film , " * 250)
    assert f"page reads the first {order.LONGEST}" in data["notes"][0]
    assert len(panel(data, "spread")["tokens"]) == order.LONGEST


@settings(max_examples=15)
@given(
    st.lists(
        st.sampled_from(["good", "not", "<script>", "é", "😀", "\u202e", "don't", "*a*", "a" * 300, "0", "zzyzx"]),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_gets_an_answer(words: list[str]) -> None:
    text = " ".join(words)
    at = AppTest.from_string(PAGE, default_timeout=120)
    at.query_params["phrase"] = text
    assert boarded(at.run())["typed"] == text


# ------------------------------------------------------------------------------------------------- asked by the browser


def asked(monkeypatch: pytest.MonkeyPatch, value: object, typed: str = "Good, not bad") -> str:
    monkeypatch.setattr(order.st, "session_state", {})
    visit.put("order", PHRASE, typed)
    order.take_order(value, load("gru").vocabulary)
    return visit.value("order", PHRASE)


def test_words_that_were_moved_become_the_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, {"order": ["bad", ",", "not", "good"]}) == "bad , not good"
    moved = asked(monkeypatch, {"order": ["2 out of 10", "so", "not", "good", "👎"]}, "Not-so-good 👎🏽 2 out of 10")
    assert moved == "2 out of 10 so not good 👎"


@pytest.mark.parametrize("value", [
    None, "good", {}, {"order": None}, {"order": "good"}, {"order": [1, 2]}, {"order": ["good"]},
    {"order": ["good", ",", "not", "evil"]},
    {"order": ["good", "good", ",", "not", "bad"]},
])  # fmt: skip
def test_orders_that_are_none_of_the_words(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    assert asked(monkeypatch, value) == "Good, not bad"


@pytest.mark.parametrize("value", [None, "x", {"a": 1, "b": "x"}, {"a": "x"}, {"order": ["good"]}])
def test_ways_that_lead_nowhere(monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    monkeypatch.setattr(order.navigation, "go", lambda *page, **wanted: pytest.fail("it went somewhere"))
    order.follow(value)


# -------------------------------------------------------------------------------------------------------- the scorecard


def test_the_scorecard_has_the_figures_of_the_cards() -> None:
    cards = {name: model.card for name, model in LANES.items()}
    rows = scorecard(cards)
    for name, card in cards.items():
        known = {row["kind"]: row for row in card["behaviour"] if row["set"] == "order pairs"}
        assert len(rows) == len(known)
        for row in rows:
            assert row.right[name] == known[row.construction.template]["right"]
            assert row.count == known[row.construction.template]["count"]
    new = [row for row in rows if not row.taught]
    share = 100 * sum(row.right["gru"] for row in new) / sum(row.count for row in new)
    assert share == pytest.approx(100 * cards["gru"]["scores"]["pairs_held_out"])
    assert f"GRU {share:.0f}%" in report.report(rows)["sections"][0]["sentences"][1]


def test_where_all_lanes_fail_the_page_says_so() -> None:
    rows = scorecard({name: model.card for name, model in LANES.items()})
    said = report.report(rows)["sections"][0]["sentences"][-1]
    for row in rows:
        assert (row.construction.template in said) == (max(row.right.values()) < row.count / 2)


def test_constructions_are_recognised_in_their_own_pairs() -> None:
    known = [(recognised(tokenize(text)), one.construction) for one in pairs() for text in (one.positive, one.negative)]
    assert sum(found is not None and found.template == wanted for found, wanted in known) / len(known) > 0.99
    assert recognised(["a", "film"]) is None
    assert recognised([]) is None


def test_what_to_expect_of_a_construction() -> None:
    rows = scorecard({name: model.card for name, model in LANES.items()})
    row = next(row for row in rows if row.construction.template == "{s} is {x} rather than {y} .")
    said = sentences.expectation(recognised(tokenize("The plot is clever rather than stupid.")), rows, labels())
    assert row.construction.template in said
    assert f"LSTM {row.right['lstm']} of {row.count}" in said
    assert "none of the measured patterns" in sentences.expectation(None, rows, labels())


def test_cards_without_figures() -> None:
    assert scorecard({"gru": {}}) == []
    assert report.report([])["sections"][0]["table"]["rows"] == []


def test_the_scorecards_marks_have_their_models_names_and_no_two_lie_on_each_other() -> None:
    shares = {family: dict.fromkeys(models(), 0.9) for family in ("comparison", "a<b", "list")}
    figure = figures.families(shares, labels())
    marks = figure["data"]
    assert [mark["text"] for mark in marks] == [[label, "", ""] for label in labels().values()]
    assert len({mark["marker"]["symbol"] for mark in marks}) == len(marks)
    heights = sorted(y for mark in marks for y in mark["y"])
    assert min(np.diff(heights)) >= figures.BESIDE
    names = figure["layout"]["annotations"]
    assert [name["text"] for name in names] == ["<b>comparison</b>", "<b>a&lt;b</b>", "<b>list</b>"]
    for row, name in enumerate(names):  # above its own marks, below those before
        assert name["y"] + figures.NAME <= min(mark["y"][row] for mark in marks)
        assert row == 0 or name["y"] > max(mark["y"][row - 1] for mark in marks)
