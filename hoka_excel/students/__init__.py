"""Students from the open data of DUO, counted for the lines of a plan."""
