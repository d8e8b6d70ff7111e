"""Model cards without a browser: what the page sends to its report, full and bare cards, links, untrusted texts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from boards import boarded, typed
from streamlit.testing.v1 import AppTest

from explorer import load, models
from explorer.core import checkpoints
from explorer.evaluation import scores
from explorer.views.model_cards import figures, names, page
from explorer.views.model_cards import sections as card_sections

SCRIPT = "from explorer.views.model_cards import page\npage.page()"
BINS = [
    {"from": 0.0, "to": 0.5, "mean": 0.2, "share": 0.25, "count": 20},
    {"from": 0.5, "to": 1.0, "mean": None, "share": None, "count": 0},
]
FULL = {
    "command": "python -m explorer train --seed 1",
    "training": {"minutes": 12.5, "steps": 14340, "kept_at_step": 100, "seed": 1, "temperature": 0.5},
    "scores": {"sst2": 0.861, "sst2_ece": 0.03, "pairs_held_out": 0.75},
    "seeds": [{"seed": seed, "scores": {}} for seed in (1, 0, 2)],
    "spread": {"sst2": {"mean": 0.855, "low": 0.85, "high": 0.861}},
    "calibration": {"sst2": BINS},
    "on_the_way": [
        {"percent": 25, "right": 0.786, "claimed": 0.878, "ece": 0.096, "verdict_ece": 0.095, "count": 2500},
        {"percent": 100, "right": 0.921, "claimed": 0.946, "ece": 0.029, "verdict_ece": 0.027, "count": 2500},
    ],
    "behaviour": [
        {"set": "order pairs", "kind": "{x}, not {y}", "taught": True, "right": 9, "count": 10,
         "measure": "both right"},
        {"set": "neutral", "kind": "says nothing", "right": 4, "count": 10, "measure": "0.4 to 0.6"},
        {"set": "typed texts", "kind": "irony", "seen": 0, "right": 1, "count": 4, "measure": "side"},
        {"set": "typed texts", "kind": "slang", "seen": 2, "right": 5, "count": 5, "measure": "side"},
        {"set": "who speaks and when", "kind": "but, author first", "seen": 1, "right": 0, "count": 3, "measure": "m"},
        {"set": "who speaks and when", "kind": "but, author last", "seen": 2, "right": 3, "count": 3, "measure": "m"},
        {"set": "fresh order pairs", "kind": "{x} <b>", "taught": True, "right": 1, "count": 3, "measure": "m"},
        {"set": "common words", "kind": "alone", "right": 8, "count": 10, "measure": "0.4 to 0.6",
         "wrong": [{"text": "nose", "probability": 0.3}]},
    ],
    "wrong": [
        {"set": "order pairs", "kind": "k", "text": "bad, not <b>good</b>", "label": "negative", "probability": 0.7,
         "other": "good, not bad", "other_probability": 0.9},
        {"set": "SST-2 dev", "kind": "with a negation", "text": "not a film", "label": "positive", "probability": 0.5},
    ],
}  # fmt: skip
BARE = (
    "scores",
    "training",
    "data",
    "command",
    "seeds",
    "spread",
    "calibration",
    "behaviour",
    "wrong",
    "kinds",
    "chosen",
    "on_the_way",
)


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=120)


def sections(card: dict, others: dict | None = None, model: str = "gru") -> dict[str, dict]:
    """The sections of a card by name, with these fields in the place of the shipped ones."""
    shown = {name: load(name) for name in models()} | {model: replace(load(model), card=card)}
    report = card_sections.card(shown[model], others or {}, shown)
    json.dumps(report)
    return {section["id"].removeprefix(f"{model}-"): section for section in report["sections"]}


@pytest.fixture(scope="module")
def full() -> dict[str, dict]:
    return sections(load("gru").card | FULL, {"VADER": {"sst2": 0.69}})


def row(section: dict, start: str) -> list:
    return next(row for row in section["table"]["rows"] if row[0] == start)


def test_the_link_opens_the_card_of_its_model(app: AppTest) -> None:
    app.query_params["model"] = "concat"
    data = boarded(app.run())
    assert data["link"] == "?model=concat"
    assert data["summary"].startswith("The concatenation is right on 86% of the sentences from real reviews.")
    about = next(section for section in data["sections"] if section["id"] == "concat-about")
    assert about["sentences"][0].startswith("The concatenation feeds the vectors of the first 50 words")


@pytest.mark.parametrize("model", ["transformer", "", "<script>"])
def test_an_unknown_model_falls_back(app: AppTest, model: str) -> None:
    app.query_params["model"] = model
    assert boarded(app.run())["link"] == "?"


@pytest.mark.parametrize("model", models())
def test_every_model_has_a_card(app: AppTest, model: str) -> None:
    data = boarded(typed(app.run(), "cards", model=model))
    assert data["link"] == ("?" if model == "gru" else f"?model={model}")
    assert len(data["sections"]) == 10
    assert f"{load(model).card['parameters']:,} = " in json.dumps(data, ensure_ascii=False)
    for section in data["sections"]:
        assert section["sentences"] or section["table"]
        assert all(len(row) == len(section["table"]["columns"]) for row in (section["table"] or {"rows": []})["rows"])


def test_the_page_begins_with_an_answer_and_a_picture_of_all_models(app: AppTest) -> None:
    data = boarded(app.run())
    scores = {load(name).label: load(name).card["scores"] for name in models()}
    gru = scores["GRU"]
    assert data["summary"] == (
        f"The GRU is right on {100 * gru['sst2']:.0f}% of the sentences from real reviews. "
        f"Given the same words in two orders, it gets both right {100 * gru['pairs_held_out']:.0f}% of the time. "
        f"Of texts as people type them, it gets {100 * gru['typed']:.0f}% right."
    )
    rows = {row["label"].lower(): row for row in data["picture"]["rows"]}
    for label, measured in scores.items():
        dots = rows[label.lower()]["dots"]
        assert [dot["share"] for dot in dots] == pytest.approx([measured["sst2"], measured["pairs_held_out"]], abs=1e-4)
        assert [dot["said"] for dot in dots] == [f"{100 * dot['share']:.0f}%" for dot in dots]
    assert [row["label"] for row in data["picture"]["rows"] if row["chosen"]] == ["GRU"]
    assert [row["label"] for row in data["picture"]["rows"]][-2:] == ["VADER", "TextBlob"]
    # 872 sentences, so √(0.9083 · 0.0917 / 872) = 0.0098
    assert rows["gru"]["dots"][0]["error"] == pytest.approx(0.0098, abs=1e-4)
    depths = {section["id"]: section["depth"] for section in data["sections"]}
    assert [name for name, depth in depths.items() if depth == "see"] == ["gru-wrong"]
    assert list(depths)[-1] == "gru-facts"


def test_what_was_not_measured_has_no_dot() -> None:
    shown = {name: load(name) for name in models()} | {"gru": replace(load("gru"), card={})}
    report = card_sections.card(shown["gru"], {}, shown)
    (row,) = [row for row in report["picture"]["rows"] if row["label"] == "GRU"]
    assert [dot["share"] for dot in row["dots"]] == [None, None]
    assert "not measured yet" in report["summary"]
    assert report["picture"]["sentence"] == ""


def test_blind_to_order_is_said_in_words(app: AppTest) -> None:
    app.query_params["model"] = "per-word"
    assert "never tells apart two orders" in boarded(app.run())["summary"]


def test_facts(full: dict) -> None:
    facts = full["facts"]
    assert row(facts, "Training command")[1] == FULL["command"]
    assert row(facts, "Minutes of training")[1] == "12.5"
    assert row(facts, "Seed shipped")[1].startswith("1, of 0, 1, 2;")


def test_scores_stand_beside_seeds_and_tools(full: dict) -> None:
    scores = full["scores"]
    assert scores["table"]["columns"] == ["Measure", "Shipped", "Mean over seeds", "Lowest to highest", "VADER"]
    assert row(scores, "SST-2 sentences right")[1:] == ["86.1%", "85.5%", "85.0% to 86.1%", "69.0%"]
    assert row(scores, "Order pairs right, constructions not taught")[2:] == ["not measured"] * 3


def test_calibration_has_chart_text_sentence_and_table(full: dict) -> None:
    found = full["calibration"]
    curve = found["figure"]["data"][0]
    name = found["figure"]["layout"]["annotations"][0]
    assert (name["text"], name["x"], name["y"]) == ("SST-2 dev", curve["x"][0], curve["y"][0])
    assert not found["figure"]["layout"]["showlegend"]
    assert "5.0 points off" in found["alt"]
    assert found["alt"].endswith(found["sentences"][-1])
    assert found["table"]["rows"] == [
        ["SST-2 dev", "0.00 to 0.50", "0.200", "0.250", "20"],
        ["SST-2 dev", "0.50 to 1.00", "no texts", "no texts", "0"],
    ]  # fmt: skip


def test_taught_constructions_are_marked(full: dict) -> None:
    rows = full["behaviours"]["table"]["rows"]
    assert [row[2] for row in rows[:2]] == ["yes", "–"]
    assert [row[5] for row in rows[:2]] == ["90.0%", "40.0%"]


def test_what_people_type_is_told_kind_by_kind_the_worst_first(full: dict) -> None:
    found = full["typed"]
    assert found["depth"] == "explain"
    assert found["table"]["rows"] == [
        ["irony", "1", "4", "25.0%", "0"],
        ["the same words in two orders", "1", "3", "33.3%", "3"],
        ["two opinions in a sentence", "3", "6", "50.0%", "3"],
        ["slang", "5", "5", "100.0%", "2"],
    ]
    (bars,) = found["figure"]["data"]
    assert bars["x"] == pytest.approx([25, 100 / 3, 50, 100])
    labels = [each["text"] for each in found["figure"]["layout"]["annotations"]]
    assert labels == [*(row[0] for row in found["table"]["rows"]), "25%", "33%", "50%", "100%"]
    told = " ".join(found["sentences"])
    assert "Of 9 typed texts the GRU gets 67% right." in told
    assert "It is worst on “irony”: it gets 1 of 4 right." in told
    assert "the wrong opinion wins 50% of the time" in told
    assert "The worst: “nose” 30%." in told
    assert all(sentence in found["alt"] for sentence in found["sentences"])


def test_common_words_that_lean_are_listed(full: dict) -> None:
    found = full["leaning"]
    assert found["depth"] == "measure"
    assert found["sentences"] == ["Alone, 80% of 10 common words leave it unsure, as they should."]
    assert found["table"]["rows"] == [["nose", "0.30"]]


def test_the_belief_on_the_way_has_two_lines_and_says_how_far_they_lie_apart(full: dict) -> None:
    found = full["begun"]
    assert [trace["y"] for trace in found["figure"]["data"]] == [
        pytest.approx([78.6, 92.1]),
        pytest.approx([87.8, 94.6]),
    ]
    assert "A quarter into a review the GRU is right 79% of the time and claims 88%." in found["sentences"]
    assert "At the end of a review the GRU is right 92% of the time and claims 95%." in found["sentences"]
    assert found["table"]["rows"][0] == ["25%", "78.6%", "87.8%", "0.096", "0.095", "2,500"]


def test_what_is_wrong_opens_in_compare(full: dict) -> None:
    pair, single = full["wrong"]["table"]["rows"]
    assert pair[0]["asked"] == {"a": "bad, not <b>good</b>", "b": "good, not bad", "model": "gru"}
    assert pair[0]["href"] == "./?a=bad%2C+not+%3Cb%3Egood%3C%2Fb%3E&b=good%2C+not+bad"
    assert single[0]["asked"] == {"a": "not a film", "model": "gru"}
    assert single[3:5] == ["no pair", "–"]
    assert single[2] == "unsure (50%), leaning negative"


def test_mistakes_come_from_the_behaviours_where_the_card_picks_none() -> None:
    texts = [{"text": f"text {i}", "probability": 0.5} for i in range(9)]
    rows = [{"set": "s", "kind": kind, "right": 1, "count": 10, "wrong": texts} for kind in "xy"]
    shown = sections(load("gru").card | {"behaviour": rows, "wrong": []})["wrong"]["table"]["rows"]
    assert [row[0]["text"] for row in shown] == ["text 0", "text 1", "text 2"] * 2
    assert [row[-1] for row in shown] == ["x"] * 3 + ["y"] * 3
    assert shown[0][1] == "–"


def test_a_model_without_memory_opens_none_in_compare() -> None:
    shown = sections(load("concat").card | FULL, model="concat")
    assert "model" not in shown["wrong"]["table"]["rows"][0][0]["asked"]


@pytest.mark.parametrize("model", models())
def test_a_bare_card_says_what_is_not_measured(model: str) -> None:
    shown = sections({key: value for key, value in load(model).card.items() if key not in BARE}, model=model)
    said = json.dumps(shown)
    for what in (
        "calibration curve is not measured",
        "Behaviours are not measured",
        "as people type them are not measured",
        "belief on the way is not measured",
        "Common words are not measured",
        "Other seeds are not measured",
        "names no data",
    ):
        assert what in said
    assert shown["wrong"]["table"] is None
    assert shown["scores"]["table"] is None


def test_missing_weights_are_said_without_a_traceback(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    app.run()
    assert not app.exception
    assert "cannot be used" in app.error[0].value


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_damaged_baselines_are_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    (tmp_path / "baselines.json").write_text(text)
    monkeypatch.setattr(checkpoints, "FOLDER", tmp_path)
    assert page.baselines() == {}


def test_a_card_says_where_the_second_part_of_a_training_set_out() -> None:
    rows = dict(card_sections.facts(load("gru"))["table"]["rows"])
    training = load("gru").card["training"]
    assert f"{training['first_part']['kept_at_step']:,}" in rows["First part"]
    assert training["first_part"]["steps"] < training["steps"]
    assert "First part" not in dict(card_sections.facts(load("concat"))["table"]["rows"])


def test_two_curves_differ_in_more_than_their_colour_and_have_their_names() -> None:
    figure = figures.calibration({"one": BINS, "an<other": BINS})
    curves = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    assert [curve["line"]["dash"] for curve in curves] == ["solid", "dash"]
    assert len({curve["marker"]["symbol"] for curve in curves}) == 2
    names = figure["layout"]["annotations"]
    assert [name["text"] for name in names] == ["one", "an&lt;other"]
    assert [name["font"]["color"] for name in names] == [curve["line"]["color"] for curve in curves]


@pytest.mark.parametrize("name", models())
def test_all_that_a_card_names_is_a_message(name: str) -> None:
    card = load(name).card
    rows = card["behaviour"]
    patterns = {row["kind"] for row in rows if row["set"] in ("order pairs", "fresh order pairs")}
    assert {row["set"] for row in rows} <= set(names.SETS)
    assert {row["kind"] for row in rows} - patterns <= set(names.KINDS)
    assert {row["measure"] for row in rows} <= set(names.MEASURES)
    assert {text["label"] for text in card["wrong"] if "label" in text} <= set(names.LABELS)
    assert {source["title"] for source in card["data"]} <= set(names.SOURCES)
    assert {source["licence"] for source in card["data"]} <= set(names.LICENCES)
    assert set(card["calibration"]) <= set(names.TEXTS)
    titles = [names.score(score) for score in card["scores"]]
    assert titles == [scores.title(score) for score in card["scores"]]  # in English
    assert {title.partition(": ")[2] for title in titles if title.startswith("phrases right: ")} <= set(names.KINDS)
