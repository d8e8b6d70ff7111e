"""A text as models read it: read once, where it comes in, and handed on as one value from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from explorer.reading import compounds, languages, meanings, ratings
from explorer.reading.characters import Span, written
from explorer.reading.spans import spans
from explorer.reading.tokenizer import is_word, tokenize, unread
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

UNDERSTOOD = 0.25  # up to this share of known words among those that say something, a text is one unknown word


class TextError(ValueError):
    """A text that no model can read, because there is no word or sign in it."""


@dataclass(frozen=True)
class Source:
    """Where a token comes from: tokens `first` … `behind` of `tokenize`, from 0; or letters of a single one of them."""

    first: int
    behind: int
    letters: Span | None = None


@dataclass(frozen=True)
class Reading:
    """A text as the models of one vocabulary read it, T tokens, at least one.

    `text`: as it was typed. `tokens`: T strings, what of it is read. `rows`: T rows of the table of vectors, of the
    word that each token is read as. `cut`: how many tokens more the text has, left off at a limit. `sources`: where
    each token comes from; None if they are those of `tokenize`. `language`: the other one than English that the text
    seems to be in, if it does. Readings of the same text by the same vocabulary are equal.

    A token is not always what `tokenize` makes of the text: a hyphenated word without a vector is read as its parts, a
    rating ("two stars", "3 out of 10") as one token, and a text of which hardly a word is known as one unknown word,
    since what a model says after many unknown words says nothing of them.
    """

    text: str
    tokens: tuple[str, ...]
    rows: tuple[int, ...]
    vocabulary: Vocabulary = field(repr=False, compare=False)
    cut: int = 0
    sources: tuple[Source, ...] | None = field(default=None, repr=False, compare=False)
    language: str | None = None

    @classmethod
    def of_tokens(cls, tokens: Iterable[str], vocabulary: Vocabulary) -> Reading:
        """Tokens that are there already: an order or an edit of a reading's. Raises TextError if there are none."""
        tokens = tuple(tokens)
        if not tokens:
            raise TextError("There is nothing to read in this text: no word, no sign.")
        return cls(" ".join(tokens), tokens, tuple(vocabulary.encode(tokens)), vocabulary)

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

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each token stands in the typed text, in order; none reaches into the one before it."""
        places = spans(self.text)
        if self.sources is None:
            return tuple(places[: len(self)])
        return tuple(_span(source, places) for source in self.sources)

    @cached_property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """All that is read differently from how it was typed: what was typed, and the words that are read for it.

        Each pair once, in order. Unknown words are not among them, nor is another kind of quotation mark or dash.
        """
        words, groups = self.read, _words(self.text, self.spans, self.tokens)
        known = [(start, behind) for start, behind in groups if UNKNOWN not in self.rows[start:behind]]
        typed = [self.text[self.spans[start][0] : self.spans[behind - 1][1]] for start, behind in known]
        read = [" ".join(words[start:behind]) for start, behind in known]
        pairs = zip(typed, read, strict=True)
        return tuple(dict.fromkeys(pair for pair in pairs if written(pair[0]) != pair[1].replace(" ", "")))

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The emoji, flags and keycaps that are left out, since they say nothing of a film; each once, in order."""
        return tuple(dict.fromkeys(unread(self.text)))


def read(text: str, vocabulary: Vocabulary, limit: int | None = None) -> Reading:
    """Read a text, its first `limit` tokens. Raises TextError if there is nothing to read in it."""
    base = tokenize(text)
    tokens, sources = _merged(*_parted(base, vocabulary))
    kept = tokens[:limit]
    if not kept:
        raise TextError("There is nothing to read in this text: no word, no sign.")
    rows, cut = vocabulary.encode(kept), len(tokens) - len(kept)
    language = languages.foreign(kept, vocabulary.index)
    if language is not None or not _understood(kept, rows):
        sources = sources or [Source(i, i + 1) for i in range(len(kept))]
        kept, sources = _in_one(kept, rows, sources, language is not None)
        rows = vocabulary.encode(kept)
    origin = None if sources is None else tuple(sources[: len(kept)])
    return Reading(text, tuple(kept), tuple(rows), vocabulary, cut, origin, language)


def readable(text: str, vocabulary: Vocabulary, limit: int | None = None) -> Reading | None:
    """`read`, but None if there is nothing to read in the text."""
    try:
        return read(text, vocabulary, limit)
    except TextError:
        return None


Sources = list[Source] | None


def _parted(base: list[str], vocabulary: Vocabulary) -> tuple[list[str], Sources]:
    """The tokens, hyphenated ones without a vector as their parts."""
    parts = {i: found for i, token in enumerate(base) if "-" in token and (found := compounds.parts(token, vocabulary))}
    if not parts:
        return base, None
    tokens, sources = [], []
    for i, token in enumerate(base):
        for part, start, end in parts.get(i, [(token, 0, len(token))]):
            tokens.append(part)
            sources.append(Source(i, i + 1, (start, end) if i in parts else None))
    return tokens, sources


def _merged(tokens: list[str], sources: Sources) -> tuple[list[str], Sources]:
    """The tokens, those that are a rating together as one."""
    places = ratings.merged(tokens)
    if not places:
        return tokens, sources
    return _joined(tokens, sources or [Source(i, i + 1) for i in range(len(tokens))], places)


def _in_one(
    tokens: Sequence[str], rows: Sequence[int], sources: list[Source], foreign: bool
) -> tuple[list[str], list[Source]]:
    """The tokens, all that stand between emoji or ratings as one, which is unknown."""
    bounds = [-1, *(i for i, token in enumerate(tokens) if meanings.word(token)), len(tokens)]
    runs = [(before + 1, after) for before, after in pairwise(bounds)]
    return _joined(tokens, sources, [(a, b) for a, b in runs if foreign or UNKNOWN in rows[a:b]])


def _joined(
    tokens: Sequence[str], sources: list[Source], places: Iterable[tuple[int, int]]
) -> tuple[list[str], list[Source]]:
    """The tokens, those of each place (the first and the one behind the last) as one."""
    all_of: list[str] = []
    origins: list[Source] = []
    behind = 0
    for first, end in [*places, (len(tokens), len(tokens))]:
        all_of += tokens[behind:first]
        origins += sources[behind:first]
        if first < end:
            all_of.append(" ".join(tokens[first:end]))
            origins.append(Source(sources[first].first, sources[end - 1].behind))
        behind = end
    return all_of, origins


def _understood(tokens: Sequence[str], rows: Sequence[int]) -> bool:
    """Whether more than a few of the words that say something are known, or something else in it is."""
    if UNKNOWN not in rows:
        return True
    telling = [
        row != UNKNOWN
        for token, row in zip(tokens, rows, strict=True)
        if token not in languages.ENGLISH and any(map(str.isalpha, token)) and not meanings.word(token)
    ]
    return not telling or sum(telling) > UNDERSTOOD * len(telling)


def _span(source: Source, places: Sequence[Span]) -> Span:
    start, end = places[source.first][0], places[source.behind - 1][1]
    if source.letters is None:
        return start, end
    first, behind = source.letters
    return min(start + first, end), min(start + behind, end)


def _words(text: str, places: Sequence[Span], tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Tokens that belong to one typed word: the places of the first and of the one behind the last."""
    start = 0
    for i in range(1, len(tokens) + 1):
        between = text[places[i - 1][1] : places[i][0]] if i < len(tokens) else " "
        pair = tokens[i - 1 : i + 1]
        if any(map(str.isspace, between)) or any(meanings.word(token) or not is_word(token) for token in pair):
            yield start, i
            start = i
