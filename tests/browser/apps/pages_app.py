"""Two pages: what is typed on the first is shown on the second. A card asks for its own runs."""

import time

import streamlit as st

PRESS_S = 0.5


def main() -> None:
    pages = [st.Page(writing, url_path="writing", default=True), st.Page(reading)]
    st.navigation(pages).run()


def writing() -> None:
    st.text("on writing")
    st.button("Press slowly", key="slow", on_click=time.sleep, args=(PRESS_S,))
    st.text_input("Thought", key="thought", on_change=keep)
    st.fragment(card)()


def card() -> None:
    st.button("Again", key="again", on_click=add)


def reading() -> None:
    now = st.session_state
    st.text(f"on reading: {now.get('text')}, again {now.get('times', 0)} times")


def keep() -> None:
    st.session_state["text"] = st.session_state["thought"]


def add() -> None:
    st.session_state["times"] = st.session_state.get("times", 0) + 1


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
