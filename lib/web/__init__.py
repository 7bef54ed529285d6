"""Our own part of the web server, on Starlette alone: links, headers, files, who may ask.

What it has to know of Streamlit is handed in by `lib.ui.server`.
"""
