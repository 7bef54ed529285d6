"""Our part of the web server, with Starlette only: links, headers, files, access by host.

`lib.ui.server` passes in the facts about Streamlit that it needs.
"""
