"""The losses of texts, at their end and on the way, and dropout that is the same for any number of processes."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from explorer.networks.base import Network
from explorer.networks.per_word import PerWord
from explorer.networks.recurrent import Recurrent

EVIDENCE, LENGTH_POWER = 4.0, 0.75  # of the per-word average


def evidence(network: PerWord, x: Tensor, lengths: Tensor) -> Tensor:
    """Log-odds to train the per-word average by, (B,): EVIDENCE · T^LENGTH_POWER · (average − ½).

    An average of many words stays near one half. Asked for .95 itself, every word of a review would have to say .95;
    so it is asked for what its distance from one half says, the more the more words there are. The verdict, which
    side of one half the average is on, is the same.
    """
    average = torch.sigmoid(network(x, lengths))
    return EVIDENCE * lengths**LENGTH_POWER * (average - 0.5)


def losses(network: Network, x: Tensor, lengths: Tensor, target: Tensor, steps: Tensor | None) -> Tensor:
    """Cross-entropy of each text, (B,): at its end; with targets on the way half at the end, half their mean.

    Only a network that reads step by step has something to say on the way; the others learn from `target` alone.
    """
    if isinstance(network, PerWord):
        return F.binary_cross_entropy_with_logits(evidence(network, x, lengths), target, reduction="none")
    if steps is None or not isinstance(network, Recurrent):
        return F.binary_cross_entropy_with_logits(network(x, lengths), target, reduction="none")
    logits = network.steps(x)  # (B, T)
    last = logits.gather(1, (lengths - 1)[:, None]).squeeze(1)
    end = F.binary_cross_entropy_with_logits(last, target, reduction="none")
    known = ~steps.isnan()
    each = F.binary_cross_entropy_with_logits(logits, steps.nan_to_num(0.0), reduction="none") * known
    count = known.sum(1)
    return torch.where(count > 0, 0.5 * end + 0.5 * each.sum(1) / count.clamp(min=1), end)


class BatchDropout(nn.Dropout):
    """Dropout with a mask drawn for the whole batch, of which this process reads a part: the same for any number of
    them."""

    batch_size, batch_slice = 0, slice(None)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        return x * F.dropout(torch.ones(self.batch_size, *x.shape[1:]), self.p)[self.batch_slice]
