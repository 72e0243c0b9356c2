"""What is taken elsewhere: a step or a whole walk as files that other programs open."""
