"""The version of the package, for people and for the build. Nothing else lives here."""

__version__ = "0.1.0"
