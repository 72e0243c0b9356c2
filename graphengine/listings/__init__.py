"""A program as code of NumPy, PyTorch or JAX, forward and backward written out in the order of the steps."""
