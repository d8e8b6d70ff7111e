"""The page on sequence tasks, with models of chance weights: what it sends to the boards."""

import json
from pathlib import Path

import numpy as np
import pytest
from boards import numbers, panel
from fabricated import fabricated
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from explorer import load, predict, trace
from explorer.tasks import saved, translator, writer
from explorer.views.sequence_tasks import page as view
from explorer.views.sequence_tasks import task_cards, translation, verdicts
from explorer.views.sequence_tasks.diagram import DRAWN
from explorer.views.sequence_tasks.sentences import TRANSLATORS
from explorer.views.shared import visit
from explorer.views.shared.settings import BEGIN

PAGE = "from explorer.views.sequence_tasks import page\npage.page()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fabricated(tmp_path_factory.mktemp("tasks") / "pretrained")


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(saved, "FOLDER", folder)
    return AppTest.from_string(PAGE, default_timeout=120)


def boards(app: AppTest) -> list[dict]:
    """What the page sent to each of its places, in their order."""
    assert not app.exception
    return [json.loads(component.proto.json) for component in app.get("bidi_component")]


def steps(data: dict, name: str) -> list[tuple]:
    return [(step["input"], step["output"]) for step in panel(data, name)["steps"]]


def test_one_word_has_one_cell(app: AppTest) -> None:
    data = boards(app.run())[0]
    p = predict(load("per-word"), ["wonderful"])[0]
    assert steps(data, "one") == [("wonderful", f"{p:.2f}")]
    assert "T_x = T_y = 1" in data["summary"]
    app.text_input(key="tasks.single").set_value("dull film").run()
    data = boards(app)[0]
    assert steps(data, "one")[0][0] == "dull"
    assert "Of two words typed the first is read." in data["summary"]
    app.text_input(key="tasks.single").set_value("?!").run()
    assert boards(app)[0]["summary"].startswith("There is no word yet")


def test_a_review_has_a_cell_a_word_and_one_output_or_as_many(app: AppTest) -> None:
    app.run().text_input(key="tasks.phrase").set_value("not a good film").run()
    data, one = boards(app)[1], trace(load("gru"), "not a good film")
    assert steps(data, "whole") == [("not", None), ("a", None), ("good", None), ("film", f"{one.probability:.2f}")]
    assert steps(data, "each") == [(token, f"{p:.2f}") for token, p in zip(one.tokens, one.belief, strict=True)]
    assert [step["memory"] for step in panel(data, "each")["steps"]] == [False, True, True, True]


def test_a_long_review_is_drawn_in_part_and_its_table_has_all(app: AppTest) -> None:
    app.run().text_input(key="tasks.phrase").set_value("good film " * 100).run()
    shown = panel(boards(app)[1], "each")
    assert len(shown["steps"]) == DRAWN
    assert len(shown["table"]["rows"]) == 200
    assert f"first {DRAWN} of 200 steps" in shown["sentence"]


def test_the_writer_feeds_each_word_back(app: AppTest, folder: Path) -> None:
    app.run().text_input(key="tasks.begin").set_value("the film is").run()
    data = boards(app)[2]
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
    first = boards(app.run())[2]["summary"]
    app.text_input(key="tasks.seed").set_value("7").run()
    seventh = boards(app)[2]["summary"]
    app.text_input(key="tasks.seed").set_value("1").run()
    assert boards(app)[2]["summary"] == first != seventh
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
    app.run().text_input(key=f"tasks.{key}").set_value(text).run()
    data = boards(app)[2]
    assert said in data["summary"]
    assert data["panels"] == []
    assert app.text_input(key=f"tasks.{key}").value == text


def test_translations_are_unrolled_and_the_attention_shown(app: AppTest, folder: Path) -> None:
    app.run().text_input(key="tasks.caption").set_value("a dog is in the blorp").run()
    data = boards(app)[3]
    for name in TRANSLATORS:
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
    assert "Read as unknown words: “blorp”" in data["summary"]


def test_of_a_long_caption_both_parts_are_drawn_as_far_as_there_is_room(app: AppTest) -> None:
    app.run().text_input(key="tasks.caption").set_value("a dog is in the " * 10).run()
    shown = panel(boards(app)[3], "unrolled-translator")
    parts = [step["part"] for step in shown["steps"]]
    assert parts.count("encoder") == DRAWN
    assert 0 < parts.count("decoder") <= DRAWN
    assert f"first {DRAWN} of 50 steps of the encoder" in shown["sentence"]


@pytest.mark.parametrize(
    ("text", "said"), [("", "There is nothing to translate"), ("dog " * 70, "behind the longest sentence")]
)
def test_captions_that_are_empty_or_long(app: AppTest, text: str, said: str) -> None:
    app.run().text_input(key="tasks.caption").set_value(text).run()
    assert said in boards(app)[3]["summary"]


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
    models = {name: saved.load(name, folder) for name in TRANSLATORS}
    assert translation.content(models, text, 1)["summary"]
    assert verdicts.single(load("per-word"), text)["summary"]


def test_speech_and_music_have_a_diagram_and_a_sentence(app: AppTest) -> None:
    data = boards(app.run())[4]
    assert [one["id"] for one in data["panels"]] == ["speech", "music"]
    assert all("No model" in one["sentence"] for one in data["panels"])


def test_cards_have_the_scores(app: AppTest) -> None:
    sections = {one["id"]: one for one in boards(app.run())[5]["sections"]}
    assert list(sections) == ["bleu", "writer", "translator", "translator-attention"]
    assert "71.5" in sections["writer"]["sentences"][0]
    assert "98.5" in sections["writer"]["sentences"][0]
    assert sections["bleu"]["table"]["rows"][0] == ["1–10", "3", "30.5", "30.5"]
    assert "nrefs:1" in sections["bleu"]["sentences"][0]
    assert ["Training command", "train --task writer"] in sections["writer"]["table"]["rows"]


def test_scores_as_rows() -> None:
    found = {"test_perplexity": 66.54, "test_words": 256_589, "test_unknown": 0.0484, "beam_5": {"bleu": 39.31}}
    assert task_cards.scores(found) == [
        ["test, perplexity", "66.5"],
        ["test, words", "256,589"],
        ["test, words that are unknown", "4.8 %"],
        ["BLEU, beam of 5", "39.3"],
    ]


def test_without_the_models_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(saved, "FOLDER", tmp_path)
    at = AppTest.from_string(PAGE, default_timeout=120).run()
    # of the writer and of the translators; the models are there
    assert len(at.error) == 2
    assert "writer" in at.text[0].value


def test_a_word_that_was_chosen_begins_the_sentence_anew(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    found = list(writer.write(saved.load("writer", folder), "the film is", 1, 0.6))
    state = {"written": found}
    monkeypatch.setattr(view.st, "session_state", state)
    word = next(word for word, _ in found[2].candidates if word != writer.MARK)
    assert "place 3" in view.take_word({"place": 3, "word": word})
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
