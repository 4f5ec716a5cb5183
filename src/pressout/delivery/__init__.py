"""Delivery: how a finished file comes to where it is read."""
