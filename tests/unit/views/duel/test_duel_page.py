"""What is folded below the duel, without a browser: what it sends to its board, and what it answers to bad input."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from boards import all_boarded, boarded, panel, typed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, models, predict, trace
from explorer.analysis import measures
from explorer.core import checkpoints
from explorer.evaluation.sentence_kinds import kind as kind_of
from explorer.networks.registry import network, recurrent_names
from explorer.reading.tokenizer import tokenize
from explorer.views.duel import glossary, inside, panels
from explorer.views.duel.panels import Shown
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.settings import MOST_STEPS

ROUTER = Path(panels.__file__).parents[2] / "server" / "router.py"
PANELS = ["answers", "reliability", "belief", "parting", "activations", "unit", "parts", "contexts"]
GRU = Shown("gru")


@pytest.fixture
def app() -> AppTest:
    """The page with its numbers opened."""
    page = AppTest.from_file(str(ROUTER), default_timeout=60)
    page.session_state["compare.measure"] = True
    return page


def cells(data: dict, column: str) -> dict[str, str]:
    """A column of the table of answers, by the names of the models."""
    table = panel(data, "answers")["table"]
    place = table["columns"].index(column)
    return {row[0]: row[place] for row in table["rows"]}


def test_nothing_is_computed_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def computed(*_: object) -> None:
        raise AssertionError("nobody asked for it")

    monkeypatch.setattr("explorer.views.duel.page.content", computed)
    closed = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    assert all_boarded(closed) == []
    assert [fold.label for fold in closed.expander] == ["How to read this", "The numbers behind it"]


def test_the_numbers_below_a_model_without_a_memory_say_whose_they_are(app: AppTest) -> None:
    app.query_params["model"] = "per-word"
    told = [each.value for each in app.run().info]
    assert told == [
        "The average of words keeps no memory from word to word. The numbers below are about the GRU instead."
    ]


def test_methods_that_take_long_are_not_computed_before_they_are_asked_for(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(inside, "quick", lambda model, reading: asked.append(reading.text))
    app.run()
    assert asked == []
    app.toggle(key="compare.attributed").set_value(True).run()
    assert asked == ["good, not bad"]


def test_seed_pair_at_first(app: AppTest) -> None:
    data = boarded(app.run())
    assert (data["typed"], data["typed_b"]) == ("good, not bad", "bad, not good")
    assert [one["id"] for one in data["panels"]] == PANELS
    assert cells(data, "Difference")["average of words"] == "0 exactly"


def test_every_model_answers_what_predict_says(app: AppTest) -> None:
    data = boarded(app.run())
    for letter, text in (("A", data["typed"]), ("B", data["typed_b"])):
        said = list(map(float, cells(data, f"P(positive) of {letter}").values()))
        assert said == pytest.approx([predict(load(name), [text])[0] for name in models()], abs=1e-4)


def test_typing_changes_the_answer(app: AppTest) -> None:
    data = boarded(typed(app.run(), "compare", a="a film that is not good"))
    assert data["phrases"][0]["tokens"] == ["a", "film", "that", "is", "not", "good"]
    assert data["phrases"][0]["belief"] == pytest.approx(trace(load("gru"), "a film that is not good").belief, abs=1e-4)


@pytest.mark.parametrize("model", recurrent_names())
def test_every_model_shows_each_of_its_activations(app: AppTest, model: str) -> None:
    typed(app.run(), "compare", model=model)
    for part in app.selectbox(key="compare.show").options:
        app.selectbox(key="compare.show").set_value(
            next(key for key, label in network(model).titles().items() if label == part)
        ).run()
        assert part in panel(boarded(app), "activations")["title"]


def test_changing_the_model_keeps_the_page_on_what_the_model_has(app: AppTest) -> None:
    app.run().selectbox(key="compare.show").set_value("update").run()
    typed(app, "compare", model="rnn")
    assert app.selectbox(key="compare.show").value == "hidden"
    assert "RNN" in panel(boarded(app), "activations")["title"]


@pytest.mark.parametrize("sort", measures.ORDERS)
def test_units_can_be_sorted_in_every_way(app: AppTest, sort: str) -> None:
    app.run().selectbox(key="compare.sort").set_value(sort).run()
    rows = panel(boarded(app), "activations")["figure"]["data"][0]["customdata"]
    assert sorted(rows) == list(range(load("gru").network.units))


def test_link_brings_the_numbers_back(app: AppTest) -> None:
    typed(app.run(), "compare", a="süß & <b>gut</b> #1", model="lstm")
    app.selectbox(key="compare.show").set_value("cell").run()
    app.radio(key="compare.of").set_value("b").run()
    first = boarded(app)
    again = AppTest.from_file(str(ROUTER), default_timeout=60)
    again.session_state["compare.measure"] = True
    for name, (value,) in parse_qs(first["link"][1:]).items():
        again.query_params[name] = value
    assert boarded(again.run()) == first


def test_a_link_with_wrong_settings_falls_back(app: AppTest) -> None:
    app.query_params["model"] = "transformer"
    app.query_params["sort"] = "<script>"
    app.query_params["a"] = app.query_params["b"] = ""
    data = boarded(app.run())
    assert app.selectbox(key="compare.sort").value == "weight"
    assert "no text yet" in data["summary"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no text yet"),
        ("  \t ", "There is no text yet"),
        ("\x00\x07\u200b", "There is no text yet"),
        ("?!... --", "no words in this text, only signs"),
        ("🎬🇫🇷1️⃣", "no words in this text, only signs"),
    ],
)
def test_nothing_to_read_is_said(app: AppTest, text: str, said: str) -> None:
    data = boarded(typed(app.run(), "compare", a=text, b=""))
    assert said in data["summary"]
    assert "Type a few words" in data["summary"]
    assert data["panels"] == []


def test_one_phrase_alone_is_measured_by_itself() -> None:
    for texts in (("a fine film", ""), ("?!", "a fine film")):
        data = panels.content(texts, GRU)
        assert [one["id"] for one in data["panels"]] == [one for one in PANELS if one != "parting"]
        assert len(data["phrases"]) == 1
        assert data["phrases"][0]["phrase"] == ("A" if texts[1] == "" else "B")
        assert "Difference" not in panel(data, "answers")["table"]["columns"]
        assert [line["name"] for line in panel(data, "belief")["figure"]["data"]][:2] == [
            f"{data['phrases'][0]['phrase']}, GRU",
            f"{data['phrases'][0]['phrase']}, average",
        ]


def test_the_phrase_that_is_asked_for_is_looked_into() -> None:
    for of, text in (("a", "good, not bad"), ("b", "bad, not good")):
        data = panels.content(("good, not bad", "bad, not good"), replace(GRU, of=of))
        assert panel(data, "parts")["belief"] == pytest.approx(trace(load("gru"), text).belief, abs=1e-6)


@pytest.mark.parametrize("text", ["zzyzxq qwrtzp", "この映画は素晴らしい", "Фильм хороший"])
def test_only_unknown_words_are_said_to_say_nothing(app: AppTest, text: str) -> None:
    assert any("says nothing" in note for note in boarded(typed(app.run(), "compare", a=text))["notes"])


def test_unknown_and_clipped_words_are_marked_where_they_stand(app: AppTest) -> None:
    data = boarded(typed(app.run(), "compare", a="a zzyzxq film " + "and so on " * 20))
    phrase = data["phrases"][0]
    assert phrase["unknown"] == [1]
    assert phrase["clipped"] == load("concat").network.length
    assert any("clipped" in note for note in data["notes"])
    assert any("padding" in note for note in data["notes"])


def test_twenty_thousand_words(app: AppTest) -> None:
    text = "good bad " * 10_000
    data = boarded(typed(app.run(), "compare", a=text))
    assert len(data["phrases"][0]["tokens"]) == MOST_STEPS
    assert any("20,000 tokens" in note for note in data["notes"])
    assert data["link"] is None
    assert data["typed"] == text


def test_a_wrong_answer_to_an_example_is_called_wrong() -> None:
    example = EXAMPLES[0]
    data = panels.content((example.b, example.a), GRU)
    said = [cells(data, f"Verdict on {letter}")["average of words"] for letter in "AB"]
    assert sum("wrong" in answer for answer in said) == (0 if "unsure" in said else 1)


def test_missing_weights_are_said_without_a_traceback(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    app.run()
    assert not app.exception
    assert "cannot be used" in app.error[0].value
    assert "vectors.safetensors is missing" in app.text[0].value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_an_answer(a: str, b: str) -> None:
    data = panels.content((a, b), GRU)
    json.dumps(data)
    assert data["summary"]
    for phrase in data["phrases"]:
        assert len(phrase["tokens"]) == len(phrase["belief"])
        assert all(0 <= p <= 1 for p in phrase["belief"])


@pytest.mark.parametrize("model", recurrent_names())
def test_equal_phrases_get_equal_numbers_from_every_model(model: str) -> None:
    text = "a film that is neither good nor bad, zzyzxq"
    said = cells(panels.content((text, text.upper()), Shown(model)), "Difference")
    assert list(said.values()) == ["0 exactly"] * len(models())


def test_the_card_of_the_model_is_one_click_away(app: AppTest) -> None:
    typed(app.run(), "compare", model="lstm")
    assert "Model card of the LSTM" in [button.label for button in app.button]


def test_the_glossary_is_text_with_lowered_letters() -> None:
    shown = glossary.html()
    assert "T<sub>x</sub>" in shown
    assert "T_" not in shown
    assert shown.count("<dt>") == len(glossary.TERMS) >= 10


def seeded(monkeypatch: pytest.MonkeyPatch, shifts: dict[int, float]) -> None:
    """Give each recurrent model seeds besides 0, whose log-odds are shifted."""

    def shifted(name: str, seed: int):
        model = load(name)
        network = copy.deepcopy(model.network)
        network.readout.bias += shifts[seed]
        return replace(model, network=network)

    monkeypatch.setattr(panels, "seeds", lambda name: [0, *shifts])
    monkeypatch.setattr(panels, "load_seed", shifted)


def belief_of(data: dict) -> dict:
    return panel(data, "belief")


def test_seeds_are_a_band_with_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(monkeypatch, {1: 0.1, 2: -20.0})
    chart = belief_of(panels.content(("good, not bad", "bad, not good"), GRU))
    assert [line["name"] for line in chart["figure"]["data"]][4:] == ["A, 3 seeds"] * 2 + ["B, 3 seeds"] * 2
    for said in (chart["sentence"], chart["alt"]):
        assert "A: the seeds differ. 2 say positive, 0 unsure, 1 negative." in said
        assert "B: the seeds differ" not in said


def test_seeds_that_agree_are_not_said_to_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(monkeypatch, {1: 0.001, 2: -0.001})
    assert "seeds differ" not in belief_of(panels.content(("good, not bad", "bad"), GRU))["sentence"]


@pytest.mark.parametrize("found", [[0], [0, 1]])
def test_without_three_seeds_there_is_no_band(monkeypatch: pytest.MonkeyPatch, found: list[int]) -> None:
    seeded(monkeypatch, dict.fromkeys(found[1:], 0.1))
    chart = belief_of(panels.content(("good", "bad"), GRU))
    assert len(chart["figure"]["data"]) == 4
    assert "Shaded" not in chart["sentence"]


def test_seeds_that_cannot_be_used_leave_the_page_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, seed: int) -> None:
        raise checkpoints.WeightsError("cut short")

    monkeypatch.setattr(panels, "seeds", lambda name: [0, 1, 2])
    monkeypatch.setattr(panels, "load_seed", broken)
    assert len(belief_of(panels.content(("good", "bad"), GRU))["figure"]["data"]) == 4


def test_words_read_as_others_are_marked_and_named() -> None:
    data = panels.content(("a mvoie", "zzyzxq"), GRU)
    (word,) = data["phrases"][0]["read"].values()
    assert list(data["phrases"][0]["read"]) == [1]
    assert data["phrases"][1]["read"] == {}
    assert any(f"“mvoie” → “{word}”" in note for note in data["notes"])
    assert f"“mvoie” → “{word}”" in belief_of(data)["alt"]


def read(a: str, b: str) -> dict:
    return {"a": trace(load("gru"), a), "b": trace(load("gru"), b)}


def test_reliability_is_said_for_the_kind_that_was_typed() -> None:
    model = load("gru")
    kinds = {"with a negation": {"accuracy": 0.8372, "count": 215}, "plain sentence": {"accuracy": 0.0, "count": 0}}
    measured = replace(model, card={"kinds": kinds})
    typed = "this is not a good film", "it is a very good film"
    (said,) = panels.reliabilities(measured, read(*typed))
    assert said["sentence"] == (
        "A is a sentence with a negation. On 215 such sentences of real reviews, the GRU was right 84% of the time."
    )
    (said,) = panels.reliabilities(measured, read(typed[0], typed[0]))
    assert said["sentence"].startswith("A and B are each a sentence with a negation")
    assert panels.reliabilities(replace(model, card={}), read(typed[0], typed[0])) == []


@pytest.mark.parametrize(
    "text",
    [
        "ce film est magnifique et les acteurs sont excellents",  # words with a vector, half of them never trained
        "goood baaad film",
        "* * * good",
    ],
)
def test_reliability_is_not_said_of_what_is_hardly_read(text: str) -> None:
    model = load("gru")
    measured = replace(model, card={"kinds": {kind_of(tokenize(text)): {"accuracy": 0.9, "count": 20}}})
    assert panels.reliabilities(measured, read(text, text)) == []


def test_an_accuracy_is_not_quoted_where_there_is_no_right_answer() -> None:
    example = next(example for example in EXAMPLES if example.name == "Says nothing")
    assert "reliability" not in [one["id"] for one in panels.content((example.a, example.b), GRU)["panels"]]
    clear = EXAMPLES[0]
    assert "was right" in panel(panels.content((clear.a, clear.b), GRU), "reliability")["sentence"]
