"""The commands, one file each: they read, call a statistic, and write what it says."""
