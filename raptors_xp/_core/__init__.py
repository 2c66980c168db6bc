"""What every floor above stands on: dtypes, shapes, promotion, fields of arrays, plans of loops. It makes no arrays."""
