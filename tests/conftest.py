"""What tests share."""

import pytest

from offensive_sim import folders


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty folder for settings and saves."""
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    return tmp_path
