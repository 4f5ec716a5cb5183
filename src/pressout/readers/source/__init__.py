"""What the Markdown reader is made of: the language's rules, the recording parser, and each kind of block and inline."""
