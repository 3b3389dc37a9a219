"""What is particular to a reviewer: severity, habits, drift."""
