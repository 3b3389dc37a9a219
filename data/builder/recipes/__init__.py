"""The tasks of the demo, scene by scene: words, pictures, planted defects, gold."""
