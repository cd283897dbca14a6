"""Expressions in integer form over columns: a plan of narrow steps, run by NumPy or by C.

`plan` folds and shares what is wanted, in the algebra of `terms`, `masks`, `comparisons` and
`algebra`; `typed_steps` and `registers` make array operations of it; `numpy_kernel` or
`native_source` and `native` run them, `blocks` at a time.
"""

from evaluator.scoring.columnar.kernel.running import Engine, Kernel, Slots, Then

__all__ = ["Engine", "Kernel", "Slots", "Then"]
