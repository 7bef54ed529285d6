"""What people see: the only part of lib that imports Streamlit."""
