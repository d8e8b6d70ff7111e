"""The server: Streamlit's app with the routes and the middleware that stand around the pages."""
