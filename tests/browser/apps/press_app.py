"""Buttons whose callbacks look at the session's state, and two cards that draw themselves."""

import time

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

PRESS_S, PAGE_S, CARD_S, BUSY_S = 0.5, 0.1, 0.3, 0.2


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
    for name in ("first", "second"):
        st.fragment(card)(name)


def card(name: str) -> None:
    add(name)
    is_asked_for = st.button("Draw", key=f"draw_{name}")
    if name == "first":
        time.sleep(CARD_S if is_asked_for else PAGE_S)
    st.text(f"{name} drawn {st.session_state[name]} times")


async def busy(_request: Request) -> Response:
    """The whole server waits meanwhile, as it does when there is much to do."""
    time.sleep(BUSY_S)
    return Response()


if __name__ == "__main__":
    main()
else:
    from starlette.routing import Route

    from lib.ui.server import middleware, routes

    app = st.App(
        __file__,
        routes=[*routes.ROUTES, Route("/busy", busy)],
        middleware=middleware.MIDDLEWARE,
        lifespan=routes.lifespan,
    )
