"""The server: Streamlit's app with routes, headers and compression of our own."""
