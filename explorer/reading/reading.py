"""A text as models read it: read once, where it comes in, and handed on as one value from there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.reading.tokenizer import is_word, tokenize
from explorer.reading.vocabulary import UNKNOWN, Vocabulary


class TextError(ValueError):
    """A text that no model can read, because there is no word or sign in it."""


@dataclass(frozen=True)
class Reading:
    """A text as the models of one vocabulary read it, T tokens, at least one.

    `text`: as it was typed. `tokens`: T strings, what of it is read. `rows`: T rows of the table of vectors, of the
    word that each token is read as. `cut`: how many tokens more the text has, left off at a limit. Readings of the same
    text by the same vocabulary are equal.
    """

    text: str
    tokens: tuple[str, ...]
    rows: tuple[int, ...]
    vocabulary: Vocabulary = field(repr=False, compare=False)
    cut: int = 0

    @classmethod
    def of_tokens(cls, tokens: Iterable[str], vocabulary: Vocabulary) -> Reading:
        """Tokens that are there already: an order or an edit of a reading's. Raises TextError if there are none."""
        tokens = tuple(tokens)
        return cls(" ".join(tokens), tokens, _rows(tokens, vocabulary), vocabulary)

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def read(self) -> tuple[str, ...]:
        """The word whose vector stands for each token: the token itself, the one that it is read as, or "<unk>"."""
        return tuple(self.vocabulary.words[row] for row in self.rows)

    @property
    def known(self) -> tuple[bool, ...]:
        """False for each token for which no word was found."""
        return tuple(row != UNKNOWN for row in self.rows)

    @property
    def unknown(self) -> tuple[int, ...]:
        """The places of the tokens for which no word was found, from 0."""
        return tuple(place for place, known in enumerate(self.known) if not known)

    @property
    def replaced(self) -> dict[int, str]:
        """The words that are read in the place of tokens without a vector, by the tokens' places from 0."""
        places = enumerate(zip(self.tokens, self.read, self.rows, strict=True))
        return {place: word for place, (token, word, row) in places if row != UNKNOWN and word != token}

    @property
    def words(self) -> tuple[int, ...]:
        """The places of the tokens that are words rather than signs, from 0."""
        return tuple(place for place, token in enumerate(self.tokens) if is_word(token))

    @property
    def joined(self) -> str:
        """The tokens with spaces between them, for a link: they are read again as the same tokens."""
        return " ".join(self.tokens)


def read(text: str, vocabulary: Vocabulary, limit: int | None = None) -> Reading:
    """Read a text, its first `limit` tokens. Raises TextError if there is nothing to read in it."""
    tokens = tokenize(text)
    kept = tuple(tokens[:limit])
    return Reading(text, kept, _rows(kept, vocabulary), vocabulary, len(tokens) - len(kept))


def readable(text: str, vocabulary: Vocabulary, limit: int | None = None) -> Reading | None:
    """`read`, but None if there is nothing to read in the text."""
    try:
        return read(text, vocabulary, limit)
    except TextError:
        return None


def _rows(tokens: tuple[str, ...], vocabulary: Vocabulary) -> tuple[int, ...]:
    if not tokens:
        raise TextError("There is nothing to read in this text: no word, no sign.")
    return tuple(vocabulary.encode(tokens))
