"""The page Compare without a browser: what it sends to the stage, and what it answers to bad input."""

import copy
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from boards import boarded
from explorer.views.compare import panels
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, models, predict, trace
from explorer.analysis import measures
from explorer.core import checkpoints
from explorer.evaluation.sentence_kinds import kind as kind_of
from explorer.networks.registry import network, recurrent_names
from explorer.reading.tokenizer import tokenize
from explorer.views.shared.examples import EXAMPLES
from explorer.views.shared.settings import MOST_STEPS

ROUTER = Path(panels.__file__).parents[2] / "server" / "router.py"
CHARTS = ["belief", "parting", "activations"]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROUTER), default_timeout=60)


def test_seed_pair_at_first(app: AppTest) -> None:
    data = boarded(app.run())
    assert data["typed"] == ["good, not bad", "bad, not good"]
    assert [chart["id"] for chart in data["charts"]] == CHARTS
    assert data["link"] == "?"
    average = next(row for row in data["verdicts"] if row["name"] == "per-word average")
    assert average["difference"] == "0 exactly"
    assert average["a"] == average["b"]


def test_every_model_answers_what_predict_says(app: AppTest) -> None:
    data = boarded(app.run())
    for name, row in zip(models(), data["verdicts"], strict=True):
        assert [row["a"], row["b"]] == pytest.approx(predict(load(name), data["typed"]), abs=1e-6)


def test_typing_changes_the_answer(app: AppTest) -> None:
    app.run().text_input(key="compare.phrase").set_value("a film that is not good").run()
    data = boarded(app)
    assert data["phrases"][0]["tokens"] == ["a", "film", "that", "is", "not", "good"]
    assert data["phrases"][0]["belief"] == pytest.approx(trace(load("gru"), "a film that is not good").belief, abs=1e-4)


@pytest.mark.parametrize("model", recurrent_names())
def test_every_model_shows_each_of_its_activations(app: AppTest, model: str) -> None:
    app.run().selectbox(key="compare.model").set_value(model).run()
    for part in app.selectbox(key="compare.show").options:
        app.selectbox(key="compare.show").set_value(
            next(key for key, label in network(model).titles().items() if label == part)
        ).run()
        assert part in boarded(app)["charts"][2]["title"]


def test_changing_the_model_keeps_the_page_on_what_the_model_has(app: AppTest) -> None:
    app.run().selectbox(key="compare.show").set_value("update").run()
    app.selectbox(key="compare.model").set_value("rnn").run()
    assert app.selectbox(key="compare.show").value == "hidden"
    assert "RNN" in boarded(app)["charts"][2]["title"]


@pytest.mark.parametrize("sort", measures.ORDERS)
def test_units_can_be_sorted_in_every_way(app: AppTest, sort: str) -> None:
    app.run().selectbox(key="compare.sort").set_value(sort).run()
    assert sorted(boarded(app)["charts"][2]["figure"]["data"][0]["customdata"]) == list(
        range(load("gru").network.units)
    )


def choose_example(app: AppTest, name: str) -> None:
    """Choose an example in the control that is there now; where it shows another name it is another one."""
    next(box for box in app.selectbox if box.label == "Example").set_value(name).run()


def test_examples_fill_both_boxes(app: AppTest) -> None:
    app.run()
    for example in EXAMPLES:
        choose_example(app, example.name)
        assert boarded(app)["typed"] == [example.a, example.b]


def test_swap_and_shuffle(app: AppTest) -> None:
    app.run()
    app.button[0].click().run()
    assert boarded(app)["typed"] == ["bad, not good", "good, not bad"]
    app.button[1].click().run()
    a, b = boarded(app)["typed"]
    assert a == "bad, not good"
    assert b != "good, not bad"
    assert sorted(b.split()) == ["bad", "good,", "not"]


def test_shuffling_one_word_ends(app: AppTest) -> None:
    app.run().text_input(key="compare.b").set_value("good good").run()
    app.button[1].click().run()
    assert boarded(app)["typed"][1] == "good good"


def test_link_brings_the_comparison_back(app: AppTest) -> None:
    app.run()
    app.text_input(key="compare.phrase").set_value("süß & <b>gut</b> #1").run()
    app.selectbox(key="compare.model").set_value("lstm").run()
    app.selectbox(key="compare.show").set_value("cell").run()
    first = boarded(app)
    again = AppTest.from_file(str(ROUTER), default_timeout=60)
    for name, (value,) in parse_qs(first["link"][1:]).items():
        again.query_params[name] = value
    assert boarded(again.run()) == first


def test_a_link_with_wrong_settings_falls_back(app: AppTest) -> None:
    app.query_params["model"] = "transformer"
    app.query_params["sort"] = "<script>"
    app.query_params["a"] = ""
    data = boarded(app.run())
    assert (app.selectbox(key="compare.model").value, app.selectbox(key="compare.sort").value) == ("gru", "weight")
    assert "Phrase A is empty" in data["summary"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Phrase A is empty"),
        ("  \t ", "Phrase A is empty"),
        ("\x00\x07\u200b", "Phrase A is empty"),
        ("?!... --", "Phrase A has no words, only signs"),
        ("😀👍🏽", "Phrase A has no words, only signs"),
    ],
)
def test_nothing_to_read_is_said(app: AppTest, text: str, said: str) -> None:
    app.run().text_input(key="compare.phrase").set_value(text).run()
    data = boarded(app)
    assert said in data["summary"]
    assert "Type a few words" in data["summary"]
    assert data["charts"] == []
    assert app.text_input(key="compare.phrase").value == text


@pytest.mark.parametrize("text", ["zzyzxq qwrtzp", "この映画は素晴らしい", "Фильм хороший"])
def test_only_unknown_words_are_said_to_say_nothing(app: AppTest, text: str) -> None:
    app.run().text_input(key="compare.phrase").set_value(text).run()
    assert any("say nothing" in note for note in boarded(app)["notes"])


def test_unknown_and_clipped_words_are_marked_where_they_stand(app: AppTest) -> None:
    app.run().text_input(key="compare.phrase").set_value("a zzyzxq film " + "and so on " * 20).run()
    phrase = boarded(app)["phrases"][0]
    assert phrase["unknown"] == [1]
    assert phrase["clipped"] == load("concat").network.length
    assert any("clipped" in note and "padding" in note for note in boarded(app)["notes"])


def test_twenty_thousand_words(app: AppTest) -> None:
    text = "good bad " * 10_000
    app.run().text_input(key="compare.phrase").set_value(text).run()
    data = boarded(app)
    assert len(data["phrases"][0]["tokens"]) == MOST_STEPS
    assert any("20,000 tokens" in note for note in data["notes"])
    assert data["link"] is None
    assert app.text_input(key="compare.phrase").value == text


def test_a_wrong_answer_to_an_example_is_called_wrong() -> None:
    example = EXAMPLES[0]
    rows = panels.content(example.b, example.a, "gru", "hidden", "weight")["verdicts"]
    average = next(row for row in rows if row["name"] == "per-word average")
    assert sum("wrong" in answer for answer in average["verdicts"]) == (0 if "unsure" in average["verdicts"] else 1)


def test_missing_weights_are_said_without_a_traceback(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    app.run()
    assert not app.exception
    assert "cannot be used" in app.error[0].value
    assert "vectors.safetensors is missing" in app.text[0].value
    assert app.text_input(key="compare.phrase").value == "good, not bad"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_an_answer(a: str, b: str) -> None:
    data = panels.content(a, b, "gru", "hidden", "weight")
    json.dumps(data)
    assert data["summary"]
    for phrase in data["phrases"]:
        assert len(phrase["tokens"]) == len(phrase["belief"])
        assert all(0 <= p <= 1 for p in phrase["belief"])


@pytest.mark.parametrize("model", recurrent_names())
def test_equal_phrases_get_equal_numbers_from_every_model(model: str) -> None:
    text = "a film that is neither good nor bad, zzyzxq"
    rows = panels.content(text, text.upper(), model, "hidden", "weight")["verdicts"]
    assert [row["difference"] for row in rows] == ["0 exactly"] * len(models())


def test_each_silent_phrase_has_its_own_sentence() -> None:
    said = panels.content("", "!", "gru", "hidden", "weight")["summary"]
    assert said.startswith("Phrase A is empty. Phrase B has no words, only signs.")


def test_an_example_can_be_chosen_again(app: AppTest) -> None:
    choose_example(app.run(), EXAMPLES[1].name)
    app.text_input(key="compare.phrase").set_value("edited").run()
    choose_example(app, EXAMPLES[1].name)
    assert boarded(app)["typed"] == [EXAMPLES[1].a, EXAMPLES[1].b]


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
    return next(chart for chart in data["charts"] if chart["id"] == "belief")


def test_seeds_are_a_band_with_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(monkeypatch, {1: 0.1, 2: -20.0})
    chart = belief_of(panels.content("good, not bad", "bad, not good", "gru", "hidden", "weight"))
    assert [line["name"] for line in chart["figure"]["data"]][4:] == ["A, 3 seeds"] * 2 + ["B, 3 seeds"] * 2
    for said in (chart["sentence"], chart["alt"]):
        assert "A: two of three seeds say positive, one says negative." in said
        assert "B: " not in said.split("seeds.")[-1]


def test_seeds_that_agree_are_not_said_to_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    seeded(monkeypatch, {1: 0.001, 2: -0.001})
    assert "seeds say" not in belief_of(panels.content("good, not bad", "bad", "gru", "hidden", "weight"))["sentence"]


@pytest.mark.parametrize("found", [[0], [0, 1]])
def test_without_three_seeds_there_is_no_band(monkeypatch: pytest.MonkeyPatch, found: list[int]) -> None:
    seeded(monkeypatch, dict.fromkeys(found[1:], 0.1))
    chart = belief_of(panels.content("good", "bad", "gru", "hidden", "weight"))
    assert len(chart["figure"]["data"]) == 4
    assert "Shaded" not in chart["sentence"]


def test_seeds_that_cannot_be_used_leave_the_page_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, seed: int) -> None:
        raise checkpoints.WeightsError("cut short")

    monkeypatch.setattr(panels, "seeds", lambda name: [0, 1, 2])
    monkeypatch.setattr(panels, "load_seed", broken)
    assert len(belief_of(panels.content("good", "bad", "gru", "hidden", "weight"))["figure"]["data"]) == 4


def test_words_read_as_others_are_marked_and_named() -> None:
    data = panels.content("a mvoie", "zzyzxq", "gru", "hidden", "weight")
    (word,) = data["phrases"][0]["read"].values()
    assert list(data["phrases"][0]["read"]) == [1]
    assert data["phrases"][1]["read"] == {}
    assert any(f"“mvoie” as “{word}”" in note for note in data["notes"])
    assert f"“mvoie” as “{word}”" in belief_of(data)["alt"]


def test_reliability_is_said_for_the_kind_that_was_typed() -> None:
    model = load("gru")
    kinds = {"with a negation": {"accuracy": 0.8372, "count": 215}, "plain sentence": {"accuracy": 0.0, "count": 0}}
    measured = replace(model, card={"kinds": kinds})
    typed = "this is not a good film", "it is a very good film"
    assert panels.reliabilities(measured, [trace(load("gru"), text) for text in typed]) == [
        "A is a sentence with a negation: on 215 such texts of the dev data, the GRU was right in 84 %."
    ]
    assert panels.reliabilities(measured, [trace(model, typed[0])] * 2)[0].startswith(
        "A and B are each a sentence with a negation"
    )
    assert panels.reliabilities(replace(model, card={}), [trace(model, typed[0])] * 2) == []


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
    assert panels.reliabilities(measured, [trace(model, text)] * 2) == []


def test_each_verdict_leads_to_the_card_of_its_model() -> None:
    rows = panels.content("good", "bad", "gru", "hidden", "weight")["verdicts"]
    assert [row["model"] for row in rows] == models()


def test_an_accuracy_is_not_quoted_where_there_is_no_right_answer() -> None:
    example = next(example for example in EXAMPLES if example.name == "Says nothing")
    notes = panels.content(example.a, example.b, "gru", "hidden", "weight")["notes"]
    assert not any("was right in" in note for note in notes)
    clear = EXAMPLES[0]
    assert any("was right in" in note for note in panels.content(clear.a, clear.b, "gru", "hidden", "weight")["notes"])
