"""A viewer without a browser: speaks the app's websocket, so that twenty-five fit on two cores.

It sends what a browser sends when something is clicked, and reads what the server answers until
the run is over; what a browser would need to draw is neither counted nor done.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Run", "WireViewer"]

PATIENCE_S = 120
_BEGUN_ANEW = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page as seen over the wire.

    Attributes:
        seconds: From the question to the message that says that it is over.
        sent_bytes: What the server sent meanwhile.
        table_bytes: How much of it were tables.
        faults: Exceptions and error boxes that it drew.
    """

    seconds: float
    sent_bytes: int
    table_bytes: int
    faults: tuple[str, ...]


class WireViewer:
    """One session; use it as a context manager."""

    def __init__(self, url: str) -> None:
        """Prepare; the session begins with the block."""
        token = secrets.token_hex(16)
        cookie = f"_streamlit_xsrf=2|00000000|{token}|{int(time.time())}"
        address = urlsplit(url).netloc
        self._connect = connect(
            f"ws://{address}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": cookie, "Origin": f"http://{address}"},
            max_size=None,
            open_timeout=PATIENCE_S,
            compression=None,
        )
        self._states: dict[str, WidgetState] = {}
        self._pages: dict[str, str] = {}
        self._page = ""
        self.widgets: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Connect and open the first page."""
        self._socket = self._connect.__enter__()
        self.look()
        return self

    def __exit__(self, *_: object) -> None:
        """Go away."""
        self._connect.__exit__(None, None, None)

    def look(self) -> Run:
        """Run the page once more, as it is."""
        return self._run([])

    def go(self, path: str) -> Run:
        """Follow the menu to a page."""
        self._page = self._pages[path]
        return self._run([])

    def press(self, key: str) -> Run:
        """Press a button."""
        return self._run([WidgetState(id=self.widgets[key], trigger_value=True)])

    def put(self, key: str, value: object) -> Run:
        """Give a checkbox, a text field or a multiselect a value."""
        state = WidgetState(id=self.widgets[key])
        match value:
            case bool():
                state.bool_value = value
            case str():
                state.string_value = value
            case [*_]:
                state.string_array_value.data.extend(value)
        self._states[state.id] = state
        return self._run([])

    def _run(self, triggers: list[WidgetState]) -> Run:
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.widget_states.widgets.extend([*self._states.values(), *triggers])
        asked.rerun_script.context_info.timezone = "Asia/Kolkata"
        start_s = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        sent = tables = 0
        faults: list[str] = []
        self.widgets = {}
        while True:
            raw = self._socket.recv(timeout=PATIENCE_S)
            answer = ForwardMsg.FromString(raw)
            sent += len(raw)
            kind = answer.WhichOneof("type")
            if kind == "delta":
                element = answer.delta.new_element
                if element.WhichOneof("type") in {"arrow_data_frame", "dataframe"}:
                    tables += len(raw)
                faults += _faults(element)
                self.widgets |= {key: id_ for id_, key in _ids(answer.delta)}
            elif kind == "navigation":
                self._pages = {
                    each.url_pathname: each.page_script_hash for each in answer.navigation.app_pages
                }
                self._page = answer.navigation.page_script_hash
            elif kind == "script_finished" and answer.script_finished != _BEGUN_ANEW:
                drawn = set(self.widgets.values())  # a browser forgets the others
                self._states = {id_: state for id_, state in self._states.items() if id_ in drawn}
                return Run(time.perf_counter() - start_s, sent, tables, tuple(faults))


def _faults(element: Any) -> Iterator[str]:  # noqa: ANN401 - a message of Streamlit's
    if element.WhichOneof("type") == "exception":
        yield element.exception.message
    if element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
        yield element.alert.body


def _ids(message: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a message of Streamlit's
    """Find the widgets of a message: each id ends in the key that the app gave."""
    for described, value in message.ListFields():
        if described.name == "id" and isinstance(value, str) and value.startswith("$$ID-"):
            yield value, value.split("-", 2)[2]
        elif described.type == described.TYPE_MESSAGE:
            for each in [value] if hasattr(value, "ListFields") else value:
                if hasattr(each, "ListFields"):
                    yield from _ids(each)
