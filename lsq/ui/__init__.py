"""The Streamlit side: what pages are made of. Everything that shows, asks or remembers."""
