"""What comes from and goes to others: buffers, DLPack, nested sequences, LAPACK. No arithmetic of our own."""
