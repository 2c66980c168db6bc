"""The public functions, one module for each chapter of the standard. They check arguments and call the rooms below."""
