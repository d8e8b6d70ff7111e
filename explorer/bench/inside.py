"""Benches of what looks inside a recurrent model: gradients and attributions against the usual ways to them."""

from __future__ import annotations

import torch
from torch import Tensor

from explorer.analysis.integrated_gradients import integrated_gradients
from explorer.analysis.memory import gradients
from explorer.bench.registry import CouldNotRun
from explorer.bench.texts import reviews
from explorer.bench.timing import compare, say
from explorer.core.checkpoints import Model, load
from explorer.core.tracing import one_thread, word_vectors
from explorer.networks.base import Network
from explorer.networks.registry import build, recurrent_names

ROUNDING = 1e-5  # a gap below this is single precision's own rounding: smaller ones are not more complete
ALIKE = 1e-4  # how far two ways to the same gradients may lie apart, as a share of the largest


def _for_autograd(model: Model, text: str) -> tuple[Network, Tensor]:
    """A copy of the network and of the text's vectors, (1, T, E), for autograd, wherever the model was loaded."""
    network = build(model.name, **model.network.config).eval().requires_grad_(False)
    network.load_state_dict({name: values.clone() for name, values in model.network.state_dict().items()})
    return network, word_vectors(model, text)[None].clone()


def gradients_vs_separate() -> float:
    """The gradients of all 150 log-odds of a review to each word before, over 150 separate backward passes of autograd.

    Both give the T-by-T norms from the word vectors on. Autograd runs torch's own layer forward once and keeps its
    graph for all passes. The worst of the recurrent models counts.
    """
    with one_thread():
        return max(_gradients_vs_separate(load(name)) for name in recurrent_names())


def _gradients_vs_separate(model: Model) -> float:
    text = reviews(model.vocabulary, 1)[0]
    network, x = _for_autograd(model, text)
    x.requires_grad_()

    def separate() -> Tensor:
        logit = network.steps(x)[0]
        rows = [torch.autograd.grad(log_odds, x, retain_graph=True)[0][0].norm(dim=1) for log_odds in logit]
        return torch.stack(rows)

    expected, ours = separate(), torch.from_numpy(gradients(model, text).norm)
    if (ours - expected).abs().max() > ALIKE * expected.max():
        raise CouldNotRun(f"the two ways to the {model.label}'s gradients give different numbers")
    ratio = compare(lambda: gradients(model, text), separate, repetitions=3, warm=0)
    say(f"  {model.name} {ratio:.3f}")
    return ratio


def ig_vs_captum() -> float:
    """Integrated gradients of a 150-word review over Captum's own default run, at equal or better completeness.

    Captum takes 50 points and does not look at what it misses; ours go on until they miss no more than Captum misses.
    Gaps below 1e-5 are rounding and count as equal. The worst of the recurrent models counts. Progress also tells
    the gap at the app's own tolerance, which Captum's points do not always reach.
    """
    try:
        from captum.attr import IntegratedGradients
    except ImportError as error:
        raise CouldNotRun("captum is not installed (pip install -r requirements.txt)") from error
    with one_thread():
        return max(_ig_vs_captum(load(name), IntegratedGradients) for name in recurrent_names())


def _ig_vs_captum(model: Model, captum: type) -> float:
    text = reviews(model.vocabulary, 1)[0]
    network, x = _for_autograd(model, text)
    other = captum(lambda vectors: network.steps(vectors)[:, -1])
    ours = integrated_gradients(model, text)
    gap = abs(float(other.attribute(x).sum()) / ours.rise - 1)
    tolerance, asked = max(gap, ROUNDING), ours
    ours = integrated_gradients(model, text, tolerance)
    if not ours.complete:
        raise CouldNotRun(f"of the {model.label}'s log-odds {ours.gap:.0e} stay unaccounted for, {gap:.0e} by Captum")
    ratio = compare(
        lambda: integrated_gradients(model, text, tolerance), lambda: other.attribute(x), repetitions=5, warm=1
    )
    say(f"  {model.name} {ratio:.2f}, gap {ours.gap:.0e} with {ours.points} points; Captum's {gap:.0e} with 50")
    say(f"    as the app asks for it: gap {asked.gap:.0e} with {asked.points} points")
    return ratio
