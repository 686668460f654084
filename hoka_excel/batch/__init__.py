"""Regenerate many workbooks: jobs, worker processes, a cluster, and what was done before."""
