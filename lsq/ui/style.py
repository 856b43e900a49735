"""Looks that the theme cannot set: seven rules of CSS."""

from __future__ import annotations

import streamlit as st

from lsq.ui.palette import palette

__all__ = ["style"]

_CSS = """<style>
:is(.st-key-columns,.st-key-columns_shown) [data-tag]{
  background:rgba(98,140,200,.20)!important;color:inherit!important}
.st-key-sheet [data-testid=stFileUploaderDropzone]{
  min-height:120px;align-items:center;border-style:dashed}
button[role=radio][aria-checked=true] p,button[data-selected=true] p{
  color:INK!important;font-weight:600}
:is(.st-key-fetch,.st-key-show_ticked) kbd{color:inherit!important;opacity:1!important}
[class*=st-key-menu_] [data-testid=stPopoverButton] p{font-size:0!important}
[class*=st-key-menu_] [data-testid=stPopoverButton] p::before{content:"⋯";font-size:.875rem}
button[kind=tertiary]:is(:active,:focus,[aria-expanded=true]){color:INK!important}
</style>"""


def style() -> None:
    """Write the rules into the page; if Streamlit renames a hook, it only gets plainer."""
    st.html(_CSS.replace("INK", palette().ink))
