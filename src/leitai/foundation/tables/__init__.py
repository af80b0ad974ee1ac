"""Spreadsheets as people really send them: read with suspicion, checked cell by cell, written
safely.

`read_table` turns CSV or XLSX into a `Table`, `guess_mapping` guesses which column is which field,
`check` gives clean rows and every `Problem` with its sheet, row and mend, and `write` exports.
"""
