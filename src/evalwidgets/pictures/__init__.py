"""Picture files: the one door through which they come in."""
