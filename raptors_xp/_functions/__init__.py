"""The public functions, a module a chapter of the standard: they check arguments and hand on to the floors below."""
