"""What people see and touch: shells over pure functions; one tree built once, traits changed."""
