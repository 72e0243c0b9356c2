from .record import Op
