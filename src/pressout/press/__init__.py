"""What a finished PDF gets on the press: tags that tell the truth, and the marks of an archive."""
