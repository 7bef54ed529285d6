"""The screens' side of the house: the only part of lib that knows Streamlit."""
