"""What an editor needs: the Word file that goes out, and the changes that come home into the source."""
