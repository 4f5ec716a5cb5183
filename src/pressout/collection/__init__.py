"""Collections: several articles in one file, such as a week's reading or an issue of a journal."""
