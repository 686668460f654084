"""Following a plan through the years: what was spent against it, what that signals, what is carried over."""
