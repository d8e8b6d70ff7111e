"""The texts that rules and word lists make, to the last byte and in their order: another one is another training."""

import hashlib
import json
from collections.abc import Callable

import pytest

from explorer.evaluation import fairness, invariance
from explorer.evaluation.common_words import common_words
from explorer.evaluation.labelled_phrases import labelled_phrases
from explorer.evaluation.neutral_phrases import neutral_phrases as measured_phrases
from explorer.evaluation.neutral_phrases import neutral_texts
from explorer.evaluation.order_pairs import FRESH, constructions, order_pairs, training_evidence
from explorer.evaluation.seen_texts import seen_texts
from explorer.evaluation.skeletons import skeleton
from explorer.evaluation.typed_texts import typed_texts
from explorer.evaluation.viewpoints import viewpoints
from explorer.training.augmentation.denials import change_sentences
from explorer.training.augmentation.neutral_phrases import neutral_phrases
from explorer.training.augmentation.opinion_phrases import FURTHER, SLIGHT, lukewarm_phrases, opinion_phrases
from explorer.training.augmentation.viewpoints import viewpoint_phrases
from explorer.training.corpus import MORE
from explorer.training.taught_constructions import training_texts
from explorer.training.tied_embeddings import tied_words

TREES = [
    "(3 (2 (2 The) (2 film)) (3 (2 is) (3 (3 funny) (2 .))))",
    "(1 (2 (2 This) (2 movie)) (1 (1 (2 is) (1 (2 n't) (2 good))) (2 .)))",
    "(4 (2 (2 Its) (2 hero)) (4 (4 (2 never) (3 (2 fails) (3 (2 to) (3 charm)))) (2 .)))",
    "(0 (2 (2 The) (2 plot)) (1 (1 (2 was) (1 dull)) (0 (2 and) (0 awful))))",
    "(3 (2 (2 A) (3 (3 lovely) (2 story))) (2 (2 without) (1 (2 any) (1 boredom))))",
]

GENERATED: dict[str, tuple[Callable[[], object], str]] = {
    "opinion phrases": (
        lambda: list(opinion_phrases(8_000, 0)),
        "c251c4a4a57dbe71ae0466233288c214e800e93efb15577fe72ac9439f3e0e73",
    ),
    "opinion phrases by further rules": (
        lambda: list(opinion_phrases(8_000, 0, more=(FURTHER,))),
        "064cc056f112a8671a3f93add235a8df8c77751895af2a4909e0e6bc0d000670",
    ),
    "opinion phrases by all rules": (
        lambda: list(opinion_phrases(8_000, 0, more=(FURTHER, SLIGHT))),
        "8c2bd9ca20b9c5dcabfb04ba42000e228ddbee29b4803a1f26fd74c588b9cf60",
    ),
    "opinion phrases with rules on meaning": (
        lambda: list(opinion_phrases(8_000, 0, more=MORE)),
        "d8e0e5121dde1e3ae832dbd49e1f3db6edefb24c35d9d41a634c2e9e712b092e",
    ),
    "two opinions": (
        lambda: list(viewpoint_phrases(8_000, 0)),
        "d3268b59fce39301286c5f8d0da7671a64a34c17ac12c2ac70e9bf956dd52dad",
    ),
    "lukewarm phrases": (
        lambda: list(lukewarm_phrases(2_000, 0)),
        "d94b7343dd3f24cd98feec31edf048c3949389eec7ee09b75c5075db309ebb67",
    ),
    "neutral phrases as people type them": (
        lambda: list(neutral_phrases(8_000, 0, True, typed=True)),
        "eb7849e9c6ef907d28c6375e63f98b15f7f82c1aeb02f3ad8dd6660e4e473849",
    ),
    "neutral phrases": (
        lambda: list(neutral_phrases(4_000, 0)),
        "0e5598b3f36b04a36a604e6579f6c30381f86a88c83c6b89c29fcd729c079cbe",
    ),
    "neutral phrases by all rules": (
        lambda: list(neutral_phrases(8_000, 0, True)),
        "a0908c5d958cb6aec172294967aaa7a8e6cf2d4843a2afdb0525b324ac41d24e",
    ),
    "changed sentences": (
        lambda: change_sentences(TREES, 100, 100, 5),
        "62be58578758335c081460f460ea73862b97d81e1736c026a0f90f250c9e2b41",
    ),
    "tied words": (
        tied_words,
        "ed0a4bfeb7d86130d98f92ffcf960a12e1be52681d509ef8725d4dfcdc12ce42",
    ),
    "training texts in which constructions are looked for": (
        training_texts,
        "a1af506cf196f902a6453a0cff7f7fa65e15ea58fb0a1c10c922b0d958e8f74f",
    ),
    "labelled phrases": (
        lambda: [list(vars(phrase).values()) for phrase in labelled_phrases()],
        "c5f6873d552272926501a2dda0234e542ab8dfc03fe9b9121bac19e2f89012b7",
    ),
    "order pairs": (
        lambda: [list(vars(pair).values()) for pair in order_pairs()],
        "7b0247daadf5433c877db8dcf95e2acb3848c96a1a784cb282837fdda55c927c",
    ),
    "skeletons": (
        lambda: [skeleton(construction) for construction in constructions()],
        "cafe4b7923e29cf42e40b02308b6a65fa0c7e25996e87549d788d9e208c788d2",
    ),
    "which constructions were taught": (
        training_evidence,
        "7f6306492b856c4ff819fdf9f72ad9bc7ee53a318eb9f5c4b748613bd04fc302",
    ),
    "neutral phrases that are measured": (
        measured_phrases,
        "0271a6b902ac502f36e8dbd7d16130e88c531eaa80ea641551257b6942951efe",
    ),
    "typed texts": (
        lambda: [list(vars(each).values()) for each in typed_texts()],
        "dd20ec3ae28bb20fc3900a5796a2693c4034d956a1a1b540a3049b6d88f6b9d3",
    ),
    "fresh order pairs": (
        lambda: [list(vars(pair).values()) for pair in order_pairs(FRESH)],
        "7de3fa66519d7c6821be4583ee7c8361505d277a3115c01bae34b894d8295469",
    ),
    "neutral texts": (
        neutral_texts,
        "f39e0d50e8f25242a130b000029f4c50547ba2fbf7b5183d9554e905a5be0b43",
    ),
    "who speaks and when": (
        lambda: [list(vars(each).values()) for each in viewpoints()],
        "3ff06c92af00751676157294d7f29efedf6c5acf6040e81a43925f4b2262cea7",
    ),
    "common words": (
        common_words,
        "b562b648509d67bba6e76a32780498523a60cb3cec0d7b511574835240b62096",
    ),
    "which texts were seen": (
        seen_texts,
        "90d48440e2e3ee9b5c8649ff5f7ba6ce9451bee70f01558f5e3464ba87b9b9e7",
    ),
    "sentences on groups": (
        lambda: [
            fairness.sentence(frame, name)
            for frames in fairness.frames().values()
            for frame in frames
            for name in fairness.group_names()
        ],
        "b337170ce06d811c61648d811e88ce11647d6bd4a35e48f7aba40edc8de35fa7",
    ),
    "edits": (
        lambda: invariance.edits(["the film is wonderful , but is it long ?", "i hated every minute of it ."]),
        "f7d094c1d63b1bf98160f3c102fadfaa5f36a04f520ddb6404b44c2b74e9ae68",
    ),
}


@pytest.mark.parametrize("name", GENERATED)
def test_generated_texts_are_those_that_the_models_were_trained_and_measured_on(name: str) -> None:
    generate, checksum = GENERATED[name]
    content = json.dumps(generate(), ensure_ascii=False).encode()
    assert hashlib.sha256(content).hexdigest() == checksum
