"""What a person should settle, and what the answers are once it is settled."""
