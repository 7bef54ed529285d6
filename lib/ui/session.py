"""The current visitor: browser, key and defaults."""

import secrets

import streamlit as st

from lib.engines import OFFLINE
from lib.library.listing import Wanted
from lib.orders.visitor import Visitor
from lib.ui.services import services
from lib.web.browsers import browser_of

OWNER = "local"  # until there are logins


def browser() -> str:
    """The random id of this browser; a visitor without cookies gets one for the session."""
    known = browser_of(st.context.cookies)
    return known or str(st.session_state.setdefault("_browser", secrets.token_urlsafe(16)))


def _counted_as() -> str:
    """The id that orders are counted by: the browser's, or the network address without cookies.

    Without cookies every connection looks like another browser, so no limit would apply.
    """
    place = st.context.ip_address  # None for this machine itself
    nameless = f"at {place}" if isinstance(place, str) else "here"
    return browser_of(st.context.cookies) or nameless


def visitor() -> Visitor:
    """Who asks, for what is ordered."""
    return Visitor(owner=OWNER, browser=browser(), key=key(), counted_as=_counted_as())


def key() -> str | None:
    """The key for this browser: its own if it has one, else the installation's."""
    return services().keys.get(browser()) or services().settings.key


def has_clips() -> bool:
    """Whether this browser has made any clip yet."""
    wanted = Wanted(owner=OWNER, browser=browser(), rows=1)
    return bool(services().library.listing.page(wanted).clips)


def default_model() -> str:
    """The preferred model, where there is a key for it; else the offline voice."""
    if key() is None:
        return OFFLINE
    wanted = services().library.preferences.get().model
    models = [model.id for model in services().catalogue.models]
    return wanted if wanted in models else models[0]


def default_voice(model: str) -> str:
    voices = [voice.id for voice in services().catalogue.voices(model)]
    wanted = services().library.preferences.get().voice
    return wanted if wanted in voices else services().catalogue.default_voice(model)
