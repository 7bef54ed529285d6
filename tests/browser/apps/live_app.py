"""A page and two fragments that show one topic, of which is told a moment after the press."""

import threading

import streamlit as st

TOPIC, TELL_S = "test/1", 0.5


def main() -> None:
    from lib.ui.services import services
    from lib.ui.widgets import live

    def count(name: str) -> None:
        live.watch(f"live_{name}", live.seen(TOPIC))
        st.session_state[name] = st.session_state.get(name, 0) + 1
        st.text(f"{name} drawn {st.session_state[name]} times")

    count("page")
    for name in ("first", "second"):
        st.fragment(count)(name)
    if st.button("Tell"):
        threading.Timer(TELL_S, services().events.publish, (TOPIC,)).start()


if __name__ == "__main__":
    main()
else:
    from lib.ui.server import middleware, routes

    app = st.App(
        __file__,
        routes=routes.ROUTES,
        middleware=middleware.MIDDLEWARE,
        lifespan=routes.lifespan,
    )
