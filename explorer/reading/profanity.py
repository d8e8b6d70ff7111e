"""Crude: words that a page does not offer by itself, since it is shown in class."""

from __future__ import annotations

import re

# Stems of crude and offensive words. A false alarm costs nothing, a miss does.
CRUDE = re.compile(
    "fuck|shit|cunt|nigger|nigga|asshole|"
    "^(?:bastard|bitch|boob|crap|cumm|faggot|horny|incest|jackass|masturb|molest|orgas|orgy|paedo|pedo|penis|piss|porn|pussy|"
    "rapist|retard|slut|titties|vagina|wank|whore)|"
    "^(?:ass|asses|arse|cock|cocks|cum|dick|dicks|dyke|dykes|fag|fags|orgies|prick|pricks|rape|raped|rapes|raping|tit|"
    "tits|turd|turds|chinks?|coons?|gooks?|japs?|kikes?|negro|negroes|shemales?|spics?|trann(?:y|ies))$"
)
HIDDEN = re.compile(r"[*@$#%&!] [*@$#%&]|(?:^| )[a-z]{1,2} \* [a-z]")  # such a word that its writer did not spell out


def crude(text: str) -> bool:
    """Whether there is a crude or offensive word among tokens that are joined with spaces.

    >>> crude("what a crappy film"), crude("a cocktail , passed around"), crude("f * * k it")
    (True, False, True)
    """
    return bool(HIDDEN.search(text)) or any(CRUDE.search(part) for part in text.replace("-", " ").split())
