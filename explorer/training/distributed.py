"""Distributed training: the processes that torchrun started share the work; a process by itself is rank 0 of 1."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

Item = TypeVar("Item")
Key = TypeVar("Key")
PATIENCE = timedelta(days=3)  # ranks wait for the slowest at the end of a stage


@contextmanager
def process_group() -> Iterator[None]:
    """Join the other processes, where torchrun started more than one."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield
        return
    dist.init_process_group("gloo", timeout=PATIENCE)
    try:
        yield
    finally:
        dist.destroy_process_group()


def rank() -> int:
    """Which of the processes this is, from 0."""
    return dist.get_rank() if dist.is_initialized() else 0


def world_size() -> int:
    """How many processes there are."""
    return dist.get_world_size() if dist.is_initialized() else 1


def threads() -> int:
    """Threads for work that has the machine to itself: all processors, shared with the ranks on this machine."""
    return max(1, (os.cpu_count() or 1) // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))


def batch_slice(count: int) -> slice:
    """This rank's part of a batch of `count` examples; the parts of all ranks are the whole, some may be empty."""
    return slice(count * rank() // world_size(), count * (rank() + 1) // world_size())


def share(items: Sequence[Item]) -> list[Item]:
    """This rank's share of independent pieces of work, dealt out like cards."""
    return list(items[rank() :: world_size()])


def sum_gradients(tensors: list[Tensor]) -> None:
    """Add up every rank's gradients of its part, so that all ranks take the step of the whole batch."""
    if world_size() == 1:
        return
    for tensor in tensors:
        if tensor.grad is None:  # this rank's part was empty
            tensor.grad = torch.zeros_like(tensor)
    gradients = [tensor.grad for tensor in tensors if tensor.grad is not None]
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    dist.all_reduce(flat)
    for gradient, total in zip(gradients, flat.split([gradient.numel() for gradient in gradients]), strict=True):
        gradient.copy_(total.view_as(gradient))


def broadcast(value: Any) -> Any:
    """What rank 0 has, on every rank."""
    if world_size() == 1:
        return value
    box = [value if rank() == 0 else None]
    dist.broadcast_object_list(box, src=0)
    return box[0]


def gather(entries: dict[Key, Item]) -> dict[Key, Item]:
    """The entries of all ranks' dictionaries, on every rank."""
    if world_size() == 1:
        return entries
    boxes: list[dict[Key, Item]] = [{} for _ in range(world_size())]
    dist.all_gather_object(boxes, entries)
    return {key: value for box in boxes for key, value in box.items()}
