"""Sheets: a theme as CSS for the printed page and for the e-book."""
