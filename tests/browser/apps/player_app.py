"""Players, and all that may disturb them while they play. Served by test_player.py.

The folder of sounds is in CLIPS_DIR. A link whose signature is "expired" is refused.
"""

import os
import time
from pathlib import Path

import streamlit as st

PEAKS = bytes(range(240))
LENGTH_S = 30.0


def main() -> None:
    from lib.ui.widgets.player import plain_player, player

    if st.query_params.get("plain"):
        for name in ("one", "two"):
            plain_player(
                address=f"/clips/{name}.wav?sig=0", name=name, length_s=LENGTH_S, peaks=PEAKS
            )
        return

    extra = st.session_state.setdefault("extra", 0)
    signature = st.session_state.setdefault("signature", st.query_params.get("sig", "0"))
    runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    messages = st.container()
    st.button("Run again")
    if st.button("Sign anew"):
        signature = st.session_state["signature"] = f"{signature}1"
    if st.button("New clip on top"):
        extra = st.session_state["extra"] = extra + 1
    if st.button("Show a message"):
        messages.info("A message above everything.")
    start = st.checkbox("Start the third by itself")

    names = [f"new{number}" for number in range(extra, 0, -1)]
    for name in [*names, "one", "two", *(["three"] if start else [])]:
        with st.container(key=f"card_{name}"):
            player(
                key=f"player_{name}",
                address=f"/clips/{name}.wav?sig={signature}",
                name=f"clip {name}",
                length_s=LENGTH_S,
                peaks=PEAKS,
                autoplay=name == "three",
            )
        if name.startswith("new"):
            time.sleep(0.3)  # a slow page: the browser draws the new card without the others
    st.html(f"<p>Run {runs}</p>")


if __name__ == "__main__":
    main()
else:
    from starlette.requests import Request
    from starlette.responses import FileResponse, PlainTextResponse, Response
    from starlette.routing import Route

    async def clip(request: Request) -> Response:
        file = Path(os.environ["CLIPS_DIR"]) / request.path_params["name"]
        if request.query_params["sig"] == "expired":
            return PlainTextResponse("This link has expired.", 403)
        if not file.is_file():
            return PlainTextResponse("There is no such clip.", 404)
        return FileResponse(file, media_type="audio/wav", headers={"Cache-Control": "no-store"})

    app = st.App(__file__, routes=[Route("/clips/{name}", clip)])
