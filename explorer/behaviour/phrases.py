"""Single phrases with a label, by kind: negation near and far, contrast, questions, intensifiers, "no" and its kin.

Nothing is ironic: each phrase means what it says, and a careful reader gives it the label that it has here.
"""

from __future__ import annotations

from dataclasses import dataclass

WORDS = (("good", "bad"), ("funny", "boring"), ("clever", "stupid"), ("moving", "dull"))  # opposites, positive first


@dataclass(frozen=True)
class Phrase:
    """A text and its label: 1 positive, 0 negative."""

    text: str
    label: int
    kind: str


# With a positive word in its place such a phrase is negative, with a negative word positive.
FAR = (
    "i do not think that this is a {} film .",
    "i would not say that it is a {} story .",
    "nobody that i know would call it a {} movie .",
    "i do not believe that anyone could ever find this {} .",
    "i can not in all honesty tell you that it was {} .",
    "it is not , whatever the people next to me may have thought , a {} film .",
    "i did not once , in the two hours that i spent in front of it , find it {} .",
    "none of the actors who walk on and off in the course of the story is {} .",
    "no critic whom i have read or heard since the day on which it came out calls it {} .",
)
BY_HAND: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # kind: (positive, negative)
    "negation near": (
        (
            "not bad", "not bad at all", "it is not boring", "it was n't dull", "this is not a bad film", "not boring for a second",
            "the acting is not terrible", "you wo n't be bored", "i was n't disappointed", "does n't disappoint",
            "the jokes are n't lame", "it did not bore me", "i did n't hate it", "not a waste of time",
        ),
        (
            "not good", "not good at all", "it is not funny", "it was n't interesting", "this is not a good film",
            "not funny for a second", "the acting is not convincing", "you wo n't be entertained", "i was n't impressed",
            "does n't work", "the jokes are n't funny", "it did not move me", "i did n't like it", "not worth your time",
        ),
    ),
    "contrast": (
        (
            "slow , but beautiful", "it is silly but i loved it", "the start is weak , but the rest is superb",
            "predictable , yet very funny", "a bit long but well worth it", "the plot is thin , but what a wonderful film",
            "although it starts badly , it ends as a great film", "despite its flaws , i enjoyed every minute",
            "it has its faults , but i would watch it again tomorrow", "the effects look cheap , but the story is gripping",
            "i wanted to hate it , but i adored it", "even with its dull first scene it is a joy",
            "while not perfect , it is a delight", "the critics hated it , but i think it is wonderful",
        ),
        (
            "beautiful , but empty", "it is pretty but i hated it", "the start is strong , but the rest is awful",
            "well acted , yet very boring", "a nice idea but badly made", "the cast is fine , but what a terrible film",
            "although it starts well , it ends as a mess", "despite its charms , i hated every minute",
            "it has its moments , but i would never watch it again", "the effects look expensive , but the story is stupid",
            "i wanted to love it , but i loathed it", "even with its lovely first scene it is a chore",
            "while not worthless , it is a bore", "the critics loved it , but i think it is dreadful",
        ),
    ),
    "question": (
        (
            "bad ? no .", "boring ? not at all .", "was it worth the money ? yes .", "what is not to like ?",
            "did i enjoy it ? very much .", "is it a waste of time ? far from it .", "would i see it again ? of course .",
            "who could dislike this film ?", "is it dull ? never .", "a failure ? certainly not .",
            "do you want to be thrilled ? then see this .", "terrible ? who says so ? i loved it .",
            "was i bored ? not for one second .", "how could anyone not love it ?",
        ),
        (
            "good ? no .", "funny ? not at all .", "was it worth the money ? no .", "what is there to like ?",
            "did i enjoy it ? not one bit .", "is it a masterpiece ? far from it .", "would i see it again ? never .",
            "who could enjoy this film ?", "is it moving ? never .", "a success ? certainly not .",
            "was it any good ? hardly .", "great ? who says so ? i hated it .",
            "was i thrilled ? not for one second .", "how could anyone love it ?",
        ),
    ),
    "intensifier": (
        (
            "very good", "really very good", "absolutely wonderful", "so funny", "extremely well made", "truly great",
            "incredibly moving", "quite good", "such a good film", "utterly charming", "a really clever story",
            "it is so very beautiful", "by far the best", "i liked it a lot",
        ),
        (
            "very bad", "really very bad", "absolutely dreadful", "so boring", "extremely badly made", "truly awful",
            "incredibly dull", "quite bad", "such a bad film", "utterly pointless", "a really stupid story",
            "it is so very ugly", "by far the worst", "i disliked it a lot",
        ),
    ),
    "no, never, nothing, without": (
        (
            "no dull moments", "never boring", "nothing bad to say about it", "without a single weak scene",
            "no flaws that i could find", "never a dull moment", "nothing about it is stupid", "it lacks any dull scene",
            "a thriller without silly scenes", "no reason to complain", "never less than gripping", "there is no bad acting in it",
            "nobody will be bored", "it never bores",
        ),
        (
            "no good moments", "never funny", "nothing good to say about it", "without a single good scene",
            "no talent that i could find", "never an interesting moment", "nothing about it is clever", "it lacks any charm",
            "a comedy without jokes", "no reason to watch", "never more than mediocre", "there is no good acting in it",
            "nobody will be amused", "it never thrills",
        ),
    ),
    "double negation": (
        (
            "you can not not love it", "it is never not a joy", "i can not say that i did not enjoy it",
            "not without charm", "never not funny", "there is no way not to like it", "i have never seen anyone not laugh at it",
            "nobody can say that it is not good", "it is impossible not to enjoy this", "it does not fail to entertain",
            "no one will fail to be moved", "it never fails to amuse", "you would be wrong not to see it",
        ),
        (
            "you can not not hate it", "it is never not a chore", "i can not say that i was not bored",
            "not without serious flaws", "never not boring", "there is no way not to dislike it",
            "i have never seen anyone not yawn at it", "nobody can say that it is not bad", "it is impossible not to hate this",
            "it does not fail to annoy", "no one will fail to be bored", "it never fails to irritate",
            "you would be right not to see it",
        ),
    ),
    "could, should, would have been": (
        (
            "it could not have been better", "it could hardly have been funnier", "it could have been dull , it is not",
            "i could not have enjoyed it more", "i would not have missed it for the world", "it could n't be better",
            "it might have been a mess , luckily it is not", "nothing could have been more moving",
            "it should have won every prize", "i could have watched it for ever", "this could have been awful , but it is lovely",
            "it could not have been any less boring", "no one could have done it better",
        ),
        (
            "it could have been better", "it could have been funnier", "it could have been good , it is not",
            "i could not have enjoyed it less", "i should have stayed at home", "it could n't be worse",
            "it might have been a gem , sadly it is not", "nothing could have been more boring",
            "it should never have been made", "it would have been better as a short", "this could have been lovely , but it is awful",
            "it should have been much shorter", "anyone could have done it better",
        ),
    ),
}  # fmt: skip
DISTANT = 10  # tokens between the negation and its word from which it is very far
NEGATIONS = frozenset(["not", "no", "nobody", "none"])


def distance(template: str) -> int:
    """Tokens between a template's negation and the place of its word, 5 … 18."""
    tokens = template.split()
    return tokens.index("{}") - next(i for i, token in enumerate(tokens) if token in NEGATIONS) - 1


def far() -> list[Phrase]:
    """Negations far from what they negate: each template with each word of both sides."""
    return [
        Phrase(template.format(word), label, "negation very far" if distance(template) >= DISTANT else "negation far")
        for template in FAR
        for pair in WORDS
        for word, label in zip(pair, (0, 1))
    ]


def phrases() -> list[Phrase]:
    """All phrases of all kinds."""
    by_hand = [
        Phrase(text, label, kind)
        for kind, sides in BY_HAND.items()
        for texts, label in zip(sides, (1, 0))
        for text in texts
    ]
    return by_hand + far()
