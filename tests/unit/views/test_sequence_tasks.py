"""The page on sequence tasks, with models of chance weights: what it sends to the boards."""

from pathlib import Path

import numpy as np
import pytest
from boards import all_boarded, numbers, panel, typed
from fabricated import fabricated
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, predict, trace
from explorer.tasks import saved, translator, writer
from explorer.views.sequence_tasks import page as view
from explorer.views.sequence_tasks import task_cards, translation, verdicts, writing
from explorer.views.sequence_tasks.diagram import DRAWN
from explorer.views.sequence_tasks.sentences import translators
from explorer.views.shared import visit
from explorer.views.shared.settings import BEGIN, CARDS
from explorer.views.shared.wording import percent

PAGE = "from explorer.views.sequence_tasks import page\npage.page()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fabricated(tmp_path_factory.mktemp("tasks") / "pretrained")


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(saved, "FOLDER", folder)
    return AppTest.from_string(PAGE, default_timeout=120)


def opened(app: AppTest, card: str, **texts: str) -> dict:
    """What the page shows of an open kind of task, after this was typed in the bar."""
    app.query_params["card"] = card
    app.run()
    strip, data = all_boarded(typed(app, "tasks", **texts) if texts else app)
    assert panel(strip, "cards")["opened"] == card
    return data


def now(app: AppTest) -> dict:
    """What an open kind of task shows after another run."""
    return all_boarded(app)[1]


def mapped(app: AppTest, **texts: str) -> dict[str, dict]:
    """The cards of the map by their names."""
    app.run()
    (data,) = all_boarded(typed(app, "tasks", **texts) if texts else app)
    return {card["name"]: card for cell in panel(data, "cards")["cells"] for card in cell}


def steps(data: dict, name: str) -> list[tuple]:
    return [(step["input"], step["output"]) for step in panel(data, name)["steps"]]


def test_the_map_has_a_live_diagram_for_each_kind(app: AppTest, folder: Path) -> None:
    (data,) = all_boarded(app.run())
    shown = panel(data, "cards")
    assert [[card["name"] for card in cell] for cell in shown["cells"]] == [
        ["one"], ["review"], ["writer"], ["translator", "labels"],
    ]  # fmt: skip
    assert [words.split(":")[0] for words in shown["axes"]["columns"]] == ["T_x = 1", "T_x > 1"]
    assert [words.split(":")[0] for words in shown["axes"]["rows"]] == ["T_y = 1", "T_y > 1"]
    cards = {card["name"]: card for cell in shown["cells"] for card in cell}
    drawn = {
        name: [(step["input"], step["output"]) for step in card["picture"]["steps"]] for name, card in cards.items()
    }
    one = trace(load("gru"), "good, not bad")
    beliefs = [percent(p) for p in one.belief]
    assert drawn["one"] == [("wonderful", percent(predict(load("per-word"), ["wonderful"])[0]))]
    assert drawn["review"] == [*((token, None) for token in one.tokens[:3]), ("bad", beliefs[3])]
    assert drawn["labels"] == list(zip(one.tokens, beliefs, strict=True))
    written = list(writer.write(saved.load("writer", folder), "The", 1, 0.6))
    assert [read for read, _ in drawn["writer"]] == ["(start)", *(step.token for step in written[:-1])][:DRAWN]
    caption = "A little girl in a red dress is playing with a dog in the park."
    said = translator.translate(saved.load("translator-attention", folder), caption, 5)
    assert [out for _, out in drawn["translator"] if out] == [*said.output, *["(end)"] * said.finished][:DRAWN]
    assert data["steps"] == max(map(len, drawn.values()))
    for card in cards.values():
        assert len(card["sentence"].split()) > 4
        assert card["picture"]["alt"]


def test_a_small_diagram_of_a_long_review_ends_with_its_verdict(app: AppTest) -> None:
    shown = mapped(app, phrase="a good film " * 30)
    for name in ("review", "labels"):
        steps = shown[name]["picture"]["steps"]
        assert len(steps) == DRAWN
        assert [step["names"][1] for step in steps[-2:]] == [f"a⟨{DRAWN - 1}⟩", "a⟨90⟩"]
        assert steps[-1]["skipped"] == 90 - DRAWN
        assert steps[-1]["belief"] is not None


def test_cells_carry_the_notation(app: AppTest) -> None:
    shown = mapped(app, phrase="good film")
    names = {name: [step["names"] for step in card["picture"]["steps"]] for name, card in shown.items()}
    assert names["one"] == [["x", "a", "ŷ"]]
    assert names["review"] == [["x⟨1⟩", "a⟨1⟩", ""], ["x⟨2⟩", "a⟨2⟩", "ŷ⟨1⟩"]]
    assert names["labels"] == [["x⟨1⟩", "a⟨1⟩", "ŷ⟨1⟩"], ["x⟨2⟩", "a⟨2⟩", "ŷ⟨2⟩"]]
    assert names["writer"][:3] == [["", "a⟨1⟩", ""], ["x⟨1⟩", "a⟨2⟩", "ŷ⟨1⟩"], ["ŷ⟨1⟩", "a⟨3⟩", "ŷ⟨2⟩"]]


@pytest.mark.parametrize("card", CARDS["tasks"])
def test_an_open_task_runs_no_other(app: AppTest, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def heavy(*_args: object, **_more: object) -> None:
        raise AssertionError("a task that is not open was run")

    if card != "writer":
        monkeypatch.setattr(writer, "write", heavy)
    if card != "translator":
        monkeypatch.setattr(translator, "translate", heavy)
    writing.written.cache_clear()
    translation.translated.cache_clear()
    app.query_params["card"] = card
    strip, data = all_boarded(app.run())
    assert all(each["picture"] is None for cell in panel(strip, "cards")["cells"] for each in cell)
    assert data["panels"][0].get("depth", "see") == "see"
    assert data["panels"][0]["kind"] == ("choices" if card == "writer" else "unrolled")
    assert f"card={card}" in data["link"]


def test_one_word_has_one_cell(app: AppTest) -> None:
    data = opened(app, "one")
    p = predict(load("per-word"), ["wonderful"])[0]
    assert steps(data, "one") == [("wonderful", percent(p))]
    assert "T_x = T_y = 1" in panel(data, "read")["sentence"]
    app.text_input(key="tasks.single").set_value("dull film").run()
    data = now(app)
    assert steps(data, "one")[0][0] == "dull"
    assert "Only the first word is read." in data["notes"]
    app.text_input(key="tasks.single").set_value("?!").run()
    assert now(app)["summary"].startswith("There is no word yet")


def test_a_review_has_a_cell_a_word_and_one_output_or_as_many(app: AppTest) -> None:
    data, one = opened(app, "review", phrase="not a good film"), trace(load("gru"), "not a good film")
    last = percent(one.probability)
    assert steps(data, "whole") == [("not", None), ("a", None), ("good", None), ("film", last)]
    assert data["summary"] == f"The GRU reads 4 words and signs and answers once, at the end: {last} positive."
    data = opened(AppTest.from_string(PAGE, default_timeout=120), "labels", phrase="not a good film")
    assert steps(data, "each") == [(token, percent(p)) for token, p in zip(one.tokens, one.belief, strict=True)]
    assert [step["belief"] for step in panel(data, "each")["steps"]] == pytest.approx(one.belief.tolist())
    assert [step["memory"] for step in panel(data, "each")["steps"]] == [False, True, True, True]


def test_a_long_review_is_drawn_in_part_and_its_table_has_all(app: AppTest) -> None:
    data = opened(app, "labels", phrase="good film " * 100)
    shown = panel(data, "each")
    assert not data["bare"]  # all of its words stand above the diagram
    assert len(data["phrases"][0]["tokens"]) == 200
    assert [step["names"][1] for step in shown["steps"]] == [f"a⟨{t}⟩" for t in range(1, 201)]
    assert len(shown["table"]["rows"]) == 200
    assert f"draws {DRAWN} of 200 steps" in shown["sentence"]


def test_the_writer_feeds_each_word_back(app: AppTest, folder: Path) -> None:
    opened(app, "writer")
    app.text_input(key="tasks.begin").set_value("the film is").run()
    data = now(app)
    found = list(writer.write(saved.load("writer", folder), "the film is", 1, 0.6))
    drawn = panel(data, "writer")["steps"]
    assert [step["input"] for step in drawn] == ["(start)", *(step.token for step in found[:-1])][: len(drawn)]
    assert [step["output"] for step in drawn[:3]] == [None] * 3  # what is given is not put out
    assert writer.sentence(found) in data["summary"]
    written = [step for step in found if not step.is_end]
    for shown, step in zip(panel(data, "choices")["steps"], written, strict=True):
        assert shown["token"] == step.token
        assert shown["given"] == step.given
        assert sum(p for _, p in shown["candidates"]) + shown["rest"] == pytest.approx(1, abs=1e-3)
    text = " ".join(step.token for step in written)
    belief = panel(data, "mood")["figure"]["data"][0]["y"]
    assert numbers(belief) == pytest.approx(trace(load("gru"), text).belief, abs=1e-6)


def test_the_same_seed_writes_the_same_and_the_next_another(app: AppTest) -> None:
    first = opened(app, "writer")["summary"]
    app.text_input(key="tasks.seed").set_value("7").run()
    seventh = now(app)["summary"]
    app.text_input(key="tasks.seed").set_value("1").run()
    assert now(app)["summary"] == first != seventh
    next(button for button in app.button if button.label == "Another sentence").click().run()
    assert app.text_input(key="tasks.seed").value == "2"


@pytest.mark.parametrize(("key", "text", "said"), [
    ("begin", "", "There is no word to begin with"),
    ("begin", "zzyzx", "does not know “zzyzx”"),
    ("begin", "the " * 60, "Begin with fewer"),
    ("seed", "x", "whole number from 0 to 99999"),
    ("seed", "-1", "whole number from 0 to 99999"),
])  # fmt: skip
def test_starts_that_cannot_be(app: AppTest, key: str, text: str, said: str) -> None:
    opened(app, "writer")
    app.text_input(key=f"tasks.{key}").set_value(text).run()
    data = now(app)
    assert said in data["summary"]
    assert data["panels"] == []
    assert app.text_input(key=f"tasks.{key}").value == text


def test_translations_are_unrolled_and_the_attention_shown(app: AppTest, folder: Path) -> None:
    opened(app, "translator")
    app.text_input(key="tasks.caption").set_value("a dog is in the blorp").run()
    data = now(app)
    for name in translators():
        one = translator.translate(saved.load(name, folder), "a dog is in the blorp", 5)
        drawn = steps(data, f"unrolled-{name}")
        assert [read for read, _ in drawn[:6]] == ["a", "dog", "is", "in", "the", "blorp ?"]
        assert not any(out for _, out in drawn[:6])
        assert [out for _, out in drawn[6:]] == [*one.output, *["(end)"] * one.finished][:DRAWN]
        assert drawn[6][0] == "(start)"
        assert drawn[7][0] == one.output[0]
        if one.attention is not None:
            assert numbers(panel(data, "attention")["figure"]["data"][0]["z"]) == pytest.approx(one.attention, abs=1e-6)
            looked = {
                (t, u): weight
                for t, step in enumerate(panel(data, f"unrolled-{name}")["steps"][6:])
                for u, weight in step["looks"]
            }
            strong = np.argwhere(one.attention[:DRAWN] >= translation.GLANCE)
            assert looked == {(t, u): pytest.approx(one.attention[t, u], abs=6e-4) for t, u in strong.tolist()}
        else:
            assert not any(step["looks"] for step in panel(data, f"unrolled-{name}")["steps"])
    assert "Read as unknown words: “blorp”." in data["notes"]


def test_of_a_long_caption_both_parts_are_drawn_as_far_as_there_is_room(app: AppTest) -> None:
    opened(app, "translator")
    app.text_input(key="tasks.caption").set_value("a dog is in the " * 10).run()
    shown = panel(now(app), "unrolled-translator-attention")
    parts = [step["part"] for step in shown["steps"]]
    assert parts.count("encoder") == DRAWN
    assert 0 < parts.count("decoder") <= DRAWN
    assert f"first {DRAWN} of 50 steps: encoder" in shown["sentence"]


@pytest.mark.parametrize(
    ("text", "said"), [("", "There is nothing to translate"), ("dog " * 70, "behind the longest sentence")]
)
def test_captions_that_are_empty_or_long(app: AppTest, text: str, said: str) -> None:
    opened(app, "translator")
    app.text_input(key="tasks.caption").set_value(text).run()
    data = now(app)
    assert said in " ".join([data["summary"], *data["notes"]])


@settings(max_examples=10)
@given(
    st.lists(
        st.sampled_from(["good", "<b>", "été", "😀", "\u202e", "*a*", "un chien", "a" * 300, "0"]),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_gets_an_answer(folder: Path, words: list[str]) -> None:
    text = " ".join(["it", *words])
    models = {name: saved.load(name, folder) for name in translators()}
    assert translation.content(models, text, 1)["summary"]
    assert verdicts.single(load("per-word"), text)["summary"]


@pytest.mark.parametrize(("card", "name"), [("translator", "speech"), ("writer", "music")])
def test_speech_and_music_have_a_diagram_and_a_sentence(app: AppTest, card: str, name: str) -> None:
    shown = panel(opened(app, card), name)
    assert shown["depth"] == "explain"
    assert "no model of it" in shown["sentence"]


def test_cards_of_the_models_have_the_scores(app: AppTest) -> None:
    data = opened(app, "writer")
    card = panel(data, "card-writer")
    assert card["depth"] == "measure"
    assert "71.5" in card["sentences"][0]
    assert "98.5" in card["sentences"][0]
    assert ["Training command", "train --task writer"] in card["table"]["rows"]
    data = opened(AppTest.from_string(PAGE, default_timeout=120), "translator")
    measured = [one["id"] for one in data["panels"] if one.get("depth") == "measure"]
    assert measured == ["attention", "said", "bleu", "card-translator", "card-translator-attention"]
    assert panel(data, "bleu")["table"]["rows"][0] == ["1–10", "3", "30.5", "30.5"]
    assert "nrefs:1" in panel(data, "bleu")["sentence"]


def test_scores_as_rows() -> None:
    found = {"test_perplexity": 66.54, "test_words": 256_589, "test_unknown": 0.0484, "beam_5": {"bleu": 39.31}}
    assert task_cards.scores(found) == [
        ["test, perplexity", "66.5"],
        ["test, words", "256,589"],
        ["test, words that are unknown", "4.8%"],
        ["BLEU, beam search, width 5", "39.3"],
    ]


def test_without_the_models_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(saved, "FOLDER", tmp_path)
    at = AppTest.from_string(PAGE, default_timeout=120)
    shown = mapped(at)
    # of the writer and of the translators; the models are there
    assert len(at.error) == 2
    assert "writer" in at.text[0].value
    assert [name for name, card in shown.items() if card["picture"] is None] == ["writer", "translator"]
    assert "cannot be used" in shown["writer"]["sentence"]


def test_a_word_that_was_chosen_begins_the_sentence_anew(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = list(writer.write(saved.load("writer", folder), "the film is", 1, 0.6))
    state = {"written": found}
    monkeypatch.setattr(view.st, "session_state", state)
    word = next(word for word, _ in found[2].candidates if word != writer.MARK)
    assert "as word 3" in view.take_word({"place": 3, "word": word})
    assert visit.value("tasks", BEGIN).lower().split()[:2] == ["the", "film"]
    for asked in (
        None,
        {},
        {"place": 3},
        {"place": 0, "word": word},
        {"place": 99, "word": word},
        {"place": 3, "word": "evil"},
        {"place": "3", "word": word},
    ):
        assert view.take_word(asked) is None
