"""Files that are whole or not there."""

import errno
import os
from pathlib import Path

import pytest

from offensive_sim.errors import SimError
from offensive_sim.outfile import replaced


def test_where_nothing_can_be_written_nothing_can_be_removed_either(tmp_path, monkeypatch):
    """A folder on a medium that is read-only refuses both, and only the first is worth saying."""

    def refused(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(SimError, match=r"page\.html: cannot be written: Read-only file system"), \
            replaced(tmp_path / "page.html"):  # fmt: skip
        pass
