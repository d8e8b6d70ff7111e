"""Text: worked examples, the Treebank's own rules as a reference, and laws for every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.tokenize import TreebankWordTokenizer

from explorer.reading.tokenizer import is_word, normalise, tokenize
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

PIECES = st.sampled_from(
    ["n't", "'s", "'", "''", "``", "`", '"', ".", "..", "--", "-", "mr.", "u.s.", "can't", "cannot", "isn’t", "<br />",
     "<br", ">", " ", "\t", "\u200b", "\u0301", "\xad", "İ", "ß", "½", "1,000", "_", "http://", "www.", "@", "a@b.c",
     "@x", "/?q=1", "a", "x", "😀", "👨‍👩‍👧", "\x00", "\ud800", "中文", "é", "ﬁ"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It isn't bad.", "it is n't bad ."),
        ("good, not bad", "good , not bad"),
        ("Can’t, won't, cannot!", "ca n't , wo n't , can not !"),
        ("Mr. Smith's well-made U.S. film... 3.5 of 10", "mr. smith 's well-made u.s. film ... 3.5 of 10"),
        ("one<br /><BR>two", "one two"),
        ("“Fine”", '" fine "'),
        ("zero\u200bwidth and \x00 control", "zerowidth and control"),
        ("NAÏVE ﬁlm 😀", "naïve film 😀"),
        ("rock'n'roll o'clock", "rock'n'roll o'clock"),
        ("See http://www.IMDB.com/title/tt0111161/?ref_=x.", "see http://www.imdb.com/title/tt0111161/?ref_=x ."),
        ("(www.a-b.org/c),<br />it's", "( www.a-b.org/c ) , it 's"),
        ("me.you@mail.co.uk, @John_Doe: 5 @ 3 a@b", "me.you@mail.co.uk , @john_doe : 5 @ 3 a @ b"),
        ("http:// www. @_@", "http : / / www . @ _ @"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_worked_examples(text: str, tokens: str) -> None:
    assert tokenize(text) == tokens.split()


@pytest.mark.parametrize(
    "text",
    [
        "the film is n't half as good as it should be .",
        "I don't think they've seen it, but she'll like it.",
        "Why would anyone cast the magnificent Jackie Chan in a movie full of stunt doubles?",
        "You can't say it's dull; it cannot bore!",
        "A $10 ticket, and 90 minutes of well-meant fun (or not).",
        "They're gonna love the director's cut.",
    ],
)
def test_as_the_treebank_does(text: str) -> None:
    assert tokenize(text) == [token.lower() for token in TreebankWordTokenizer().tokenize(text)]


@given(st.text(alphabet="abc/?=&-_.:,)'", max_size=20), st.sampled_from(["http://", "https://", "www."]))
def test_a_link_is_one_token(rest: str, start: str) -> None:
    first, *after = tokenize(f"{start}a{rest}")
    assert first.startswith(f"{start}a")
    assert not any(map(is_word, after))


@given(TEXTS)
@example("a\u200d\u0301")
@example("x`é")
def test_reading_tokens_again_changes_nothing(text: str) -> None:
    tokens = tokenize(text)
    assert tokenize(" ".join(tokens)) == tokens


@given(TEXTS)
def test_tokens_have_no_space_and_lose_no_word(text: str) -> None:
    tokens = tokenize(text)
    assert not any(character.isspace() for token in tokens for character in token)
    assert "" not in tokens
    letters = [character for character in "".join(tokens) if character.isalnum()]
    assert letters == [character for character in normalise(text) if character.isalnum()]


@given(TEXTS, TEXTS)
def test_a_text_means_the_same_beside_another(first: str, second: str) -> None:
    if not {"<", ">"} & set(normalise(first) + normalise(second)):  # a tag may span both
        assert tokenize(f"{first} {second}") == tokenize(first) + tokenize(second)


def test_long_pieces_are_split_like_short_ones() -> None:
    assert tokenize("x" * 40 + "n't") == ["x" * 40, "n't"]


def test_vocabulary_knows_its_words_and_no_others() -> None:
    words = Vocabulary(["good", "bad"])
    assert len(words) == 4
    assert words.encode(["bad", "Good", "good", "<pad>"]) == [3, UNKNOWN, 2, UNKNOWN]
    with pytest.raises(ValueError, match="twice"):
        Vocabulary(["good", "good"])


def test_vocabulary_reads_what_is_not_a_word_of_its_own() -> None:
    words = Vocabulary(["good", "happy"])
    assert words.encode(["goood", "happiness", "http://good", "good"]) == [2, 3, UNKNOWN, 2]


def test_signs_are_not_words() -> None:
    assert [is_word(token) for token in ("n't", "10", "é", ",", "😀", "...")] == [True, True, True, False, False, False]
