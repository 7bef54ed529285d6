"""The server's own routes, which serve files by signed links, and the upkeep of the services."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute

from lib.errors import SpeechError
from lib.ui import services
from lib.ui.server import kept, runs
from lib.web.sending import prepared_file, sound_file
from lib.web.stream import PATH, EventStream, Feed

if TYPE_CHECKING:
    from lib.take_out import PreparedFiles

HOUR_S = 3600
KEEPING_WAIT_S = 5.0


async def clip(request: Request) -> Response:
    """GET /clips/FILE?exp=…&sig=…: the sound, whole or by ranges.

    With `&name=…` the browser saves it under that name, with tags.
    """
    file, name = request.path_params["name"], request.query_params.get("name", "")
    if refusal := await _refusal(request, f"/clips/{file}", name):
        return refusal
    path = await run_in_threadpool(services.services().library.files.local, file)
    if path is None:
        return PlainTextResponse("This sound is no longer there.", 404)
    if name and (tagged := await run_in_threadpool(_tagged, path, name)):
        return prepared_file(request, tagged, name)
    return await sound_file(request, path, name or None)


def _tagged(path: Path, name: str) -> Path | None:
    from lib.audio import NotSoundError  # with all that they need: as in `_prepared`
    from lib.take_out.tagged import tagged

    try:
        return tagged(path, name, prepared=_prepared())
    except (SpeechError, NotSoundError, OSError) as error:  # the sound itself is there
        services.log.warning("%s is sent without tags: %s", path.name, error)
        return None


async def taken_out(request: Request) -> Response:
    """GET /take-out/FILE?exp=…&sig=…&name=…: a file to save under that name."""
    file, name = request.path_params["name"], request.query_params.get("name", "")
    if refusal := await _refusal(request, f"/take-out/{file}", name):
        return refusal
    path = await run_in_threadpool(lambda: _prepared().local(file))
    if path is None:
        return PlainTextResponse("This file is no longer there. Take it out again.", 404)
    return prepared_file(request, path, name)


def _prepared() -> "PreparedFiles":
    settings = services.services().settings
    from lib.take_out import PreparedFiles  # with all that it needs: not before the server answers

    return PreparedFiles(settings)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Start the services in the background, tidy them every hour, close them with the server."""
    runs.finish_callbacks()
    runs.keep_the_page()
    runs.wait_for_the_end()
    runs.send_what_was_drawn()
    runs.begin_at_the_top()
    kept.name_only_what_is_kept()
    closing = threading.Event()
    keeping = threading.Thread(target=_keep, args=(closing,), name="keep", daemon=True)
    keeping.start()
    yield {}
    closing.set()
    await run_in_threadpool(keeping.join, KEEPING_WAIT_S)  # else it might build services anew
    await run_in_threadpool(services.close)


def _keep(closing: threading.Event) -> None:
    try:
        services.services()
    except SpeechError as error:
        services.log.error("%s %s", error, error.hint)  # every page says it too
    import_module("lib.orders.plan")  # while the first visitor's browser still fetches its scripts
    hours = 0
    while not closing.is_set():
        try:
            _prepared().tidy()
            services.tidy()
            if hours and hours % 24 == 0:  # the first time was beside the start
                services.services().library.sweep()
        except (SpeechError, OSError) as error:
            services.log.warning("not all could be tidied: %s", error)
        hours += 1
        closing.wait(HOUR_S)


async def _refusal(request: Request, path: str, save_as: str = "") -> Response | None:
    """The answer to a link that we have not signed or that has expired, else None."""
    asked = request.query_params
    links = (await run_in_threadpool(services.services)).links
    problem = links.problem(
        path, save_as=save_as, expires=asked.get("exp", ""), signature=asked.get("sig", "")
    )
    return PlainTextResponse(problem, 403) if problem else None


async def _feed() -> Feed | None:
    """The source of the event stream; None while the services cannot be built."""
    try:
        the = await run_in_threadpool(services.services)
    except SpeechError:
        return None
    return the.events, the.proofs


ROUTES = [
    Route("/clips/{name}", clip),
    Route("/take-out/{name}", taken_out),
    WebSocketRoute(PATH, EventStream(_feed)),
]
