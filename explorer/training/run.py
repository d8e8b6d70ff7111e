"""What is to be trained, from which data and seeds, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.core.checkpoints import models
from explorer.evaluation import datasets
from explorer.training import teacher


def work_folder() -> Path:
    """Where stages are kept unless the user says otherwise."""
    import pooch

    return Path(pooch.os_cache(datasets.CACHE)) / "work"


@dataclass(frozen=True)
class Run:
    """What is to be trained. The first seed also draws the corpus and tunes the vectors."""

    names: list[str]
    data: Path | None
    output: Path
    seeds: tuple[int, ...] = (0, 1, 2)
    jobs: int = 2  # processes side by side
    work: Path | None = None  # None: in the user's cache
    fresh: bool = False
    teacher: bool = True

    @property
    def command(self) -> str:
        """The command that trains the same again, on a machine that has the data."""
        names = ["--all"] if set(self.names) == set(models()) else self.names
        options = [] if self.teacher else ["--no-teacher"]
        return " ".join(
            ["python -m explorer train", *names, f"--seed {self.seeds[0]} --seeds {len(self.seeds)}", *options]
        )

    @property
    def cards(self) -> list[dict[str, str]]:
        """The cards of the data sets that are read."""
        encoders = [teacher.ENCODER] if self.teacher else []
        return [source.card() for source in (datasets.TREES, datasets.IMDB, datasets.WINK, *encoders)]
