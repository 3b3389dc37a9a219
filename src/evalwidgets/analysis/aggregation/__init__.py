"""What many answers say together: consensus, and preferences between pairs."""
