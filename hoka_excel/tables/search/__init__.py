"""Finding totals: which patterns of a table are sums, and how sure that is."""
