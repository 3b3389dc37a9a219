"""Where things live: reviews, rubric files, tasks and pictures. Knows nothing of analysis."""
