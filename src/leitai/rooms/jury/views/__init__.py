"""Pages of the jury room: load, admit, act, show."""
