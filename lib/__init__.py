"""Soundcheck's modules. Only `lib.ui` depends on Streamlit."""
