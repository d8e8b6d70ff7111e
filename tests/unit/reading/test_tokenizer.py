"""Text: worked examples, the Treebank's own rules as a reference, and laws for every text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.tokenize import TreebankWordTokenizer

from explorer.reading.characters import KEYCAP, normalise
from explorer.reading.tokenizer import is_word, tokenize, unread
from explorer.reading.vocabulary import UNKNOWN, Vocabulary

PIECES = st.sampled_from(
    ["n't", "'s", "'", "''", "``", "`", '"', ".", "..", "--", "-", "mr.", "u.s.", "can't", "cannot",
     "isn’t", "<br />",
     "<br", ">", " ", "\t", "\u200b", "\u0301", "\xad", "İ", "ß", "½", "1,000", "_", "http://", "www.", "@", "a@b.c",
     "@x", "/?q=1",
     "3/10", ":-(", ":", ")", "<3", "&#39;", "&amp;", "&lt;", "´", "–", "★", "☆",
     "❤️", "🇫🇷", "1️⃣", "🎬", "a", "x", "😀", "👨‍👩‍👧", "🤷‍♀️", "\x00", "\ud800", "中文", "é", "ﬁ"]
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
        ("zero\u200bwidth, so\xadft and \x00 control", "zero width , soft and control"),
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
    assert not any(map(str.isalnum, after))


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
    if KEYCAP not in text:  # of which the digit goes, too
        assert letters == [character for character in normalise(text) if character.isalnum()]


@pytest.mark.parametrize("sign", "´`′‛‘’ʼ")
def test_what_stands_between_letters_like_an_apostrophe_is_one(sign: str) -> None:
    assert tokenize(f"it isn{sign}t, can{sign}t") == ["it", "is", "n't", ",", "ca", "n't"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("isn&#39;t isn&#x27;t isn&apos;t isn&rsquo;t", "is n't is n't is n't is n't"),
        ("not&nbsp;funny &amp; slow", "not funny & slow"),
        ("&lt;3 &amp;amp; &amp;#39;", "<3 & '"),
        ("AT&T; & co; &foo;", "at & t ; & co ; & foo ;"),
    ],
)
def test_entities_stand_for_characters(text: str, tokens: str) -> None:
    assert tokenize(text) == tokens.split()


@pytest.mark.parametrize("dash", "‒–—―−⸺⸻")
def test_a_dash_parts_words_and_a_hyphen_does_not(dash: str) -> None:
    assert tokenize(f"good{dash}not bad")[::2] == ["good", "not"]
    assert len(tokenize(f"good{dash}not bad")) == 4
    assert [tokenize(f"well{hyphen}made") for hyphen in "-‐‑"] == [["well-made"]] * 3


@pytest.mark.parametrize(
    ("invisible", "tokens"),
    [("\u200b", ["not", "bad"]), *((sign, ["notbad"]) for sign in "\xad\u200c\u200d\u2060\ufeff\u200e\u034f\ufe0f")],
)
def test_invisible_characters_as_unicode_has_them(invisible: str, tokens: list[str]) -> None:
    assert tokenize(f"not{invisible}bad") == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("❤️", ["❤"]), ("👍🏽👍🏿", ["👍", "👍"]), ("🤷🏽‍♀️", ["🤷‍♀"]), ("good 1️⃣ #️⃣", ["good"]), ("good 🇫🇷🇩🇪", ["good"]),
        ("good 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨‍👩‍👧 🍕", ["good"]), ("so good😀!", ["so", "good", "😀", "!"]), ("2️⃣0️⃣", []),
    ],
)  # fmt: skip
def test_a_sign_and_its_modifiers_are_one_token_and_flags_are_none(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_what_is_left_out_is_told() -> None:
    assert unread("good 🇫🇷, 1️⃣ 🍕😀") == ["🇫🇷", "1⃣", "🍕"]
    assert unread("good :-)") == []


VERBS = "is was are were do does did has have had could would should need must might ai ca wo"
SHORT = "youre theyre im ive thats hes youve shouldve theyll youd"
WORDS = "its were well ill hell shell id wed lets want"


@pytest.mark.parametrize("verb", VERBS.split())
def test_a_negation_needs_no_apostrophe(verb: str) -> None:
    assert tokenize(f"it {verb}nt") == tokenize(f"it {verb}n't") == ["it", verb, "n't"]


@pytest.mark.parametrize("word", SHORT.split())
def test_other_short_forms_need_none_where_they_are_no_word(word: str) -> None:
    assert len(tokenize(word)) == 2
    assert "".join(tokenize(word)).replace("'", "") == word


@pytest.mark.parametrize("word", WORDS.split())
def test_words_of_their_own_stay(word: str) -> None:
    assert tokenize(word) == [word]


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
    assert [is_word(token) for token in ("n't", "10", "é", "😀", ",", "🎬", "...")] == [True] * 4 + [False] * 3
