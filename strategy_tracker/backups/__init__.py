"""The whole installation as one file, made by the database's own means and checked on the way back."""
