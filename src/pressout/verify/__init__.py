"""Verify: is a finished file right, by the validators of its format and by checks of our own."""
