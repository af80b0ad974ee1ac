"""What every room stands on: journal, doors, states, files, tables, live. It knows no contest."""
