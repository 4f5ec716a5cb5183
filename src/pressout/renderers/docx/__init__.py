"""Word files: a document as WordprocessingML that Word takes for its own."""
