"""A walk in the formats of other programs: LaTeX with TikZ, beamer."""
