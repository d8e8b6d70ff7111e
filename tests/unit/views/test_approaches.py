"""The page Average or concatenate: what it sends to the board."""

import json
import re
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from boards import all_boarded, boarded, coloured, numbers, panel, typed
from browsing import ROOT
from streamlit.testing.v1 import AppTest

from explorer import load, models, predict, trace
from explorer.analysis import approaches
from explorer.analysis.approach_findings import FILE, Bin, load_findings
from explorer.analysis.approaches import AMONG, Moves, slots
from explorer.board import events
from explorer.core import checkpoints
from explorer.reading.tokenizer import tokenize
from explorer.views.approaches import measured_sentences, panels, sentences
from explorer.views.approaches import page as view
from explorer.views.duel import packets
from explorer.views.shared import charts, visit
from explorer.views.shared.settings import CARDS

PAGE = "from explorer.views.approaches import page\npage.page()"
REVIEW = " ".join(["the film is not good , but the actors are"] * 11)  # 110 tokens
PANELS = {  # of each card, by depth: what one sees, how to read it, the numbers behind it
    "order": (["two-orders"], ["read", "average"], ["orders"]),
    "weights": (["layers"], ["read"], ["counts"]),
    "slots": (["slots"], ["read", "lengths"], ["accuracy-0", "accuracy-1"]),
    "places": (["elsewhere"], ["read", "far"], ["moved", "shares"]),
}


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=120)


def opened(app: AppTest, card: str, **texts: str) -> dict:
    """What the page shows of an open card, after this was typed or chosen."""
    app.query_params["card"] = card
    app.run()
    strip, data = all_boarded(typed(app, "approaches", **texts) if texts else app)
    assert cards(strip)["opened"] == card
    return data


def mapped(app: AppTest, **texts: str) -> dict[str, dict]:
    """The cards of the map by their names."""
    app.run()
    data = boarded(typed(app, "approaches", **texts) if texts else app)
    assert cards(data)["opened"] == ""
    return {card["name"]: card for cell in cards(data)["cells"] for card in cell}


def cards(data: dict) -> dict:
    return panel(data, "cards")


def by_depth(data: dict) -> tuple[list[str], ...]:
    """The names of the panels at each depth."""
    depths = ("see", "explain", "measure")
    return tuple([one["id"] for one in data["panels"] if one.get("depth", "see") == depth] for depth in depths)


# -------------------------------------------------------------------------------------------------------------- the map


def test_four_cards_each_a_picture_and_a_sentence(app: AppTest) -> None:
    shown = mapped(app)
    assert list(shown) == ["order", "weights", "slots", "places"]
    titles = ["Same number", "35 times the weights", "Always 50 slots", "Different place, different answer"]
    assert [card["title"] for card in shown.values()] == titles
    assert [card["picture"]["drawing"] for card in shown.values()] == ["orders", "layers", "slots", "places"]
    for card in shown.values():
        assert card["picture"].get("alt")
        assert 4 < len(card["sentence"].split()) < 30


def test_the_cards_tell_what_the_models_say(app: AppTest) -> None:
    shown = mapped(app)
    rows = shown["order"]["picture"]["rows"]
    for row, text in zip(rows, ["good, not bad", "bad, not good"], strict=True):
        assert row["average"][-1] == pytest.approx(trace(load("per-word"), text).probability, abs=1e-4)
        assert row["recurrent"] == pytest.approx(trace(load("gru"), text).belief.tolist(), abs=1e-4)
    assert rows[0]["average"][-1] == rows[1]["average"][-1]
    assert sorted(rows[0]["alone"]) == sorted(rows[1]["alone"])
    texts = [" ".join([*AMONG[:k], "good, not bad", *AMONG[k:]]) for k in range(31)]
    lines = {line["label"]: line["belief"] for line in shown["places"]["picture"]["lines"]}
    assert list(lines) == ["average", "concatenation", "GRU"]
    for label, name in [("average", "per-word"), ("concatenation", "concat"), ("GRU", "gru")]:
        assert lines[label] == pytest.approx(predict(load(name), texts), abs=1e-4)
    assert "leave 46 of them empty" in shown["slots"]["sentence"]
    assert "60 are cut off" in mapped(app, phrase=REVIEW)["slots"]["sentence"]


def test_an_open_card_computes_nothing_for_the_others(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def heavy(*_args: object) -> None:
        raise AssertionError("the phrase was moved to every place")

    monkeypatch.setattr(approaches, "elsewhere", heavy)
    panels.at_places.cache_clear()
    app.query_params["card"] = "slots"
    strip, _ = all_boarded(app.run())
    assert all(card["picture"] is None for cell in cards(strip)["cells"] for card in cell)


@pytest.mark.parametrize("card", PANELS)
def test_an_open_card(app: AppTest, card: str) -> None:
    data = opened(app, card)
    assert by_depth(data) == PANELS[card]
    assert data["steps"] == 4
    assert data["summary"] == mapped(AppTest.from_string(PAGE, default_timeout=120))[card]["sentence"]
    assert f"card={card}" in data["link"]
    for one in data["panels"]:
        assert one["title"]
        assert not re.search(r"\bnan\b|None|\d %", json.dumps([one.get("sentence"), one.get("sentences")]))
        if one["kind"] not in {"table", "slots", "text"}:  # words on the page, read as they are
            assert one["alt"]
        if one["kind"] not in {"chart", "text"}:  # the table of a chart is made in the browser from its figure
            assert {len(row) for row in one["table"]["rows"]} == {len(one["table"]["columns"])}


def test_only_cards_of_the_page_are_opened() -> None:
    assert events.opened_card({"card": "slots"}, CARDS["approaches"]) == "slots"
    assert events.opened_card({"card": ""}, CARDS["approaches"]) == ""
    for asked in (None, {}, {"card": "writer"}, {"card": 3}, {"card": None}, "slots", ["slots"]):
        assert events.opened_card(asked, CARDS["approaches"]) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("card", PANELS)
def test_plotly_accepts_the_figures(app: AppTest, theme: str, card: str) -> None:
    for one in opened(app, card)["panels"]:
        if "figure" in one:
            go.Figure(coloured(one["figure"], charts.PALETTE[theme]))


# ----------------------------------------------------------------------------------------------------- the average


def test_both_orders_get_the_same_number(app: AppTest) -> None:
    data = opened(app, "order")
    model = load("per-word")
    shown = panel(data, "orders")["table"]["rows"]
    expected = repr(trace(model, "good, not bad").probability)
    assert [row[1] for row in shown] == [expected, expected]
    assert shown[0][2] == shown[1][2]
    assert [row[4] for row in shown] == ["good , not bad", "bad , not good"]
    assert [row[3] for row in shown] == [repr(trace(load("gru"), row[4]).probability) for row in shown]
    assert "the same number, digit for digit" in panel(data, "orders")["sentences"][0]
    assert f"the average still says {100 * float(expected):.0f}%. The GRU goes from 97% to 1%." in data["summary"]
    alone, other, average, _ = panel(data, "average")["figure"]["data"]
    each = trace(model, "good, not bad")
    assert numbers(alone["y"]) == pytest.approx(each.activations["probability"], abs=1e-6)
    assert "left out" not in panel(data, "average")["sentence"]
    assert sorted(numbers(other["y"])) == sorted(numbers(alone["y"]))
    assert numbers(average["y"]) == pytest.approx(each.belief, abs=1e-6)


def test_shuffle_again(app: AppTest) -> None:
    opened(app, "order")
    seen = set()
    for _ in range(6):
        app.button[0].click().run()
        data = all_boarded(app)[1]
        first, second = panel(data, "orders")["table"]["rows"]
        assert first[1] == second[1]
        assert sorted(first[4].split()) == sorted(second[4].split())
        seen.add(second[4])
        assert panel(data, "two-orders")["rows"][1]["tokens"] == second[4].split()
    assert len(seen) > 2
    assert "order=92" in data["link"]


@pytest.mark.parametrize("text", ["good", "so so"])
def test_words_without_another_order(app: AppTest, text: str) -> None:
    data = opened(app, "order", phrase=text)
    assert [row["letter"] for row in panel(data, "two-orders")["rows"]] == [""]
    assert "no other order" in data["summary"]
    assert len(panel(data, "orders")["table"]["rows"]) == 1
    assert len(panel(data, "average")["figure"]["data"]) == 2


# -------------------------------------------------------------------------------------------------- the parameters


def test_the_story_first(app: AppTest) -> None:
    data = opened(app, "weights")
    assert data["summary"].startswith("At 150 words of 300 numbers the concatenation needs 5,760,257 weights; the GRU")
    assert data["summary"].endswith("Ours, for 50 words of 150 numbers, have 960,257 and 107,649.")
    told = {about["name"]: about["weights"] for about in packets.about([load("concat"), load("gru")])}
    assert told == {"concat": 960_257, "gru": 107_649}  # the duel tells the same
    said = panel(data, "counts")["sentence"]
    assert "150 words of 300 numbers are 45,000 inputs" in said
    assert "150·300·128 + 128 + 128 + 1 = 5,760,257 parameters" in said
    assert "what-if" in said
    assert f"{load('gru').vectors.shape[1]} numbers a word" in said
    assert "50 slots" in said
    assert "128 hidden units" in said
    assert [one["value"] for one in panel(data, "layers")["sliders"]] == [150, 300]
    (mark,) = panel(data, "counts")["figure"]["layout"]["shapes"]
    assert mark["x0"] == mark["x1"] == 150
    rows = {row[0]: row[1:] for row in panel(data, "layers")["table"]["rows"]}
    assert rows["concatenation, first layer"] == ["45,000", "128", "5,760,000"]
    assert rows["GRU, W"] == ["300", "384", "115,200"]
    assert rows["GRU, U"] == ["128", "384", "49,152"]


def test_sliders_of_the_what_if(app: AppTest) -> None:
    size = str(load("lstm").vectors.shape[1])
    app.query_params["words"], app.query_params["size"], app.query_params["lane"] = "50", size, "lstm"
    data = opened(app, "weights")
    said = panel(data, "counts")["sentence"]
    concat, lstm = (f"{load(name).card['parameters']:,}" for name in ("concat", "lstm"))
    assert f"{concat} parameters" in said
    assert f"has {lstm} at any number of words" in said
    row = next(row for row in panel(data, "counts")["table"]["rows"] if row[0] == "50")
    assert row[1:] == [f"{load(name).card['parameters']:,}" for name in models()]
    assert (panel(data, "layers")["blocks"], panel(data, "layers")["size"]) == (50, int(size))
    assert "words=50" in data["link"]
    assert f"size={size}" in data["link"]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"words": 7, "size": 60}, {"words": 7, "size": 60}), ({"place": 30}, {"place": 30}),
        ({"words": 501, "size": 49, "place": 31}, {}), ({"words": "7"}, {}), ({"words": True, "size": 7.5}, {}),
        ("words", {}), (None, {}), ([1], {}), ({"order": 3}, {}),
    ],
)  # fmt: skip
def test_only_what_sliders_can_say_is_taken(asked: object, kept: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view.st, "session_state", {})
    view.take(asked)
    assert visit.current().values == {f"approaches.{name}": value for name, value in kept.items()}


def test_the_text_in_its_slots(app: AppTest) -> None:
    shown = panel(opened(app, "slots", phrase=REVIEW), "slots")
    assert shown["slots"] == load("concat").network.length == 50
    assert shown["tokens"] == tokenize(REVIEW)
    rows = shown["table"]["rows"]
    assert [row[1] for row in rows] == tokenize(REVIEW)
    assert [row[0] for row in rows[49:51]] == ["slot 50", "lost"]
    assert "60 words behind them are clipped: 55% of the text is never read" in shown["sentence"]
    rows = panel(opened(app, "slots", phrase="a film"), "slots")["table"]["rows"]
    assert len(rows) == 50
    assert rows[1:3] == [["slot 2", "film"], ["slot 3", "(padding)"]]


# ------------------------------------------------------------------------------------------- the same phrase elsewhere


def test_the_phrase_at_every_place(app: AppTest) -> None:
    app.query_params["place"] = "3"
    data = opened(app, "places")
    shown, far = panel(data, "elsewhere"), panel(data, "far")["sentence"]
    texts = [" ".join([*AMONG[:k], "good, not bad", *AMONG[k:]]) for k in range(31)]
    for i, name in enumerate(models()):
        belief = predict(load(name), texts)
        assert [float(row[1 + i]) for row in shown["table"]["rows"]] == pytest.approx(belief, abs=1e-4)
        assert shown["figure"]["data"][i]["y"] == pytest.approx(belief, abs=1e-5)
        assert f"{load(name).label} {np.ptp(belief):.3f}" in far
    assert shown["sliders"][0]["value"] == 3
    assert len(shown["readings"]) == 31
    assert shown["readings"][3].startswith(
        "3 neutral words before, 27 behind: “in the second [good , not bad] part of the film …”."
    )
    average = predict(load("per-word"), texts[3:4])[0]
    assert f"average of words {100 * average:.0f}%" in shown["readings"][3]
    names = [note["text"] for note in shown["figure"]["layout"]["annotations"]]
    assert names == [load(name).label for name in models()]  # at the ends of their lines


def test_long_texts_are_moved_in_part(app: AppTest) -> None:
    said = panel(opened(app, "places", phrase=REVIEW), "far")["sentence"]
    assert "Of the 110 words typed, the first 40 are moved here." in said
    assert "70 words, 20 more than the concatenation has slots" in said
    assert "are moved here" not in panel(opened(app, "places", phrase="bad film"), "far")["sentence"]


def test_many_phrases(app: AppTest) -> None:
    data = opened(app, "places")
    found = load_findings([load(name) for name in models()])
    for i, name in enumerate(models()):
        one = found.moves[name]
        assert panel(data, "moved")["figure"]["data"][i]["y"] == pytest.approx(one.moved, abs=1e-5)
        share, sides = (bars["y"][i] for bars in panel(data, "shares")["figure"]["data"])
        assert [share, sides] == pytest.approx([100 * one.share, 100 * one.sides])
        assert f"{load(name).label} {100 * one.share:.0f}%" in panel(data, "shares")["sentence"]
    assert f"Over {found.phrases} short phrases" in panel(data, "moved")["sentence"]


# ------------------------------------------------------------------------------------------------------- any length


def test_lengths(app: AppTest) -> None:
    shown = panel(opened(app, "slots", phrase=REVIEW), "lengths")
    rows = {row[0]: row[1:] for row in shown["table"]["rows"]}
    assert rows["1,000"] == ["1/1,000", "50", "0", "950", "1,000"]
    assert rows["1"] == ["1/1", "1", "49", "0", "1"]
    assert rows["110"] == ["1/110", "50", "0", "60", "110"]
    assert "the concatenation reads 45%" in shown["sentence"]


def test_accuracy_by_length(app: AppTest) -> None:
    data = opened(app, "slots")
    found = load_findings([load(name) for name in models()])
    for i, bins in enumerate(found.lengths.values()):
        shown = panel(data, f"accuracy-{i}")
        assert [row[:2] for row in shown["table"]["rows"]] == [[one.name, f"{one.count:,}"] for one in bins]
        for line, name in zip(shown["figure"]["data"], models(), strict=True):
            assert line["y"] == pytest.approx([100 * one.right[name] for one in bins], abs=1e-3)
            assert line["error_y"]["array"] == pytest.approx([100 * one.error[name] for one in bins])


@pytest.mark.parametrize("other", [None, {"weights": {}}])
def test_without_findings_a_command(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: dict | None
) -> None:
    for path in (ROOT / "pretrained").iterdir():
        if path.name != FILE:
            (tmp_path / path.name).symlink_to(path)
    if other is not None:  # made with other weights
        (tmp_path / FILE).write_text(json.dumps(json.loads((ROOT / "pretrained" / FILE).read_text()) | other))
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    for card, name in [("places", "moved"), ("slots", "accuracy-0")]:
        data = opened(AppTest.from_string(PAGE, default_timeout=120), card)
        assert by_depth(data)[2] == [name]
        assert panel(data, name)["kind"] == "text"
        assert "python -m explorer approaches" in panel(data, name)["sentence"]


# ------------------------------------------------------------------------------------------------------ what is typed


@pytest.mark.parametrize(
    ("text", "said"), [("", "There is no text yet"), ("?! …", "no words in this text, only signs")]
)
def test_nothing_to_read(app: AppTest, text: str, said: str) -> None:
    app.run()
    data = boarded(typed(app, "approaches", phrase=text))
    assert data["panels"] == []
    assert said in data["summary"]
    assert data["typed"] == text


STRANGE = ["<b>good</b> film", "x" * 5_000, "\u202egood \x00 bad", "🙂 good", "a" + "\u0301" * 300, "naïve 好 film"]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts(app: AppTest, text: str) -> None:
    assert len(mapped(app, phrase=text)) == 4
    for card in PANELS:
        data = opened(AppTest.from_string(PAGE, default_timeout=120), card, phrase=text)
        assert by_depth(data) == PANELS[card]
        assert data["typed"] == text
        drawn = json.dumps([one.get("figure") for one in data["panels"]]).replace("<br>", "")
        assert "<b>" not in drawn
    data = opened(AppTest.from_string(PAGE, default_timeout=120), "order", phrase=text)
    assert len({row[1] for row in panel(data, "orders")["table"]["rows"]}) == 1


def test_a_long_review(app: AppTest) -> None:
    text = " ".join(["the plot is dull but I like it ."] * 130)
    data = opened(app, "order", phrase=text)
    assert data["steps"] == 1_000
    assert any("reads the first 1,000" in note for note in data["notes"])
    assert data["typed"] == text
    assert len(panel(data, "average")["figure"]["data"]) == 3
    assert "the same ones, so they are left out here" in panel(data, "average")["sentence"]
    assert len({row[1] for row in panel(data, "orders")["table"]["rows"]}) == 1
    assert len(json.dumps(data)) < 500_000


def test_a_link_brings_the_page_back(app: AppTest) -> None:
    asked = {"phrase": "a bad film", "model": "rnn", "words": "20", "size": "50", "place": "9", "order": "3"}
    for name, value in asked.items():
        app.query_params[name] = value
    link = opened(app, "places")["link"]
    assert dict(part.split("=") for part in link.removeprefix("?").split("&")) == asked | {
        "phrase": "a+bad+film",
        "card": "places",
    }


@pytest.mark.parametrize("value", ["0", "501", "-3", "many", "1e2", "²", "9" * 400, ""])
def test_a_link_that_asks_for_what_cannot_be(app: AppTest, value: str) -> None:
    app.query_params["words"] = value
    assert panel(opened(app, "weights"), "layers")["sliders"][0]["value"] == 150


# --------------------------------------------------------------------------------------------------------- sentences


def moving(far: float, share: float = 0.1) -> Moves:
    """Beliefs that move by `far` at each place but the first."""
    return Moves(np.array([0, far, far]), np.zeros(3), far, 0.0, 0.2, share, 0.1)


def test_how_far_beliefs_move_in_words() -> None:
    found = {
        "per-word": ("average of words", moving(0)),
        "concat": ("concatenation", moving(0.1)),
        "gru": ("GRU", moving(0.05)),
    }
    said = measured_sentences.moved(found, 1_234)
    assert said.startswith("Over 1,234 short phrases")
    assert "concatenation 0.100 and GRU 0.050" in said
    assert said.endswith("Never moving, since it adds up the same words: average of words.")
    assert "Never moving" not in measured_sentences.moved({"gru": found["gru"]}, 7)


@pytest.mark.parametrize(
    ("rnn", "gru", "said"),
    [
        (0.01, 0.01, "hold nearly still, the concatenation moves by 0.100"),
        (0.01, 0.05, "move less than the concatenation, 0.010 to 0.050 beside 0.100, but they do not hold still"),
        (0.2, 0.05, "move by 0.050 to 0.200, the concatenation by 0.100"),  # some more, some less: neither is claimed
        (0.2, 0.3, "move by 0.200 to 0.300, the concatenation by 0.100"),
    ],
)
def test_whether_the_recurrent_models_hold_still_is_told_from_the_numbers(rnn: float, gru: float, said: str) -> None:
    found = {
        "per-word": ("average of words", moving(0)),
        "concat": ("concatenation", moving(0.1)),
        "rnn": ("RNN", moving(rnn)),
        "gru": ("GRU", moving(gru)),
    }
    told = measured_sentences.surprise(found)
    assert said in told
    assert ("move less than" in told) == (0.02 <= max(rnn, gru) < 0.1)
    assert ("hold nearly still" in told) == (max(rnn, gru) < 0.02)


def test_what_the_place_makes_in_words() -> None:
    found = {"per-word": ("average of words", moving(0, 0.0)), "gru": ("GRU", moving(0.1, 0.08))}
    assert "average of words 0% and GRU 8%; the phrase makes the rest" in measured_sentences.shares(found)
    assert measured_sentences.again(found, {"per-word": [0.0, 0.0], "gru": [0.05, 0.12]}) == (
        "Among 2 other clauses of neutral words the place makes GRU 5% to 12% of the variance."
    )
    assert measured_sentences.again(found, {"per-word": [], "gru": []}) == ""
    found["concat"] = ("concatenation", moving(0.1, 0.3))
    for concat, most in (([0.3, 0.4], True), ([0.3, 0.1], False)):  # in each clause, or in one of them only
        said = measured_sentences.again(found, {"gru": [0.05, 0.12], "concat": concat})
        assert said.endswith("each time most of it in this model: concatenation.") == most


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (
            1,
            (
                "1 of 50 slots is filled; the other 49, 98% of them, hold zeros as padding. "
                "The GRU makes 1 step, no more."
            ),
        ),
        (2, "2 of 50 slots are filled; the other 48, 96% of them"),
        (50, "Exactly all 50 slots are filled."),
        (51, "1 word behind them is clipped: 2% of the text is never read. The GRU reads all 51."),
        (1_000, "950 words behind them are clipped: 95% of the text is never read. The GRU reads all 1,000."),
    ],
)
def test_what_fills_the_slots_in_words(count: int, said: str) -> None:
    assert said in sentences.filled(slots(["good"] * count, 50), "GRU")


def test_accuracy_in_words() -> None:
    short, long = ({"a": 0.9, "b": 0.8}, {"a": 0.02, "b": 0.03}), ({"a": 0.7, "b": 0.75}, {"a": 0.04, "b": 0.05})
    bins = [Bin(1, 50, 200, *short), Bin(51, None, 100, *long)]
    said = measured_sentences.accuracy(bins, {"a": "LSTM", "b": "GRU"}, "reviews")
    assert "of 1–50 words (200): LSTM 90% and GRU 80%" in said
    assert "Of over 50 words (100): LSTM 70% and GRU 75%" in said
    assert "of 100 texts (over 50 words) it is up to 5 points" in said
    assert (
        measured_sentences.accuracy(bins[:1], {"a": "LSTM"}, "reviews") == "All 200 reviews have 1–50 words: LSTM 90%."
    )
