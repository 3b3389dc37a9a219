"""What other tools wrote and read: tables of ratings, and marked regions."""
