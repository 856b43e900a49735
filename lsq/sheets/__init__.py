"""Spreadsheets in and out: bytes to a table of text, every row's one outcome, and files again.

The way of a sheet: `reading.read_sheet` -> `id_column.find_ids` -> `ledger.settle` ->
`joining.join` -> `writing.write`. Nothing here knows HTTP or Streamlit.
"""
