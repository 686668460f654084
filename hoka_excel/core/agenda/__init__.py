"""A quality agenda: projects that several sources pay for, and which of that money they may have."""
