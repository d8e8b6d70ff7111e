"""The benches' own parts: the registry, the table, the quantile, the protocol. No test here looks at a clock."""

from __future__ import annotations

import json

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer import bench, load
from explorer.bench import protocol, servers, texts, timing
from explorer.bench.registry import Bench, CouldNotRun
from explorer.reading.tokenizer import tokenize


def fine():
    """It is fast."""
    return 0.5


def slow():
    """It is slow."""
    return 2.0


def missing():
    """A needs B."""
    raise CouldNotRun("there is no chromium on this machine")


def broken():
    """A has a fault."""
    raise ZeroDivisionError("division by zero\nsecond line")


@pytest.fixture
def made_up(monkeypatch):
    """Benches whose figures are known beforehand, in the place of the real ones."""
    names = [function.__name__ for function in (fine, slow, missing, broken)]
    monkeypatch.setattr(bench, "BENCHES", {name: Bench(name, 1.0, f"{__name__}:{name}") for name in names})


def test_the_names_and_goals_of_the_benches():
    assert {name: one.goal for name, one in bench.BENCHES.items()} == {
        "trace_vs_nn": 1.5,
        "trace_vs_prefixes": 0.02,
        "score_vs_vader": 1.0,
        "gradients_vs_separate": 0.05,
        "ig_vs_captum": 1.0,
        "orders_vs_single": 0.02,
        "orders_vs_nn_batch": 1.0,
        "enter_vs_bare": 1.5,
        "generate_vs_loop": 1.2,
        "page_vs_compare": 1.5,
        "tasks_vs_compare": 1.5,
        "start_vs_bare": 1.2,
        "first_load_mb": 3.0,
        "visitors_vs_bare": 2.0,
        "visitor_beside_orders": 2.0,
    }


def test_every_bench_says_what_it_compares():
    assert all(one.compares.endswith(".") for one in bench.BENCHES.values())


def test_an_unknown_name_lists_the_names():
    with pytest.raises(ValueError, match=r"named nonsense\. There are: trace_vs_nn, .*visitors_vs_bare"):
        bench.run(["trace_vs_nn", "nonsense"], None)


def test_within_the_goal_is_ok(made_up, tmp_path, capsys):
    assert bench.run(["fine"], tmp_path / "bench.json") == 0
    assert json.loads((tmp_path / "bench.json").read_text()) == {"fine": 0.5}
    assert capsys.readouterr().out.splitlines() == ["bench     ratio    goal", "fine        0.5       1  ok"]


def test_over_the_goal_is_said_and_is_no_success(made_up, capsys):
    assert bench.run(["fine", "slow"], None) == 1
    assert capsys.readouterr().out.splitlines()[-1].split() == ["slow", "2", "1", "over"]


def test_what_cannot_run_does_not_stop_the_others(made_up, tmp_path, capsys):
    assert bench.run(["missing", "broken", "fine"], tmp_path / "bench.json") == 1
    assert json.loads((tmp_path / "bench.json").read_text()) == {"missing": None, "broken": None, "fine": 0.5}
    out = capsys.readouterr().out
    assert "could not run: there is no chromium on this machine" in out
    assert "could not run: ZeroDivisionError: division by zero\n" in out
    assert "Traceback" not in out


def test_no_names_are_all_names(made_up, capsys):
    bench.run([], None)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]] == list(bench.BENCHES)


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.05, 1), (0.5, 10), (0.95, 19), (0.96, 20), (1, 20)])
def test_quantile_of_1_to_20(share, value):
    assert timing.quantile(range(20, 0, -1), share) == value


def test_quantile_of_nothing():
    with pytest.raises(ValueError, match="no values"):
        timing.quantile([], 0.5)


def test_median_ratio_pairs_neighbours():
    assert timing.median_ratio([1, 20, 300], [1, 10, 100]) == 2


def test_no_chromium_could_not_run(monkeypatch):
    monkeypatch.setattr("explorer.bench.pages.shutil.which", lambda name: None)
    with pytest.raises(CouldNotRun, match="apt-get install chromium"), bench.pages.chromium():
        pass


def test_a_server_that_ends_says_why(tmp_path):
    expected = pytest.raises(CouldNotRun, match=r"gone\.py ended at its start: .*gone\.py")
    with expected, servers.serve(tmp_path / "gone.py"):
        pass


# ------------------------------------------------------------------------------------------------------------- texts


def test_sentences_are_as_long_as_those_of_the_treebank_and_the_same_each_time():
    vocabulary = load("gru").vocabulary
    found = texts.sentences(vocabulary, 2000)
    lengths = [len(tokenize(sentence)) for sentence in found]
    assert sum(lengths) / len(lengths) == pytest.approx(19, abs=1)
    assert len(set(found)) > 1950
    assert found == texts.sentences(vocabulary, 2000)


def test_reviews_have_exactly_150_tokens():
    found = texts.reviews(load("gru").vocabulary, 3)
    assert [len(tokenize(review)) for review in found] == [150, 150, 150]
    assert len(set(found)) == 3


# ---------------------------------------------------------------------------------------------------------- protocol


def delta(fragment: str = "") -> ForwardMsg:
    """An empty message about one element of the page."""
    message = ForwardMsg()
    message.delta.fragment_id = fragment
    return message


def text_input(name: str, value: str, fragment: str = "", put: bool = False) -> ForwardMsg:
    """The message that brings a text box; with `put`, its value was set by the page."""
    message = delta(fragment)
    box = message.delta.new_element.text_input
    box.id, box.label, box.set_value = name, "Phrase", put
    box.default, box.value = ("", value) if put else (value, "")
    return message


def select(name: str) -> ForwardMsg:
    """The message that brings a choice among "rnn" and "gru", of which the second is taken."""
    message = delta("part")
    box = message.delta.new_element.selectbox
    box.id, box.default = name, 1
    box.options.extend(["rnn", "gru"])
    return message


def heard(*messages: ForwardMsg) -> protocol.Visit:
    """A visit after these messages, each sent as bytes."""
    visit = protocol.Visit()
    for message in messages:
        visit.hear(protocol.parse(message.SerializeToString()))
    return visit


def test_the_first_text_box_gets_the_phrase_and_all_widgets_keep_their_values():
    session = ForwardMsg()
    session.new_session.page_script_hash = "abc"
    visit = heard(session, text_input("a", "good", "part"), text_input("b", "bad", "part", put=True), select("lane"))
    asked = BackMsg.FromString(visit.ask("not bad")).rerun_script
    assert (asked.page_script_hash, asked.fragment_id) == ("abc", "part")
    sent = {one.id: one.string_value for one in asked.widget_states.widgets}
    assert sent == {"a": "not bad", "b": "bad", "lane": "gru"}


def test_a_page_is_first_asked_for_as_a_whole():
    asked = BackMsg.FromString(protocol.Visit().ask()).rerun_script
    assert asked.fragment_id == ""
    assert not asked.widget_states.widgets


def test_a_page_is_asked_for_by_its_path_and_its_query():
    asked = BackMsg.FromString(protocol.Visit("order?phrase=good").ask()).rerun_script
    assert (asked.page_name, asked.query_string, asked.page_script_hash) == ("order", "phrase=good", "")


def test_a_button_is_pressed_in_its_fragment_with_all_values():
    button = delta("other")
    button.delta.new_element.button.id, button.delta.new_element.button.label = "b", "Go"
    visit = heard(text_input("a", "good", "part"), button)
    asked = BackMsg.FromString(visit.ask(press="Go")).rerun_script
    assert asked.fragment_id == "other"
    sent = {one.id: (one.string_value, one.trigger_value) for one in asked.widget_states.widgets}
    assert sent == {"a": ("good", False), "b": ("", True)}


def test_a_box_that_comes_again_keeps_what_was_typed():
    visit = heard(text_input("a", "good"))
    visit.ask("not bad")
    visit.hear(text_input("a", "good"))
    assert visit.values == {"a": "not bad"}


@pytest.mark.parametrize(
    ("status", "over"),
    [
        ("FINISHED_SUCCESSFULLY", True),
        ("FINISHED_FRAGMENT_RUN_SUCCESSFULLY", True),
        ("FINISHED_EARLY_FOR_RERUN", False),
    ],
)
def test_an_answer_ends_with_a_finished_run(status, over):
    message = ForwardMsg(script_finished=ForwardMsg.ScriptFinishedStatus.Value(status))
    assert protocol.finished(protocol.parse(message.SerializeToString())) is over


def test_other_messages_do_not_end_an_answer():
    assert not protocol.finished(text_input("a", "good"))


def test_an_answer_that_shows_its_phrase():
    frames = [text_input("a", "good, not bad").SerializeToString()]
    assert protocol.shows(frames, "not bad")
    assert not protocol.shows(frames, "bad, not good")
