"""Which requests the server accepts, and what it reveals. Real servers, real sockets."""

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from lib.ui import services
from lib.ui.server import middleware, routes
from lib.web import hosts
from tests.browser.running import running

FRIEND = "https://intranet.example.com"
STREAM = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: streamlit\r\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Soundcheck on its own machine's names and two more."""
    with running(
        AIMLAPI_KEY="",
        SOUNDCHECK_DATA_DIR=str(data),
        SOUNDCHECK_FREE_DISK_MIN_BYTES="0",
        SOUNDCHECK_HOSTS="Sound.Example.com, 192.0.2.7",
    ) as started:
        yield started


def asked(address: str, path: str, *hosts: str, more: str = "") -> tuple[int, str]:
    """(status, complete answer) of a request with only these Host headers."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as wire:
        lines = "".join(f"Host: {host}\r\n" for host in hosts)
        closes = "" if "Upgrade" in more else "Connection: close\r\n"
        version = "1.1" if hosts else "1.0"
        wire.sendall(f"GET {path} HTTP/{version}\r\n{lines}{closes}{more}\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer or not more:
            if not (piece := wire.recv(65_536)):
                break
            answer += piece
    return int(answer.split()[1]), answer.decode(errors="replace")


def port_of(address: str) -> int:
    return urlsplit(address).port or 0


PATHS = [
    ("/", ""),
    ("/library", ""),
    ("/listen?t=x", ""),
    ("/clips/u1-abcdef.mp3?exp=1&sig=x", ""),
    ("/take-out/out-abcdef.zip?exp=1&sig=x", ""),
    ("/app/static/logo.svg", ""),
    ("/_stcore/health", ""),
    ("/_stcore/host-config", ""),
    ("/_stcore/stream", STREAM),
]


@pytest.mark.parametrize(("path", "more"), PATHS, ids=[path for path, _ in PATHS])
def test_k12_a_page_of_another_name_reads_nothing(address: str, path: str, more: str) -> None:
    """S18: a name made to stand for this machine (DNS rebinding), in both of its headers."""
    host = f"evil.example:{port_of(address)}"
    if more:
        more += f"Origin: http://{host}\r\n"
    status, answer = asked(address, path, host, more=more)
    assert status == 403
    if not more:
        assert "Soundcheck does not answer to the name evil.example." in answer
        assert 'SOUNDCHECK_HOSTS = "evil.example"' in answer


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        ("",),
        ("localhost.evil.example",),
        ("evil.example@localhost",),
        ("localhost/evil.example",),
        ("localhost:8501:80",),
        ("localhost", "evil.example"),
        ("evil.example", "localhost"),
        ("10.0.0.5:8501",),
        ("[::ffff:a00:5]",),
        ("sound.example.com.evil.example",),
        ("<script>",),
    ],
)
def test_k12_only_a_proper_host_among_the_known_is_answered(
    address: str, hosts: tuple[str, ...]
) -> None:
    status, answer = asked(address, "/", *hosts)
    assert status in (400, 403)
    assert "<script>" not in answer


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:{}", "127.0.0.1:{}", "[::1]:{}", "sound.example.com", "192.0.2.7",
     "SOUND.example.com.:443"],
)  # fmt: skip
def test_k12_the_names_an_operator_gave_are_answered(address: str, host: str) -> None:
    named = host.format(port_of(address))
    assert asked(address, "/", named)[0] == 200
    origin = f"Origin: http://{named}\r\n"
    assert asked(address, "/_stcore/stream", named, more=STREAM + origin)[0] == 101


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:1", "http://127.0.0.1", "localhost"]
)
def test_k12_a_foreign_origin_is_refused_under_a_known_name(address: str, origin: str) -> None:
    """S18: also what else runs on this machine, on another port."""
    host = f"localhost:{port_of(address)}"
    more = f"Origin: {origin}\r\n"
    assert asked(address, "/_stcore/stream", host, more=STREAM + more)[0] == 403
    assert asked(address, "/_stcore/health", host, more=more)[0] == 403
    assert asked(address, "/_stcore/health", host, more=f"Origin: http://{host}\r\n")[0] == 200


@pytest.mark.parametrize(
    ("given", "name"),
    [("[2001:DB8:0:0::1]:80", "2001:db8::1"), ("A.example.:1", "a.example"), ("a b", None)],
)
def test_k12_a_name_is_read_in_one_form(given: str, name: str | None) -> None:
    assert hosts.host_name([given]) == name


@pytest.mark.parametrize("hosts", [(), ("10.0.0.5:8501",), ("[fd00::5]",)])
def test_k12_a_load_balancer_that_asks_by_number_hears_that_all_is_well(
    address: str, hosts: tuple[str, ...]
) -> None:
    status, answer = asked(address, "/_stcore/health", *hosts)
    assert status == 200
    assert answer.endswith("ok")


def test_k12_settings_that_cannot_be_read_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOUNDCHECK_HOSTS", "sound.example.com")
    assert middleware.chosen().hosts == ("sound.example.com",)
    monkeypatch.setenv("SOUNDCHECK_PACE", "fast")
    assert middleware.chosen().hosts == ()


@pytest.mark.parametrize(
    "path", ["/", "/library", "/listen?t=x", "/no-such-page", "/index.html", "/scripts/../x.html"]
)
def test_k11_no_page_of_others_may_frame_ours(address: str, path: str) -> None:
    answer = requests.get(address + path, timeout=10)
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert not re.search(r"'unsafe-inline'|'unsafe-eval'|\*|https?:", scripts[1])
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "path", ["/app/static/logo.svg", "/_stcore/host-config", "/clips/x", "/take-out/x"]
)
def test_k11_what_is_no_page_runs_nothing_when_it_is_opened_as_one(address: str, path: str) -> None:
    answer = requests.get(address + path, timeout=10)
    policy = answer.headers["content-security-policy"]
    assert re.search(r"default-src 'none'.*sandbox(?!.*allow-scripts).*frame-ancestors", policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_k11_a_page_that_did_not_change_keeps_its_policy(address: str) -> None:
    """A cached page takes the headers of "not modified" at each reload."""
    first = requests.get(address, timeout=10)
    known = {"If-None-Match": first.headers["etag"], "Accept": "text/html,*/*;q=0.8"}
    again = requests.get(address, headers=known, timeout=10)
    assert again.status_code == 304
    name = "content-security-policy"
    assert again.headers[name] == first.headers[name]
    script = re.search(r'src="(\./static/js/[^"]+)"', first.text)
    assert script
    assert name not in requests.get(f"{address}/{script[1]}", timeout=10).headers


def test_k11_a_refusal_has_the_same_headers(address: str) -> None:
    _, answer = asked(address, "/", "evil.example")
    assert "frame-ancestors 'self'" in answer
    assert "content-type: text/plain" in answer


def test_k11_the_sites_of_a_house_may_frame_it_by_a_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOUNDCHECK_FRAME_ANCESTORS", FRIEND)
    ours = middleware.safe_headers(routes.ROUTES[0].endpoint)
    assert f"frame-ancestors 'self' {FRIEND}" in ours._page
    assert ours._frames == {}  # the older header would refuse them


def test_k11_no_page_around_ours_may_steer_it(address: str) -> None:
    told = requests.get(f"{address}/_stcore/host-config", timeout=10).json()
    assert told["allowedOrigins"] == []
    assert told["enableCustomParentMessages"] is False


def test_k19_nobody_is_told_how_many_are_here(address: str) -> None:
    assert requests.get(f"{address}/_stcore/metrics", timeout=10).status_code == 404


APP = """
import secrets
import streamlit as st

if __name__ == "__main__":
    @st.cache_data
    def stamp():
        return f"stamp-{secrets.token_hex(8)}"
    st.write(stamp())
else:
    from lib.ui.server import middleware, routes
    app = st.App(__file__, routes=routes.ROUTES, middleware=middleware.MIDDLEWARE)
"""


@pytest.fixture
def checkout(tmp_path: Path, data: Path) -> Iterator[str]:
    """A server whose script is in a checkout from GitHub, with an untracked file."""
    folder = tmp_path / "canary-folder"
    folder.mkdir()
    script = folder / "app.py"
    script.write_text(APP)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", "app.py")
    git("commit", "-m", "x")
    git("remote", "add", "origin", "https://github.com/canary-owner/canary-repository.git")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    git("branch", "--set-upstream-to=origin/main")
    (folder / "canary-untracked.txt").write_text("x")
    with running(script, SOUNDCHECK_DATA_DIR=str(data)) as started:
        yield started


def visitor(address: str) -> connect:
    stream = address.replace("http", "ws") + "/_stcore/stream"
    return connect(stream, origin=address, subprotocols=["streamlit"], proxy=None)


def heard(connection: ClientConnection, until: str) -> bytes:
    """All messages up to the first one of this kind, with it."""
    came = b""
    while True:
        data = connection.recv(timeout=15)
        assert isinstance(data, bytes)
        came += data
        if ForwardMsg.FromString(data).WhichOneof("type") == until:
            return came


def run(connection: ClientConnection) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = ""
    connection.send(message.SerializeToString())
    return heard(connection, "script_finished")


def test_k19_a_visitor_learns_nothing_of_the_machine(checkout: str) -> None:
    with visitor(checkout) as connection:
        came = run(connection)
        assert b"stamp-" in came
        connection.send(BackMsg(load_git_info=True).SerializeToString())
        connection.send(BackMsg(app_heartbeat=True).SerializeToString())
        came += heard(connection, "heartbeat_ack")  # answers come in the questions' order
        connection.send(b"\xff")  # no message at all
        with pytest.raises(Exception, match="1002"):
            heard(connection, "heartbeat_ack")
    told = re.findall(rb"canary-[a-z]+|Python|Linux|\d\.\d+\.\d+\.final", came)
    assert told == []


def test_k19_a_visitor_cannot_do_what_is_a_developer_s(checkout: str) -> None:
    """Empty everybody's caches, change settings, write files, stop the server."""
    with visitor(checkout) as one, visitor(checkout) as other:
        stamp = re.search(rb"stamp-\w+", run(one))
        assert stamp
        meant = BackMsg()
        meant.backend_operation_request.install_skills.SetInParent()
        for message in (
            BackMsg(clear_cache=True),
            BackMsg(set_run_on_save=True),
            BackMsg(debug_shutdown_runtime=True),
            BackMsg(debug_disconnect_websocket=True),
            BackMsg(),
            meant,
            BackMsg(app_heartbeat=True),
        ):
            other.send(message.SerializeToString())
        came = heard(other, "heartbeat_ack")
        assert not re.search(rb"not available|run_on_save", came)
        assert stamp[0] in run(other)
        assert stamp[0] in run(one)


def test_this_server_s_own_requests_are_let_through(address: str, data: Path) -> None:
    """A link that was signed for a file under a known name serves it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOUNDCHECK_DATA_DIR", str(data))
        patch.setenv("AIMLAPI_KEY", "")
        services.close()
        services.services().library.files.put("u1-abcdef.mp3", b"sound")
        link = services.services().links.to_clip("u1-abcdef.mp3")
        status, answer = asked(address, link, "sound.example.com")
        services.close()
    assert status == 200
    assert answer.endswith("sound")
