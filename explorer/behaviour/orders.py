"""Order pairs: two texts of the same tokens in two orders with opposite sentiment.

Each construction has a place {x} for the words that decide the sentiment and a place {y} for their opposites. With a
positive {x} the text is positive; with the two exchanged it is negative. {s} is what the text is about.
Whether training taught a construction is not said here: `taught` finds out.
"""

from __future__ import annotations

from dataclasses import dataclass

# Words for the two places by part of speech: ten pairs or more, the positive one first. Where "a" can stand before a
# word, the word starts with a consonant.
WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "adjective": (
        ("good", "bad"), ("brilliant", "terrible"), ("funny", "tedious"), ("gripping", "dull"), ("wonderful", "dreadful"),
        ("clever", "stupid"), ("beautiful", "hideous"), ("thrilling", "boring"), ("charming", "tiresome"),
        ("superb", "lousy"), ("delightful", "painful"), ("great", "pathetic"),
    ),
    "noun": (
        ("masterpiece", "mess"), ("triumph", "disaster"), ("gem", "dud"), ("delight", "bore"), ("joy", "chore"),
        ("classic", "flop"), ("pleasure", "pain"), ("marvel", "failure"), ("success", "fiasco"), ("treat", "letdown"),
    ),
    "verb": (
        ("love", "hate"), ("enjoy", "dislike"), ("adore", "detest"), ("admire", "despise"), ("like", "loathe"),
        ("praise", "condemn"), ("cherish", "abhor"), ("applaud", "deplore"), ("treasure", "scorn"), ("embrace", "reject"),
    ),
    "participle": (
        ("delighted", "bored"), ("thrilled", "annoyed"), ("charmed", "irritated"), ("moved", "disgusted"),
        ("amused", "exhausted"), ("enchanted", "disappointed"), ("captivated", "appalled"), ("fascinated", "frustrated"),
        ("entertained", "insulted"), ("impressed", "embarrassed"),
    ),
    "predicate": (
        ("works", "fails"), ("shines", "sinks"), ("soars", "crashes"), ("sparkles", "stinks"), ("delights", "bores"),
        ("succeeds", "falls flat"), ("holds together", "falls apart"), ("hits the mark", "misses the mark"),
        ("comes alive", "goes nowhere"), ("rewards our patience", "wastes our time"),
    ),
    "adverb": (
        ("brilliantly", "badly"), ("beautifully", "clumsily"), ("superbly", "poorly"), ("wonderfully", "dreadfully"),
        ("skilfully", "ineptly"), ("gracefully", "crudely"), ("cleverly", "stupidly"), ("splendidly", "miserably"),
        ("expertly", "carelessly"), ("marvellously", "atrociously"),
    ),
}  # fmt: skip
SUBJECTS = (
    "the film", "this movie", "the story", "the new thriller", "her second picture", "the whole thing", "this remake",
    "the documentary", "the third season", "the director 's cut", "his comeback", "the little comedy from norway",
)  # fmt: skip


@dataclass(frozen=True)
class Construction:
    """A way to say one of two opposites. `words` is a key of WORDS; `family` what kind of turn it is."""

    family: str
    words: str
    template: str


@dataclass(frozen=True)
class Pair:
    """Two texts of the same tokens, the first positive and the second negative, and the template that they share."""

    positive: str
    negative: str
    construction: str


# By family and part of speech. Every pair of opposites fits every template of its part of speech.
_TEMPLATES: dict[str, dict[str, tuple[str, ...]]] = {
    "comparison": {
        "adjective": (
            "{s} is {x} rather than {y} .",
            "{s} is much more {x} than {y} .",
            "there are far more {x} scenes than {y} ones .",
            "it has far fewer {y} moments than {x} ones .",
            "for every {y} scene in it there are ten {x} ones .",
        ),
        "noun": ("{s} comes a lot closer to being a {x} than to being a {y} .",),
        "predicate": ("{s} {x} far more often than it {y} .",),
    },
    "contrast": {
        "adjective": (
            "{y} at times , but {x} on the whole .",
            "despite some {y} scenes , this is a {x} film .",
            "for all its {y} moments , {s} is {x} .",
            "even though a few of the jokes are {y} , {s} is {x} .",
            "the costumes are {y} , yet the film as a whole is {x} .",
            "while the trailer was {y} , {s} itself is {x} .",
        ),
        "predicate": ("one or two times it {y} , but as a whole {s} {x} .",),
    },
    "concession": {
        "adjective": (
            "granted , the first scene is {y} ; everything after it is {x} .",
            "say what you like about the {y} effects , {s} is {x} and that is what counts .",
            "apart from one {y} scene in the middle , everything here is {x} .",
            "{s} may well be {y} in places , it is still a {x} piece of work .",
        ),
    },
    "expectation": {
        "adjective": (
            "{s} looks {y} on paper and proves {x} on screen .",
            "the idea sounds {y} but the result is {x} .",
            "to my surprise , {s} was {x} and not {y} at all .",
            "where others would have been {y} , {s} is {x} .",
        ),
        "noun": ("i was told to expect a {y} and found a {x} instead .",),
        "participle": ("i thought that i would be {y} by {s} ; i was {x} .",),
    },
    "change in time": {
        "adjective": (
            "the longer it ran , the less {y} and the more {x} it became .",
            "on a first viewing i found it {y} ; now i find it {x} .",
            "he used to make {y} films ; this one is {x} .",
            "her last film was {y} . this one is {x} .",
            "gone are the {y} scenes of the first cut ; {x} ones have taken their place .",
            "{s} stops being {y} after five minutes and stays {x} for the two hours that follow .",
        ),
        "noun": ("it was a {y} in the cinema years ago ; in this new version it is a {x} .",),
        "verb": ("i used to {y} her films , now i {x} them .",),
        "adverb": ("the leads , who acted {y} in the first part , act {x} in this one .",),
    },
    "correction": {
        "adjective": (
            "{s} is anything but {y} ; it is {x} .",
            "instead of {y} scenes we get {x} ones .",
            "hardly {y} , {s} is {x} through and through .",
            "nobody could call {s} {y} ; {x} is the word .",
            "to call it {y} is wrong ; to call it {x} is right .",
        ),
        "noun": (
            "far from being a {y} , {s} is a {x} .",
            "no {y} here , only a {x} .",
            "do not think of it as a {y} , think of it as a {x} .",
        ),
        "verb": ("you will not {y} {s} , you will {x} it .",),
        "predicate": ("{s} never {y} and always {x} .",),
        "adverb": ("the cast perform {x} , never {y} .",),
    },
    "reported opinion": {
        "adjective": (
            "the critics called it {y} ; they are wrong , it is {x} .",
            "my friends found it {y} . i found it {x} .",
            "do not believe those who say that {s} is {y} , because it is {x} .",
            "people who find it {y} have not understood {s} : it is {x} .",
        ),
        "noun": ("the papers wrote it off as a {y} , but those of us who paid for a ticket know that it is a {x} .",),
        "verb": ("others may {y} it ; i for one {x} it .",),
        "participle": ("my sister says that {s} left her {y} ; speaking for myself , i was {x} .",),
        "predicate": ("they say that {s} {y} ; trust me , it {x} .",),
    },
    "question and answer": {
        "adjective": (
            "is {s} {y} ? no , it is {x} .",
            "{y} ? on the contrary : {x} .",
            "{x} or {y} ? the former .",
            "how {y} is it ? not at all . how {x} ? very .",
        ),
        "noun": ("did i sit through a {y} ? no . did i see a {x} ? yes .",),
        "participle": ("was i {y} ? not for a second . was i {x} ? from start to finish .",),
    },
    "what might have been": {
        "adjective": (
            "{s} could have been {y} ; it is {x} .",
            "it should have been {y} given that cast , and yet it is {x} .",
        ),
        "noun": ("with another director this would have been a {y} ; as it stands it is a {x} .",),
        "adverb": ("a story that might have been told {y} is told {x} here .",),
    },
    "double negation": {
        "adjective": (
            "there is nothing {y} about {s} and nothing that is not {x} .",
            "i can not say that {s} is not {x} , and i would never say that it is {y} .",
        ),
    },
    "negation far away": {
        "adjective": (
            "i do not believe that anybody who has seen {s} to the end would call it {y} rather than {x} .",
            "at no point during its two hours is {s} {y} , and at most points it is {x} .",
            "none of the people i went to see it with thought it {y} ; all of them thought it {x} .",
        ),
        "participle": ("i can not think of a moment in {s} when i was {y} , but of many when i was {x} .",),
    },
    "list": {
        "adjective": (
            "the acting , the script and the music are {x} ; only the title is {y} .",
            "of its ten scenes one is {y} and nine are {x} .",
        ),
    },
    "what the film is": {
        "adjective": (
            "a {x} film whose title is {y} .",
            "a {x} film made from a {y} novel .",
            "a {x} movie from a director known for {y} ones .",
            "the actor who was {y} in everything else is {x} in this .",
            "the neighbours at the party were {y} company , but the film we watched there was {x} .",
        ),
        "noun": ("this is a {x} disguised as a {y} .", "what i took for a {y} is in truth a {x} ."),
        "predicate": ("where the first film {y} , this one {x} .",),
    },
    "plain opposition": {
        "adjective": ("{x} , not {y} .", "{s} is {x} , not {y} ."),
        "noun": ("i expected a {y} and got a {x} .",),
        "adverb": ("it started {y} but ended {x} .",),
    },
}
CONSTRUCTIONS: tuple[Construction, ...] = tuple(
    Construction(family, words, template)
    for family, by_words in _TEMPLATES.items()
    for words, templates in by_words.items()
    for template in templates
)


def pairs() -> list[Pair]:
    """Every construction with every pair of opposites of its part of speech, the subjects in turn."""
    made = []
    for place, one in enumerate(CONSTRUCTIONS):
        for turn, (good, bad) in enumerate(WORDS[one.words]):
            about = SUBJECTS[(place + turn) % len(SUBJECTS)]
            texts = (one.template.format(x=x, y=y, s=about) for x, y in ((good, bad), (bad, good)))
            made.append(Pair(*texts, one.template))
    return made
