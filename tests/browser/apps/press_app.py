"""Buttons whose callbacks look at the session's state; one takes a while between two looks."""

import time

import streamlit as st

PRESS_S = 0.5


def add(name: str) -> None:
    st.session_state[name] = st.session_state.get(name, 0) + 1


def press_slowly() -> None:
    add("begun")
    time.sleep(PRESS_S)
    add("ended")


def main() -> None:
    st.button("Press", key="quick", on_click=add, args=("pressed",))
    st.button("Press slowly", key="slow", on_click=press_slowly)
    st.text(st.text_input("Other", key="other"))
    for name in ("pressed", "begun", "ended"):
        st.text(f"{name} {st.session_state.get(name, 0)} times")


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
