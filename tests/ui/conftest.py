"""What every test of the window has."""

import pytest


@pytest.fixture(autouse=True)
def own_home(home):
    """No test of the window reads or writes a person's own settings and saves."""
    return home
