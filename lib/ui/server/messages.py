"""Streamlit's messages over a websocket: which ones our pages need, and which page one is for."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from lib.ui.router import PAGES

# The messages that our pages send. Streamlit accepts others from anybody that are for developers:
# they show the state of the repository, empty all caches, and write files and logs.
ASKED = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
FETCHED = {"deferred_file", "dataframe_chunk"}
NEW_SESSION_MAX_BYTES = 65_536  # most are 6,000
# The address of the first page is empty; a first message has no page name.
NAMES = {"", *PAGES}
HASHES = {"", *map(calc_hash, NAMES)}


def without_machine(data: bytes) -> bytes:
    """The message to the page without paths, versions and ids that describe this machine."""
    if len(data) > NEW_SESSION_MAX_BYTES:
        return data
    message = ForwardMsg.FromString(data)
    if not message.HasField("new_session"):
        return data
    session = message.new_session
    session.main_script_path = "app.py"  # the page needs a name that stays the same
    user, machine = session.initialize.user_info, session.initialize.environment_info
    user.installation_id = user.installation_id_v3 = user.installation_id_v4 = "soundcheck"
    # Streamlit's version stays: by it, a page of an older version knows that it must reload.
    machine.python_version = machine.server_os = ""
    machine.has_display = False
    return bytes(message.SerializeToString())


def is_wanted(data: bytes) -> bool:
    """Whether our pages need this message. Streamlit refuses one that cannot be read by itself."""
    asked = BackMsg()
    try:
        asked.ParseFromString(data)
    except Exception:  # google's DecodeError or another: Streamlit closes the connection
        return True
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in FETCHED
    return kind in ASKED


def is_for_staff(data: bytes) -> bool:
    """Whether the message runs a page of the menu. Raises DecodeError if it is no message."""
    message = BackMsg.FromString(data)
    if message.WhichOneof("type") != "rerun_script":
        return False
    asked = message.rerun_script
    return asked.page_script_hash in HASHES and asked.page_name in NAMES
