"""Streamlit's own protocol, as its browser part speaks it: protobuf messages over a websocket."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

STREAM = "/_stcore/stream"
SUBPROTOCOL = "streamlit"
BAR = "explorer.bar"  # the component by which a page of ours hears what was typed
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Visit:
    """What a client must know of the page before it: its widgets' values, where the first box, the bar, buttons are.

    `box` and `bar` are identifiers of widgets, each with its fragment. `number` grows with each message of the bar.
    """

    path: str = ""  # the page's own, as in an address, with the query behind "?"
    page: str = ""
    box: str | None = None
    fragment: str = ""
    bar: tuple[str, str] | None = None
    number: int = 0
    values: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # label to id and fragment

    def hear(self, message: ForwardMsg) -> None:
        """Learn from one message of the server."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash or self.page
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._meet(message.delta)

    def _meet(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text_input":
            widget = element.text_input
            self.values[widget.id] = widget.value if widget.set_value else self.values.get(widget.id, widget.default)
            if self.box is None:
                self.box, self.fragment = widget.id, delta.fragment_id
        elif kind == "bidi_component" and element.bidi_component.component_name == BAR:
            self.bar = element.bidi_component.id, delta.fragment_id
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id, delta.fragment_id
        elif kind == "selectbox" and (element.selectbox.options or element.selectbox.set_value):
            widget = element.selectbox
            if widget.set_value:
                self.values[widget.id] = widget.raw_value
            elif widget.HasField("default"):
                self.values.setdefault(widget.id, widget.options[widget.default])

    def ask(self, text: str | None = None, press: str | None = None, told: Mapping[str, str] | None = None) -> bytes:
        """A message that runs the page: as a whole; or with `text` in its first box; or with a button pressed; or with
        texts told by the bar, by their names in links.
        """
        message = BackMsg()
        asked = message.rerun_script
        name, _, asked.query_string = self.path.partition("?")
        asked.page_script_hash = self.page
        asked.page_name = "" if self.page else name
        states = []
        if text is not None and self.box is not None:
            self.values[self.box], asked.fragment_id = text, self.fragment
        if told is not None and self.bar is not None:
            bar, asked.fragment_id = self.bar
            self.number += 1
            typed = {"typed": {"number": self.number, "texts": dict(told)}}
            states.append(WidgetState(id=bar, json_value=json.dumps(typed)))
        states += [WidgetState(id=name, string_value=value) for name, value in self.values.items()]
        if press is not None:
            button, asked.fragment_id = self.buttons[press]
            states.append(WidgetState(id=button, trigger_value=True))
        asked.widget_states.widgets.extend(states)
        data: bytes = message.SerializeToString()
        return data


def parse(data: bytes) -> ForwardMsg:
    """One message of the server."""
    message = ForwardMsg()
    message.ParseFromString(data)
    return message


def finished(message: ForwardMsg) -> bool:
    """Whether this message ends an answer; a run that was cut off for a newer one does not."""
    return message.WhichOneof("type") == "script_finished" and message.script_finished in FINISHED


def shows(frames: Iterable[bytes], text: str) -> bool:
    """Whether an answer holds the text as one of its words, title or data."""
    return any(text.encode() in frame for frame in frames)
