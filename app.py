"""Soundcheck. `streamlit run app.py` imports this file once as a server, then runs it as a script.

As a script it is the router, which shows the page that the address names.
"""

import streamlit as st

if __name__ == "__main__":
    from lib.ui import router

    router.run()
else:
    from lib.ui import router
    from lib.ui.server import middleware, routes

    app = st.App(
        __file__,
        routes=routes.ROUTES,
        middleware=middleware.MIDDLEWARE,
        lifespan=routes.lifespan,
        on_script_error=router.on_error,
    )
