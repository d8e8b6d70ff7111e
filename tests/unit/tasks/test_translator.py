"""The translators: torch's layers and the written equations as references, searches, French, training, the weights."""

import doctest
import gzip
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from explorer.core.tracing import one_thread
from explorer.evaluation import datasets
from explorer.reading.vocabulary import PADDING, UNKNOWN
from explorer.tasks import NETWORKS, french, saved
from explorer.tasks.saved import Trained
from explorer.tasks.search import Sentence, State, beam
from explorer.tasks.translator import (
    LIMIT,
    LONGEST,
    CaptionError,
    Interpreter,
    Translator,
    log_probability,
    tensors,
    translate,
)  # fmt: skip
from explorer.tasks.words import EDGE, vocabulary
from explorer.training import task_trainer, tasks
from explorer.training import translator as training
from explorer.training.trigram import perplexity

ENGLISH, FRENCH = (
    ["a", "dog", "runs", ".", "the", "man", "eats", "near", "cat", "girl"],
    ["un", "chien", "court", ".", "l'", "homme", "mange", "près", "de", "chat", "fille"],
)
BOTH = pytest.mark.parametrize("attention", [False, True], ids=["without", "with"])


def small(attention: bool, **config) -> Trained:
    """A translator of few words with weights by chance."""
    words = {"en": vocabulary(training.Counter(ENGLISH)), "fr": vocabulary(training.Counter(FRENCH))}
    torch.manual_seed(7)
    network = Translator(len(words["en"]), len(words["fr"]), **{"vector": 5, "units": 6} | config, attention=attention)
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.7)
    name = "translator-attention" if attention else "translator"
    return Trained(name, network.eval().requires_grad_(False), words, {"config": network.config})


# ------------------------------------------------------------------------------------------------------------ French


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(french).failed == 0


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("L’homme qu'il voit.", ["l'", "homme", "qu'", "il", "voit", "."]),
        ("Aujourd'hui, quelqu'un s'arrête.", ["aujourd'hui", ",", "quelqu'", "un", "s'", "arrête", "."]),
        ("DJ Paul joue à Paris (peut-être) !", ["DJ", "Paul", "joue", "à", "Paris", "(", "peut-être", ")", "!"]),
        ("Les 3,5 km", ["les", "3,5", "km"]),
        ("", []),
    ],
)
def test_french_tokens(text: str, tokens: list[str]) -> None:
    assert french.tokenize(text) == tokens


@pytest.mark.parametrize(
    "text",
    ["L'homme qu'il voit s'arrête.", 'Une affiche dit "bonjour, toi" aux gens.', "Un chien (noir) court !",
     "Elle chante ; il dort.", "Un t-shirt, à 10:30."],
)  # fmt: skip
def test_french_comes_back_as_it_was(text: str) -> None:
    assert french.spell(french.tokenize(text)) == text


# ------------------------------------------------------------------------------------------------------- the network


@BOTH
def test_the_steps_are_the_written_equations(attention: bool) -> None:
    network = small(attention).network
    cells = []
    for cell in (network.encoder, network.decoder):
        cells.append(nn.GRUCell(5, 6))
        cells[-1].load_state_dict({name.removesuffix("_l0"): tensor for name, tensor in cell.core.state_dict().items()})
    read, before = [4, 6, 3, 5], [EDGE, 5, 7]
    a, states = torch.zeros(1, 6), []
    for row in read:
        a = cells[0](network.reading.weight[row][None], a)
        states.append(a[0])
    states, s, wanted = torch.stack(states), a, []
    for row in before:
        s = cells[1](network.saying.weight[row][None], s)
        h = s[0]
        if attention:
            weights = torch.softmax(torch.stack([s[0] @ network.align.weight @ one for one in states]), 0)
            h = torch.cat([weights @ states, s[0]])
        wanted.append(network.saying.weight @ torch.tanh(network.combine(h)) + network.bias)
    found = network(torch.tensor([read]), torch.tensor([4]), torch.tensor([before]))[0]
    torch.testing.assert_close(found[:, 1:], torch.stack(wanted)[:, 1:])
    assert (found[:, PADDING] == -torch.inf).all()


@BOTH
def test_one_step_at_a_time_is_the_pass_over_the_whole(attention: bool) -> None:
    network = small(attention).network
    speaker = Interpreter(network, [4, 6, 3])
    told, state = [], speaker.begin()
    for row in (EDGE, 5, 7):
        one, state = speaker.follow(state, torch.tensor([row]))
        told.append(one[0])
    whole = torch.log_softmax(
        network(torch.tensor([[4, 6, 3]]), torch.tensor([3]), torch.tensor([[EDGE, 5, 7]]))[0], -1
    )
    torch.testing.assert_close(torch.stack(told), whole)


@BOTH
def test_a_batch_changes_nothing(attention: bool) -> None:
    network, pairs = small(attention).network, [([4, 6, 3, 5], [5]), ([3], [6, 7, 8]), ([5, 5], [4, 4])]
    total, count = log_probability(network, pairs)
    assert total == pytest.approx(sum(log_probability(network, [pair])[0] for pair in pairs))
    assert count == 9
    rows, lengths, before, after = tensors(pairs)
    assert rows.tolist()[1] == [3, 0, 0, 0]
    assert lengths.tolist() == [4, 1, 2]
    assert before.tolist()[0] == [EDGE, 5, 0, 0]
    assert after.tolist()[0] == [5, EDGE, 0, 0]


def test_perplexity_of_a_uniform_translator_is_the_number_of_words() -> None:
    model = small(True)
    for parameter in model.network.parameters():
        parameter.zero_()
    found = perplexity(*log_probability(model.network, [([4, 5], [6, 7]), ([4], [5])]))
    assert found == pytest.approx(len(model.words["fr"]) - 1)


# ------------------------------------------------------------------------------------------------------- the searches


class Toy:
    """A speaker of few words whose chances are drawn from the words said so far; EDGE is its row 2."""

    words, longest = 5, 4

    def __init__(self, seed: int):
        self.seed = seed

    def chances(self, said: tuple[int, ...]) -> Tensor:
        draw = np.random.default_rng([self.seed, *said]).normal(0, 1.5, self.words)
        draw[:2] = -np.inf, draw[1]
        return torch.log_softmax(torch.tensor(draw), -1).float()

    def begin(self) -> State:
        return {"said": torch.zeros(1, 0, dtype=torch.long)}

    def follow(self, state: State, last: Tensor) -> tuple[Tensor, State]:
        said = torch.cat([state["said"], last[:, None]], 1)
        return torch.stack([self.chances(tuple(one)) for one in said.tolist()]), {"said": said}

    def all(self) -> list[Sentence]:
        """Every sentence there is."""
        found = []
        for length in range(self.longest + 1):
            for rows in itertools.product([1, 3, 4], repeat=length):
                path = (EDGE, *rows)
                p = sum(float(self.chances(path[: i + 1])[path[i + 1]]) for i in range(length))
                if length < self.longest:
                    found.append(Sentence(rows, p + float(self.chances(path)[EDGE]), True))
                else:
                    found.append(Sentence(rows, p, False))
        return found


@pytest.mark.parametrize("seed", range(5))
def test_a_beam_that_is_wide_enough_finds_what_trying_everything_finds(seed: int) -> None:
    every = sorted(Toy(seed).all(), key=lambda one: -one.score)
    found = beam(Toy(seed), 400, Toy.longest)
    assert [one.rows for one in found[:10]] == [one.rows for one in every[:10]]
    assert len(found) == len(every)
    assert found[0].log_probability == pytest.approx(every[0].log_probability, abs=1e-5)


@pytest.mark.parametrize("seed", range(30))
def test_a_beam_of_one_is_greedy_and_a_wider_one_no_worse(seed: int) -> None:
    (first,), path = beam(Toy(seed), 1, Toy.longest), [EDGE]
    while len(path) <= Toy.longest:
        path.append(int(Toy(seed).chances(tuple(path)).argmax()))
        if path[-1] == EDGE:
            break
    assert list(first.rows) == [row for row in path if row != EDGE]
    for width in (2, 3, 5):
        found = beam(Toy(seed), width, Toy.longest)
        assert found[0].score >= first.score
        assert len({one.rows for one in found}) == len(found) <= width


def test_a_beam_needs_a_width() -> None:
    with pytest.raises(ValueError, match="width of 1 or more, not 0"):
        beam(Toy(0), 0, 3)


# -------------------------------------------------------------------------------------------------------- translating


@BOTH
@pytest.mark.parametrize("width", [1, 4])
def test_a_translation_tells_all_of_its_way(attention: bool, width: int) -> None:
    model = small(attention)
    found = translate(model, "The dog runs near zzyzzx.", width, limit=7)
    t_x, t_y, units = len(found.tokens), len(found.output), 6
    assert found.tokens == ("the", "dog", "runs", "near", "zzyzzx", ".")
    assert found.read[4] == "<unk>"
    assert found.known.tolist() == [True] * 4 + [False, True]
    assert found.cut == 0
    assert found.encoder.shape == (t_x, units)
    assert found.decoder.shape == (t_y, units)
    np.testing.assert_array_equal(found.handed, found.encoder[-1])
    assert found.probability.shape == (t_y,)
    assert found.end.shape == (t_y + 1,)
    assert len(found.candidates) == t_y
    for word, p, likely in zip(found.output, found.probability, found.candidates, strict=True):
        assert dict(likely).get(word, p) == p
        assert sum(p for _, p in likely) <= 1 + 1e-9
        assert width > 1 or likely[0][0] == word
    wanted = np.log(found.probability).sum() + (np.log(found.end[-1]) if found.finished else 0)
    assert found.log_probability == pytest.approx(wanted)
    assert (found.attention is not None) == attention
    assert len(found.others) < width
    if attention:
        assert found.attention.shape == (t_y, t_x)
        assert found.attention.sum(1) == pytest.approx(np.ones(t_y))
        assert (found.attention >= 0).all()


def test_unknown_words_that_are_said_are_marked() -> None:
    model = small(True)
    model.network.bias[UNKNOWN] = 50.0
    found = translate(model, "a dog", limit=3)
    assert found.output == ("<unk>",) * 3
    assert not found.output_known.any()
    assert not found.finished


def test_what_is_too_long_is_cut_and_what_is_empty_is_refused() -> None:
    model = small(False)
    found = translate(model, "a dog " * LONGEST, limit=2)
    assert len(found.tokens) == LONGEST
    assert found.cut == LONGEST
    for text in ("", " \t "):
        with pytest.raises(CaptionError, match=r"nothing to translate\. Type"):
            translate(model, text)
    assert issubclass(CaptionError, ValueError)
    assert len(translate(model, "a dog", limit=10**6).output) <= LIMIT


# -------------------------------------------------------------------------------------------------------- the training


def copies(count: int = 240) -> dict:
    """A toy corpus: say what you read, each word by its sound in the other language, in the same order."""
    said = dict(zip("abcdef", "uvwxyz", strict=True))
    draw = random.Random(0)
    texts = [[draw.choice("abcdef") for _ in range(draw.randint(1, 4))] for _ in range(count)]
    words = [vocabulary(training.Counter(side)) for side in ("abcdef", "uvwxyz")]
    pairs = [(words[0].encode(one), words[1].encode([said[word] for word in one])) for one in texts]
    val = [(" ".join(one), " ".join(said[word] for word in one)) for one in texts[:40]]
    return {"en": words[0].words[EDGE:], "fr": words[1].words[EDGE:], "train": pairs, "val": val}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small networks that learn the toy corpus in seconds."""
    monkeypatch.setattr(task_trainer, "WARM_UP", 5)
    monkeypatch.setattr(training, "RATE", 2e-2)
    monkeypatch.setattr(training, "DROPOUT", 0.0)
    monkeypatch.setattr(training, "NETWORK", {"vector": 12, "units": 24})
    monkeypatch.setattr(training.TranslatorTrainer.__init__, "__defaults__", (12, None, 16))
    with one_thread():
        yield


@BOTH
def test_a_translator_learns_to_copy(attention: bool, quick: None) -> None:
    made = training.TranslatorTrainer(copies(), 0, attention)
    made.run(lambda *_: None)
    network, note = made.result()
    model = training.trained("translator", network, copies())
    right = [" ".join(translate(model, read).output) == said for read, said in copies()["val"]]
    assert np.mean(right) > (0.9 if attention else 0.6)
    assert note["steps"] == 180
    translation = translate(model, "a b c d")
    if attention:
        assert translation.attention.shape == (len(translation.output), 4)
        assert translation.attention.sum(1) == pytest.approx(np.ones(len(translation.output)))
    assert perplexity(*log_probability(network, training.as_rows(copies()))) < 1.5


def test_what_goes_on_from_a_checkpoint_ends_as_what_was_never_interrupted(quick: None) -> None:
    whole, begun, again = (training.TranslatorTrainer(copies(60), 3, True, epochs=4) for _ in range(3))
    whole.run(lambda *_: None)
    for _ in range(7):
        begun.advance()
        if begun.step in begun.validate_at:
            begun.validate()
    again.load_state_dict(begun.state_dict())
    again.run(lambda *_: None)
    assert all(
        torch.equal(*both) for both in zip(whole.result()[0].parameters(), again.result()[0].parameters(), strict=True)
    )


def test_a_run_writes_a_model_and_its_bleu(quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sacrebleu")
    monkeypatch.setattr(training.TranslatorTrainer.__init__, "__defaults__", (40, None, 16))
    (tmp_path / "multi30k").mkdir()
    draw = random.Random(1)
    pairs = [("A dog runs.", "Un chien court."), ("The man eats.", "L'homme mange."), ("A cat.", "Un chat.")]
    for split, count in (("train", 120), ("val", 12)):
        drawn = [draw.choice(pairs) for _ in range(count)]
        for side, language in enumerate(("en", "fr")):
            text = "\n".join(pair[side] for pair in drawn) + "\n"
            (tmp_path / "multi30k" / f"{split}.{language}.gz").write_bytes(gzip.compress(text.encode()))
    tasks.train_task(tasks.TaskRun("translator-attention", tmp_path, tmp_path / "out", 0, tmp_path / "work"))
    model = saved.load("translator-attention", tmp_path / "out")
    assert model.card["scores"]["greedy"]["bleu"] > 90
    assert model.card["scores"]["val_unknown_en"] == 0
    assert "tok:13a" in model.card["scores"]["greedy"]["signature"]
    assert model.card["sentences"] == {"train": 120, "val": 12}
    assert model.network.align is not None
    assert translate(model, "the man eats.").translation == "L'homme mange."


def test_captions_that_are_damaged_or_do_not_match(tmp_path: Path) -> None:
    (tmp_path / "multi30k").mkdir()
    for language, text in (("en", "a\nb\n"), ("fr", "c\n")):
        (tmp_path / "multi30k" / f"val.{language}.gz").write_bytes(gzip.compress(text.encode()))
    with pytest.raises(datasets.DataError, match="2 in English and 1 in French"):
        datasets.captions("val", tmp_path)
    (tmp_path / "multi30k" / "val.fr.gz").write_bytes(b"none")
    with pytest.raises(datasets.DataError, match=r"val\.fr\.gz is damaged"):
        datasets.captions("val", tmp_path)


# --------------------------------------------------------------------------------------------------------- as shipped


def test_attention_helps_and_most_with_long_captions() -> None:
    without, attending = (saved.load(name).card["scores"] for name in ("translator", "translator-attention"))
    assert attending["greedy"]["bleu"] > without["greedy"]["bleu"] + 2
    gains = [
        one["bleu"] - other["bleu"]
        for one, other in zip(attending["greedy"]["by_length"], without["greedy"]["by_length"], strict=True)
    ]
    assert gains[-1] > gains[0]


@pytest.mark.parametrize("name", ["translator", "translator-attention"])
def test_a_plain_caption(name: str) -> None:
    model = saved.load(name)
    found = translate(model, "A man is riding a bicycle.", width=5)
    assert found.translation.startswith("Un homme")
    assert "vélo" in found.output
    assert found.finished
    assert model.card["parameters"] == sum(tensor.numel() for tensor in model.network.parameters())
    assert all(source["licence"] for source in model.card["data"])
    assert model.card["bad_at"]


def test_all_tasks_together_are_small() -> None:
    assert sum((saved.FOLDER / f"{name}.safetensors").stat().st_size for name in NETWORKS) < 18e6


def test_bleu_on_the_card_is_the_one_measured(data: Path) -> None:
    pytest.importorskip("sacrebleu")
    model = saved.load("translator-attention")
    found = training.measure(model, datasets.captions("val", data), 1)
    assert found["bleu"] == pytest.approx(model.card["scores"]["greedy"]["bleu"], abs=0.3)
