"""Published documents: their budget tables as a plan, and their running text held against those tables."""
