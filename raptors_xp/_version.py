"""The version of the package, read by the package and by its build. Nothing else lives here."""

__version__ = "0.1.0"
