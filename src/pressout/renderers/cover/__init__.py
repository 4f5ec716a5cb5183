"""Covers: the theme's template with the article's title set in it, as SVG and as a bitmap."""
