"""A sourced, turn-based simulation of the Northern Iraq offensive of June-August 2014."""

__version__ = "0.1.0"
