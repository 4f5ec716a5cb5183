"""PDFs: the page that is laid out, what it is given, and what is read from its boxes."""
