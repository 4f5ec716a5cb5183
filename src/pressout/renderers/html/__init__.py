"""XHTML: the document's blocks, inlines and notes as markup that print and e-book share."""
