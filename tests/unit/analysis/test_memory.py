"""Memory: every gradient against autograd and finite differences, worked numbers, laws, and the forgetting dial."""

from math import exp, tanh

import numpy as np
import pytest
import torch
from small_models import small

from explorer import TextError, load, predict, trace
from explorer.analysis.backpropagation import Adjoint
from explorer.analysis.memory import FRAME, NEUTRAL, by_distance, dial, gradients, survived
from explorer.core.checkpoints import Model
from explorer.core.tracing import as_reading, word_vectors
from explorer.networks.registry import build
from explorer.reading.tokenizer import tokenize
from explorer.reading.vocabulary import Vocabulary

TEXT = "It isn't a bad film, the plumbus is very good."


def separate(model: Model, text: str) -> torch.Tensor:
    """∂ logit_t / ∂ x_s by one backward pass of autograd a step: (T, T, E)."""
    x = word_vectors(model, text).clone().requires_grad_()
    return torch.stack([torch.autograd.grad(model.network.steps(x[None])[0, t], x)[0] for t in range(len(x))])


def close(found: np.ndarray, wanted: np.ndarray, share: float = 1e-5) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=share * np.abs(wanted).max())


def test_gradients_are_autograds(recurrent: Model) -> None:
    found, wanted = gradients(recurrent, TEXT), separate(recurrent, TEXT)
    close(found.norm, wanted.norm(dim=2).numpy())
    close(found.signed, (wanted * word_vectors(recurrent, TEXT)).sum(2).numpy())


def test_a_small_change_of_a_word_moves_the_logits_as_its_gradient_says(recurrent: Model) -> None:
    x, step = word_vectors(recurrent, TEXT).double(), 1e-4
    network = build(recurrent.name, **recurrent.network.config).requires_grad_(False)
    network.load_state_dict(recurrent.network.state_dict())
    network, s = network.double(), 2
    more, less = x.clone(), x.clone()
    more[s] *= 1 + step
    less[s] *= 1 - step
    wanted = (network.steps(more[None])[0] - network.steps(less[None])[0]) / (2 * step)
    close(gradients(recurrent, TEXT).signed[:, s], wanted.numpy(), 1e-4)


def test_no_gradient_to_a_word_not_yet_read(recurrent: Model) -> None:
    found = gradients(recurrent, TEXT)
    assert not np.triu(found.norm, 1).any()
    assert not np.triu(found.signed, 1).any()
    assert (np.diagonal(found.norm) > 0).all()


def test_the_row_of_a_step_is_that_of_the_words_so_far(recurrent: Model) -> None:
    whole, part = gradients(recurrent, TEXT), gradients(recurrent, " ".join(as_reading(recurrent, TEXT).tokens[:5]))
    close(whole.norm[:5, :5], part.norm)


def test_rnn_by_hand() -> None:
    """a = tanh(2 a' + x / 2), logit = 3 a: the derivative goes back through 1 − a² and U at each step."""
    network = build("rnn", inputs=1, units=1).eval().requires_grad_(False)
    for tensor, value in zip(network.parameters(), (3.0, 0.0, 0.5, 2.0, 0.0, 0.0), strict=True):
        tensor.fill_(value)
    model = Model("rnn", network, Vocabulary(["good", "bad"]), torch.tensor([[0.0], [0.0], [1.0], [-0.6]]), {})
    first = tanh(0.5)
    second = tanh(2 * first - 0.3)
    here, last = 3 * (1 - first**2) * 0.5, 3 * (1 - second**2) * 0.5
    past = 3 * (1 - second**2) * 2 * (1 - first**2) * 0.5
    found = gradients(model, "good bad")
    assert found.norm == pytest.approx(np.array([[here, 0], [past, last]]), abs=1e-5)
    assert found.signed == pytest.approx(np.array([[here, 0], [past, -0.6 * last]]), abs=1e-5)
    p = 1 / (1 + exp(-3 * second))
    assert found.slope[1] == pytest.approx(p * (1 - p), abs=1e-6)


def test_a_batch_of_runs_goes_back_as_each_alone(recurrent: Model) -> None:
    network, x = recurrent.network, torch.randn(6, 3, recurrent.network.inputs)
    projected = network.project(x)
    run = network.run(projected, network.rest(3)) | {"projected": projected}
    close(run["hidden"].numpy(), network.states(x.transpose(0, 1)).transpose(0, 1).numpy())
    adjoint = Adjoint(network, run, 3)
    adjoint.add(slice(None))
    sums = torch.stack([adjoint.back(t) for t in reversed(range(6))]).flip(0)  # (T, N, G·H)
    x.requires_grad_()
    wanted = torch.autograd.grad(network.steps(x.transpose(0, 1))[:, -1].sum(), x)[0]
    close((sums @ network.core.weight_ih_l0).numpy(), wanted.numpy())


def test_mean_norm_at_each_distance_by_hand() -> None:
    norm = np.array([[4, 0, 0], [1, 6, 0], [3, 2, 5]], np.float32)
    assert by_distance(norm) == pytest.approx([5, 1.5, 3])


def test_a_state_that_is_not_kept_has_no_past() -> None:
    model = small("rnn")
    model.network.core.weight_hh_l0.zero_()
    found = by_distance(gradients(model, TEXT).norm)
    assert found[0] > 0
    assert not found[1:].any()


def test_progress_rises_to_one_and_can_stop_the_work() -> None:
    shares: list[float] = []
    gradients(small("gru"), TEXT, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def cancel(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        gradients(small("gru"), TEXT, progress=cancel)


def test_errors() -> None:
    for measure in (gradients, lambda model, text: dial(model, "not", text)):
        with pytest.raises(TextError):
            measure(small("gru"), " ")
        with pytest.raises(TypeError, match="no state"):
            measure(small("concat"), "good")


# ----------------------------------------------------------------------------------------------- the forgetting dial


@pytest.mark.parametrize("frame", [FRAME, (None, "good"), ("it is not", "a very good film")])
def test_the_dial_reads_what_the_lane_would_read(recurrent: Model, frame: tuple[str | None, str]) -> None:
    neutral = ("film", "the", "unheard", "it")
    texts = [" ".join([frame[0] or "", *neutral[:k], frame[1]]) for k in range(len(neutral) + 1)]
    np.testing.assert_allclose(dial(recurrent, *frame, neutral).belief, predict(recurrent, texts), rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("belief", "words"), [([0.1, 0.2, 0.3], 2), ([0.1, 0.5, 0.1], 0), ([0.7, 0.1], None), ([0.4], None), ([], None)]
)
def test_words_survived(belief: list[float], words: int | None) -> None:
    assert survived(np.array(belief)) == words


def test_the_dials_words_are_words() -> None:
    assert tokenize(" ".join(NEUTRAL)) == list(NEUTRAL)
    assert load("gru").vocabulary.encode(NEUTRAL) == [load("gru").vocabulary.index[word] for word in NEUTRAL]


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm"])
def test_shipped_weights(name: str) -> None:
    model, text = load(name), "it is not a film that I would call good"
    close(gradients(model, text).norm, separate(model, text).norm(dim=2).numpy(), 1e-4)
    found = dial(model)
    assert found.belief.shape == (len(NEUTRAL) + 1,)
    assert found.belief[0] == pytest.approx(trace(model, " ".join(FRAME)).probability, abs=1e-5)
