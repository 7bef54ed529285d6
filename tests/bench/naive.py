"""The smallest page that anybody could write: the vendor's request behind a button."""

import os

import requests
import streamlit as st

text = st.text_area("Text")
if st.button("Generate"):
    answer = requests.post(
        f"{os.environ['AIMLAPI_BASE_URL']}/v1/tts",
        json={"model": "inworld/tts-1-max", "text": text, "voice": "Ashley", "format": "mp3"},
        headers={"Authorization": f"Bearer {os.environ['AIMLAPI_KEY']}"},
        timeout=60,
    )
    st.audio(requests.get(answer.json()["audio"]["url"], timeout=60).content, format="audio/mpeg")
