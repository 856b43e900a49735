"""The front door: page config, navigation, run. Nothing else.

A page file that Streamlit runs by itself (the first request of a fresh server names a page) hands
over to `main` here, so that nothing is ever shown without the frame and its access check.
"""

from __future__ import annotations

import streamlit as st

from lsq.ui.front import ICON, LOGO, prepare
from pages import changes, guide, leads, lookup, stages


def main() -> None:
    """Run the page that was asked for."""
    st.set_page_config(page_title="Leadsheet", page_icon=str(ICON), layout="wide")
    st.logo(str(LOGO), icon_image=str(LOGO))
    pages = {
        "lookup": st.Page(
            lookup.page, title="Lookup", url_path="lookup", icon=":material/search:", default=True
        ),
        "leads": st.Page(leads.page, title="Leads", url_path="leads", icon=":material/table_rows:"),
        "stages": st.Page(
            stages.page, title="Stages", url_path="stages", icon=":material/bar_chart:"
        ),
        "changes": st.Page(
            changes.page, title="Changes", url_path="changes", icon=":material/compare_arrows:"
        ),
        "guide": st.Page(guide.page, title="Guide", url_path="guide", icon=":material/menu_book:"),
    }
    prepare(pages)
    st.navigation(list(pages.values()), position="top").run()


if __name__ == "__main__":
    main()
