"""What a calibration meeting needs: tasks, room, agenda, tally."""
