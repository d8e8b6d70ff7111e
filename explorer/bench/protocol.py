"""Streamlit's own protocol, as its browser part speaks it: protobuf messages over a websocket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

STREAM = "/_stcore/stream"
SUBPROTOCOL = "streamlit"
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Visit:
    """What a client must know of the page that it has before it: its widgets' values and the first box's fragment."""

    page: str = ""
    box: str | None = None
    fragment: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def hear(self, message: ForwardMsg) -> None:
        """Learn from one message of the server."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash or self.page
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._meet(message.delta)

    def _meet(self, delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text_input":
            widget = element.text_input
            self.values[widget.id] = widget.value if widget.set_value else self.values.get(widget.id, widget.default)
            if self.box is None:
                self.box, self.fragment = widget.id, delta.fragment_id
        elif kind == "selectbox" and (element.selectbox.options or element.selectbox.set_value):
            widget = element.selectbox
            if widget.set_value:
                self.values[widget.id] = widget.raw_value
            elif widget.HasField("default"):
                self.values.setdefault(widget.id, widget.options[widget.default])

    def ask(self, text: str | None = None) -> bytes:
        """A message that runs the page: with `text` in its first box, or, without, for the first time."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        if text is not None:
            self.values[self.box] = text
            message.rerun_script.fragment_id = self.fragment
        states = [WidgetState(id=name, string_value=value) for name, value in self.values.items()]
        message.rerun_script.widget_states.widgets.extend(states)
        return message.SerializeToString()


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
