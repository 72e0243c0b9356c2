"""What is seen: a Graph laid out and drawn once, and what each step changes in the drawing."""
