"""Two pages: what is typed and chosen on the first is shown on the second. A card is a fragment."""

import time

import streamlit as st

PRESS_S = 0.5


def main() -> None:
    pages = [st.Page(writing, url_path="writing", default=True), st.Page(reading)]
    current = st.navigation(pages)
    wanted = st.session_state.pop("wanted", None)
    if wanted is not None:
        st.switch_page(pages[wanted])
    current.run()


def writing() -> None:
    st.text("on writing")
    st.button("Press slowly", key="slow", on_click=time.sleep, args=(PRESS_S,))
    st.button("Write", key="write", on_click=want, args=(0,))
    st.button("Read", key="read", on_click=want, args=(1,))
    st.text_input("Thought", key="thought", on_change=keep)
    st.selectbox("Colour", ["red", "blue"], key="colour", on_change=add, args=("chosen",))
    st.fragment(card)()


def card() -> None:
    st.button("Again", key="again", on_click=add, args=("pressed",))


def reading() -> None:
    now = st.session_state
    st.text(f"on reading: {now.get('text', 'nothing')}")
    for name in ("chosen", "pressed"):
        st.text(f"{name} {now.get(name, 0)} times")


def want(page: int) -> None:
    st.session_state["wanted"] = page


def keep() -> None:
    st.session_state["text"] = st.session_state["thought"]


def add(name: str) -> None:
    st.session_state[name] = st.session_state.get(name, 0) + 1


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
