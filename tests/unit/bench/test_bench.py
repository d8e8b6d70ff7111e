"""The benches' own parts: the registry, the table, the quantile, the protocol. No test here looks at a clock."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing, suppress
from random import Random

import numpy as np
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from explorer import bench, load
from explorer.bench import browser, frames, protocol, questions, servers, texts, timing, typists, visitors
from explorer.bench.registry import Bench, CouldNotRun
from explorer.reading.tokenizer import tokenize
from explorer.server.answers import asked
from explorer.server.packet import pack


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
        "generate_vs_loop": 1.2,
        "key_vs_bare": 0.15,
        "long_vs_short": 3.0,
        "zoom_frames": 0.05,
        "start_vs_bare": 0.6,
        "answer_vs_bare": 1.2,
        "first_load_mb": 1.5,
        "visitors_vs_bare": 0.5,
        "class_vs_bare": 1.2,
        "abandoned_work": 0.05,
        "memory_growth": 1.05,
        "class_reveal": 5.0,
        "class_memory_growth": 1.05,
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
    monkeypatch.setattr("explorer.bench.browser.shutil.which", lambda name: None)
    with pytest.raises(CouldNotRun, match="apt-get install chromium"), browser.chromium():
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


def bar(name: str) -> ForwardMsg:
    """The message that brings the bar's component."""
    message = delta("part")
    component = message.delta.new_element.bidi_component
    component.id, component.component_name = name, "explorer.bar"
    return message


def test_the_bar_tells_its_texts_beside_all_values_with_a_number_that_grows():
    visit = heard(bar("bar"), select("show"))
    visit.ask(told={"a": "good"})
    message = BackMsg.FromString(visit.ask(told={"a": "not bad"})).rerun_script
    assert message.fragment_id == "part"
    sent = {one.id: one.json_value or one.string_value for one in message.widget_states.widgets}
    assert sent.pop("show") == "gru"
    assert {name: json.loads(value) for name, value in sent.items()} == {
        "bar": {"typed": {"number": 2, "texts": {"a": "not bad"}}}
    }


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


# --------------------------------------------------------------------------------------------------------- questions


def reply(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nServer: a\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def read_twice(received: bytes) -> list[bytes]:
    """The bodies of two answers that came over one connection."""

    async def read() -> list[bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(received)
        return [await questions.packet(reader), await questions.packet(reader)]

    return asyncio.run(read())


def test_a_question_is_what_the_server_takes_for_one():
    head, body = questions.request(80, ["good", "bad\n“not good”"]).split(b"\r\n\r\n", 1)
    assert asked(body).texts == ("good", "bad\n“not good”")
    assert f"Content-Length: {len(body)}".encode() in head.splitlines()


def test_answers_over_one_connection_are_told_apart():
    assert read_twice(reply("200 OK", b"first") + reply("200 OK", b"second one")) == [b"first", b"second one"]


def test_an_answer_that_is_none_could_not_run():
    with pytest.raises(CouldNotRun, match=r"503.*The weights are not here"):
        read_twice(reply("503 Service Unavailable", b"The weights are not here."))


class Server:
    """Answers with the first text, but never to one that says slow; counts its connections."""

    opened = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        with suppress(asyncio.IncompleteReadError), closing(writer):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                text = json.loads(await reader.readexactly(length))["texts"][0]
                if text != "slow":
                    writer.write(reply("200 OK", text.encode()))


def test_a_question_that_is_given_up_ends_its_connection_and_the_next_has_another():
    async def ask() -> tuple[list[bytes], int, int]:
        counted = Server()
        async with await asyncio.start_server(counted.serve, "localhost", 0) as listening:
            questioner = questions.Questioner(listening.sockets[0].getsockname()[1])
            answers = [await questioner.ask(["a", ""]), await questioner.ask(["b", ""])]
            before = counted.opened
            slow = asyncio.create_task(questioner.ask(["slow", ""]))
            await asyncio.sleep(0)  # it is asked
            slow.cancel()
            await asyncio.wait({slow})
            answers.append(await questioner.ask(["c", ""]))
            questioner.close()
            await asyncio.gather(*(task for task in asyncio.all_tasks() if task is not asyncio.current_task()))
            return answers, before, counted.opened

    assert asyncio.run(ask()) == ([b"a", b"b", b"c"], 1, 2)


# ----------------------------------------------------------------------------------------------------------- typists


def test_each_visitor_types_phrases_that_no_other_types_and_the_same_at_each_run():
    made = [phrase for number in range(30) for phrase in typists.phrases(Random(f"1 {number}"))]
    assert len(set(made)) == len(made) == 30 * typists.PHRASES
    assert typists.phrases(Random("1 0")) == made[: typists.PHRASES]


def test_an_answer_that_does_not_come_counts_as_the_longest_wait(monkeypatch):
    class Patient(typists.Typist):
        async def listen(self) -> None:
            pass

        async def key(self, text: str) -> None:
            pass

        async def answered(self, text: str) -> None:
            await asyncio.Event().wait()

    for name in ("LIMIT", "KEY", "THOUGHT"):
        monkeypatch.setattr(typists, name, 0.001)
    waits = asyncio.run(Patient(None, 0).type_all(Random(0)))
    assert len(waits) == typists.PHRASES
    assert min(waits) >= 0.001


def test_a_key_comes_about_every_200_ms():
    rng = Random(0)
    pauses = [typists.around(typists.KEY, rng) for _ in range(2_000)]
    assert sum(pauses) / len(pauses) == pytest.approx(0.2, abs=0.005)
    assert min(pauses) >= 0.1
    assert max(pauses) <= 0.3
    assert max(pauses) < typists.REST


def test_the_header_of_a_packet():
    made = pack({"texts": [{"spans": [0, 4]}]}, {"a": np.zeros((2, 3))})
    assert typists.header(made)["texts"] == [{"spans": [0, 4]}]


def test_the_share_of_slow_frames():
    assert frames.share([16.7, 16.7, 33.0, 33.4, 50.0]) == 0.4


def test_the_zoom_plays_40_words():
    assert len(tokenize(frames.TEXT)) == 40


def test_the_median_and_the_95th_percentile_in_words():
    assert visitors.told([0.1 * number for number in range(1, 21)]) == "median 1050 ms, 95% within 1900 ms"
