"""Papers say what they must, to the eye and to the ear."""
