"""From the one rule that an operator states: tangents and adjoints, gradients as graphs and as functions."""
