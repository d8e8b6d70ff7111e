"""The catalogue of what visitors read is that of the code, and every message is whole."""

import re
from string import Formatter

from messages import FILE, catalogue, written

from explorer.messages import _


def test_the_catalogue_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run `python -m tests.messages`"


def test_places_have_names() -> None:
    for message in catalogue():
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            fields = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
            assert all(re.fullmatch(r"\w+", name) and not name.isdigit() for name in fields), text


def test_a_message_without_a_translation_is_itself() -> None:
    assert _("no such message") == "no such message"
