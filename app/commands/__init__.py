"""The commands of ``anodekg``; ``app.cli`` holds the table that finds them."""
