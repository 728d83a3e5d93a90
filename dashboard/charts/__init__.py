"""Snapshot -> plotly figures: pure functions, no Streamlit, no Redis, no clock."""
