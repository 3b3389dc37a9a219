"""What a change of the rubric does: to past results before it is published, to scores after it."""
