"""The drawn scenes: each a set of parameters and a function that paints it."""
