"""Frames in, frames out: what the leads are and what they add up to.

Pure throughout: nothing here reads a file, calls a server, looks at a clock or draws. The package
itself imports nothing, so that `columns` and `words` can be had without pandas.
"""
