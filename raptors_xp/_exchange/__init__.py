"""Exchange with others: buffers, DLPack, NumPy arrays, nested sequences, LAPACK. No arithmetic of our own."""
