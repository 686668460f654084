"""Bookings: which line of a plan each belongs to, which look booked twice, what they add up to."""
