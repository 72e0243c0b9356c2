"""Graph -> what people and programs read: LaTeX, the language of programs, source code, SymPy."""
