"""Answers are sent at once: no connection of a browser waits for acknowledgements. Real sockets."""

import os
import socket
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import requests
from websockets.sync.client import connect

from tests.browser.running import Server
from tests.browser.shared import data_in


def test_no_connection_waits_for_acknowledgements(tmp_path: Path) -> None:
    server = Server(environment=data_in(tmp_path), serving=tell)
    address = urlsplit(server.address)
    try:
        with (
            requests.Session() as browser,
            connect(f"ws://{address.netloc}/_stcore/stream", origin=server.address),  # type: ignore[arg-type]
        ):
            assert browser.get(f"{server.address}/_stcore/health").ok
            assert browser.get(f"{server.address}/_stcore/health").ok
            server.pipe.send(address.port)
            assert server.pipe.poll(10)
            assert server.pipe.recv() == [True, True]
    finally:
        server.stop()


def tell(pipe: Connection) -> None:
    """In the server's process, beside it: whether each connection to this port sends at once."""

    def answer() -> None:
        port = pipe.recv()
        found = []
        for each in psutil.Process().net_connections("tcp"):
            if each.status == psutil.CONN_ESTABLISHED and each.laddr.port == port:
                with socket.socket(fileno=os.dup(each.fd)) as connection:
                    option = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                found.append(bool(option))
        pipe.send(found)

    threading.Thread(target=answer, name="tests", daemon=True).start()
