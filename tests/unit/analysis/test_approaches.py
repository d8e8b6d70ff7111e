"""The approaches: parameters by formula, an average no order changes, slots, a phrase at every place, findings."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_models import SLOTS, WORDS, small

from explorer import WeightsError, load, models, predict, trace
from explorer.__main__ import main
from explorer.analysis.approach_findings import FILE, Bin, Findings, fingerprints, load_findings, save_findings
from explorer.analysis.approaches import (
    AMONG,
    CLAUSES,
    Moves,
    by_length,
    elsewhere,
    in_units,
    moves,
    overtaken,
    parameters,
    shuffled,
    slots,
    supposed,
)
from explorer.core.checkpoints import Model, write_card
from explorer.evaluation.scores import Texts
from explorer.networks.base import GRID
from explorer.networks.registry import build, names, network
from explorer.reading.reading import Reading, read
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import Vocabulary
from explorer.training import approaches
from explorer.training.output_stage import write_approaches
from explorer.training.run import Run

CONFIGS = [(1, 1, 1), (5, 3, 2), (50, 100, 128), (150, 300, 128), (7, 50, 64)]
PHRASES = [("good", 1), ("bad", 0), ("not good", 0), ("it is very good", 1), ("a bad film", 0)]
SENTENCES = [("it is good .", 1), ("it is n't a very good film , it is bad .", 0)]
TEXTS = Texts(SENTENCES, [("good " * 60, 1), ("bad film", 0)], PHRASES)
strange = st.text(max_size=8).map(lambda text: (tokenize(text) or ["."])[0])
tokens = st.lists(st.sampled_from(WORDS) | strange, min_size=1, max_size=40)


# ------------------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize("name", models())
@pytest.mark.parametrize(("length", "inputs", "units"), CONFIGS)
def test_the_formula_counts_what_a_lane_has(name: str, length: int, inputs: int, units: int) -> None:
    lane = build(name, inputs=inputs, units=units, **({"length": length} if name == "concat" else {}))
    assert parameters(name, lane.config) == sum(tensor.numel() for tensor in lane.parameters())
    first = lane.core.weight_ih_l0 if lane.recurrent else lane.first.weight
    assert lane.first_layer(lane.config) == first.numel()
    assert lane.feedback(lane.config) == (lane.core.weight_hh_l0.numel() if lane.recurrent else 0)


@pytest.mark.parametrize("name", models())
def test_the_shipped_counts(name: str) -> None:
    card = load(name).card
    assert parameters(name, card["config"]) == card["parameters"]


def test_the_numbers_of_the_story() -> None:
    config = supposed("concat", {"inputs": 100, "units": 128, "length": 50}, 150, 300)
    assert config == {"inputs": 300, "units": 128, "length": 150}
    assert config["length"] * config["inputs"] == 45_000
    assert network("concat").first_layer(config) == 5_760_000
    assert parameters("concat", config) == 5_760_257
    assert supposed("gru", {"inputs": 100, "units": 128}, 150, 300) == {"inputs": 300, "units": 128}
    assert parameters("gru", {"inputs": 300, "units": 128}) == 3 * (300 * 128 + 128 * 128 + 2 * 128) + 128 + 1


@given(st.integers(50, 300), st.sampled_from(["rnn", "gru", "lstm"]), st.integers(1, 300))
def test_where_the_concatenation_overtakes(size: int, lane: str, units: int) -> None:
    configs = {"concat": {"inputs": 100, "units": 128, "length": 50}, lane: {"inputs": 100, "units": units}}
    words = overtaken(configs, lane, size)
    fixed = parameters(lane, supposed(lane, configs[lane], 1, size))
    count = [parameters("concat", supposed("concat", configs["concat"], n, size)) for n in (words - 1, words)]
    assert count[1] > fixed
    assert words == 1 or count[0] <= fixed


# ------------------------------------------------------------------------------------------------- orders and slots


@given(tokens, st.integers(0, 999_999))
def test_a_shuffled_text_has_the_same_words_and_the_same_average(some: list[str], number: int) -> None:
    model = small("per-word")
    typed = Reading.of_tokens(some, model.vocabulary)
    order = shuffled(typed, number)
    assert sorted(order.tokens) == sorted(some)
    assert order == shuffled(typed, number)
    assert tokenize(order.joined) == list(order.tokens)
    one, other = trace(model, typed), trace(model, order)
    assert repr(one.probability) == repr(other.probability)
    assert repr(predict(model, [order])[0]) == repr(predict(model, [typed])[0])
    total = in_units(one.activations["probability"])
    assert total == in_units(other.activations["probability"])
    assert one.probability == total * GRID / len(some)


def test_another_order_wherever_there_is_one() -> None:
    def order(tokens: str, number: int) -> str:
        return shuffled(read(tokens, Vocabulary(WORDS)), number).joined

    assert order("good", 3) == "good"
    assert order("so so", 3) == "so so"
    assert all(order("good bad", number) == "bad good" for number in range(50))
    assert order("good, not bad", 86) == "bad , not good"  # what the page shows first


@given(tokens, st.integers(1, 60))
def test_every_word_is_in_a_slot_or_lost(some: list[str], length: int) -> None:
    found = slots(some, length)
    assert [*found.filled, *found.lost] == some
    assert len(found.filled) + found.padding == length
    assert not (found.padding and found.lost)


def test_slots_are_those_of_the_lane() -> None:
    model = small("concat")
    some = ["good", "film", "it", "is", "bad", "not", "very"]
    found = slots(some, SLOTS)
    assert trace(model, " ".join(some)).activations["clipped"].sum() == len(found.lost) == 2
    assert trace(model, "good film").activations["padded"].sum() == slots(some[:2], SLOTS).padding == 3


# ---------------------------------------------------------------------------------------- the same phrase elsewhere


def test_clauses_are_as_long() -> None:
    assert {len(clause) for clause in (AMONG, *CLAUSES)} == {30}
    assert len(set(CLAUSES)) == 3


def test_beliefs_are_those_of_the_texts(model: Model) -> None:
    among = ("it", "is", "a", "film")
    phrases = [["not", "good"], ["bad"]]
    found = elsewhere(model, phrases, among)
    assert found.shape == (2, 5)
    for belief, some in zip(found, phrases, strict=True):
        for place, p in enumerate(belief):
            assert p == pytest.approx(
                trace(model, " ".join([*among[:place], *some, *among[place:]])).probability, abs=1e-6
            )


@given(tokens)
def test_the_average_never_moves(some: list[str]) -> None:
    belief = elsewhere(small("per-word"), [some])
    assert len(set(belief[0])) == 1
    found = moves(belief)
    assert not found.moved.any()
    assert found.spread == found.share == found.sides == 0


def test_moves_in_numbers() -> None:
    found = moves(np.array([[0.2, 0.4, 0.6], [0.7, 0.7, 0.7]]))
    assert found.moved == pytest.approx([0, 0.1, 0.2])
    assert found.error == pytest.approx([0, 0.1 / 2**0.5, 0.2 / 2**0.5])
    deviation = np.std([0.2, 0.4, 0.6])
    assert found.spread == pytest.approx(deviation / 2)
    assert found.spread_sd == pytest.approx(deviation / 2)
    assert found.between == pytest.approx(0.15)
    assert found.sides == 0.5
    assert found.share == pytest.approx(deviation**2 / 2 / (deviation**2 / 2 + 0.15**2))
    with pytest.raises(ValueError, match="no phrase"):
        moves(np.zeros((0, 3)))


@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=12))
def test_the_variance_is_split_whole(values: list[list[float]]) -> None:
    belief = np.array(values)
    found = moves(belief)
    assert 0 <= found.share <= 1
    assert 0 <= found.sides <= 1
    assert found.moved[0] == 0
    if belief.var() > 1e-12:
        assert found.share * belief.var() + found.between**2 == pytest.approx(belief.var(), rel=1e-6)


# ------------------------------------------------------------------------------------------------------- any length


def test_right_by_length_in_numbers() -> None:
    right, lengths = np.array([1, 0, 1, 1, 0, 1], bool), np.array([1, 10, 10, 11, 500, 0])
    assert by_length(right, lengths, (1, 11, 1_000))[:2] == [
        (3, pytest.approx(2 / 3), pytest.approx((2 / 9 / 3) ** 0.5)), (2, 0.5, pytest.approx(0.125**0.5)),
    ]  # fmt: skip
    count, share, error = by_length(right, lengths, (1, 11, 1_000))[2]
    assert count == 0
    assert np.isnan(share)
    assert np.isnan(error)


# --------------------------------------------------------------------------------------------------------- findings


def lanes() -> list[Model]:
    return [small(name) for name in models()]


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    some, told = lanes(), []
    size = approaches.precompute(some, TEXTS, tmp_path, 3, "a command", lambda *one: told.append(one))
    assert size == (tmp_path / FILE).stat().st_size
    assert told[0] == (0, 5, "average of words")
    assert told[-1] == (5, 5, "done")
    found = load_findings(some, tmp_path)
    assert found is load_findings(some, tmp_path)
    assert found.phrases == 5
    assert set(found.moves) == set(found.card["weights"]) == set(models())
    for model in some:
        asked = moves(elsewhere(model, [tokenize(text) for text, _ in PHRASES]))
        for name, value in vars(asked).items():
            assert getattr(found.moves[model.name], name) == pytest.approx(value, abs=1e-5)
    assert [(one.name, one.count) for one in found.lengths[approaches.REVIEWS]] == [("1–50", 1), ("51–100", 1)]
    assert [(one.name, one.count) for one in found.lengths[approaches.SENTENCES]] == [("1–10", 1), ("11–20", 1)]
    for model in some:
        p = predict(model, [text for text, _ in TEXTS.reviews])
        assert [one.right[model.name] for one in found.lengths[approaches.REVIEWS]] == [
            float(p[1] < 0.5),
            float(p[0] > 0.5),
        ]
    assert {len(shares) for shares in found.shares.values()} == {3}
    assert not any(found.shares["per-word"])
    assert found.card["command"] == "a command"
    assert found.card["seed"] == 3
    assert all(source["licence"] and source["part"] for source in found.card["data"])


def test_the_same_seed_gives_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approaches, "PHRASES", 3)
    found = []
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        approaches.precompute(lanes(), TEXTS, tmp_path / folder, seed)
        found.append((tmp_path / folder / FILE).read_bytes())
    assert found[0] == found[1] != found[2]


def test_bins_that_are_empty_are_left_out() -> None:
    (one,) = approaches.binned(lanes(), [("good", 1), ("bad", 0), ("", 1)], (1, 2, 3))
    assert (one.low, one.high, one.count, one.name) == (1, 1, 2, "1–1")
    assert approaches.binned(lanes(), [("a " * 9, 1)], (1, 3))[0].name == "over 2"


def test_findings_of_other_weights_are_refused(tmp_path: Path) -> None:
    some = lanes()
    with pytest.raises(WeightsError, match=r"missing.*explorer approaches"):
        load_findings(some, tmp_path)
    approaches.precompute(some, TEXTS, tmp_path)
    some[2].network.readout.bias += 1
    with pytest.raises(WeightsError, match="other weights"):
        load_findings(some, tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"moves": {}}, "does not hold the findings"),
        ({"moves": {"gru": {}}}, r"field moves\.gru\.\w+: is missing"),
        ({"moves": 3}, "field moves: should be a valid dictionary, it is 3"),
        ({"lengths": {"x": [{}]}}, r"field lengths\.x\[0\]\.\w+: is missing"),
        ({"lengths": []}, "field lengths: should be a valid dictionary"),
    ],
)
def test_damaged_findings_are_said(tmp_path: Path, change: dict, said: str) -> None:
    some = lanes()
    approaches.precompute(some, TEXTS, tmp_path)
    path = tmp_path / FILE
    write_card(json.loads(path.read_text()) | change, path)
    with pytest.raises(WeightsError, match=said):
        load_findings(some, tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(WeightsError, match="not a card in JSON"):
        load_findings(some, tmp_path)


def test_no_phrases_are_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no short phrases"):
        approaches.precompute(lanes(), Texts([("good", 1)], [("bad", 0)]), tmp_path)


def test_the_shipped_findings_belong_to_the_shipped_weights() -> None:
    found = load_findings([load(name) for name in models()])
    assert found.phrases == 400
    assert sum(one.count for one in found.lengths[approaches.REVIEWS]) == 2_500
    assert sum(one.count for one in found.lengths[approaches.SENTENCES]) == 872
    assert not found.moves["per-word"].moved.any()
    assert all(found.moves[name].share < found.moves["concat"].share for name in ("rnn", "gru", "lstm"))


def test_the_command(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.evaluation.scores.texts", lambda folder: TEXTS if folder == data else None)
    assert main(["approaches", "--data", str(data), "--output", str(tmp_path), "--seed", "4"]) == 0
    card = load_findings([load(name) for name in models()], tmp_path).card
    assert card["seed"] == 4
    assert card["command"] == "python -m explorer approaches --seed 4"


def test_findings_are_saved_whole(tmp_path: Path) -> None:
    some = lanes()
    bins = {"texts": [Bin(1, None, 2, dict.fromkeys(names(), 0.5), dict.fromkeys(names(), 0.1))]}
    moved = Moves(np.array([0, 0.1, 0.1]), np.zeros(3), 0.1, 0.0, 0.2, 0.1, 0.1)
    moves_, shares = dict.fromkeys(names(), moved), {name: [0.25] for name in names()}
    save_findings(Findings(1, moves_, shares, bins, {"weights": fingerprints(some)}), tmp_path)
    found = load_findings(some, tmp_path)
    assert found.lengths == bins
    assert found.shares == shares


@pytest.mark.parametrize("phrases", [PHRASES, []])
def test_training_measures_all_lanes_in_their_order(tmp_path: Path, phrases: list) -> None:
    corpus = SimpleNamespace(dev=TEXTS.sentences, held_out=TEXTS.reviews, dev_phrases=phrases)
    run = Run(models(), None, tmp_path, seeds=(7,))
    write_approaches(run, corpus, lanes()[::-1])
    assert (tmp_path / FILE).exists() == bool(phrases)
    if phrases:
        found = load_findings(lanes(), tmp_path)
        assert list(found.card["weights"]) == models()
        assert found.card["seed"] == 7
        assert found.card["command"] == run.command
