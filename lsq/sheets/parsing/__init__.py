"""Bytes to a table of text: what runs in the worker process, on files that nobody vouches for."""
