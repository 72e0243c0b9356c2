"""Graphs made shorter by named rules and rational algebra; numbers decide whether that was right."""
