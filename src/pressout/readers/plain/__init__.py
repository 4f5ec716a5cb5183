"""What the reader of plain text is made of: lines, what they are, and the blocks that they make."""
