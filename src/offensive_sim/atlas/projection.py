"""Degrees to kilometres on the map and kilometres to pixels of a view; numpy only.

Lambert conformal conic on the sphere, so that a distance on the screen is a distance on the road map.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Floats

RADIUS_KM: Final = 6371.0088
PARALLELS: Final = (32.0, 36.5)
ORIGIN: Final = (43.0, 34.5)
"""Longitude and latitude of the point (0, 0)."""
FRAME: Final = (-414.8, -500.4, 385.8, 341.5)
"""West, south, east and north edge of the base map, km."""
STORY_BOX: Final = (-205.0, -168.0, 262.0, 318.0)
"""The same of where the campaign happened."""

_CROPS: Final = 1.28
"""How much closer a view may come to hide the map's edges."""


def _height(lat: Floats) -> Floats:
    return np.tan(np.pi / 4 + lat / 2)


_P1, _P2 = np.radians(PARALLELS)
_LON0, _LAT0 = np.radians(ORIGIN)
_N: Final = float(np.log(np.cos(_P1) / np.cos(_P2)) / np.log(_height(_P2) / _height(_P1)))
_F: Final = float(RADIUS_KM * np.cos(_P1) * _height(_P1) ** _N / _N)
_RHO0: Final = float(_F / _height(_LAT0) ** _N)


def project(lonlat: Floats) -> Floats:
    """Degrees of longitude and latitude, shape (N, 2), as km east and north of the origin, shape (N, 2)."""
    lon, lat = np.radians(np.asarray(lonlat, np.float64)).T
    rho = _F / _height(lat) ** _N
    angle = _N * (lon - _LON0)
    return np.stack([rho * np.sin(angle), _RHO0 - rho * np.cos(angle)], axis=1)


def unproject(km: Floats) -> Floats:
    """The inverse of ``project``, shape (N, 2)."""
    x, y = np.asarray(km, np.float64).T
    rho = np.hypot(x, _RHO0 - y)
    lon = _LON0 + np.arctan2(x, _RHO0 - y) / _N
    lat = 2 * np.arctan((_F / rho) ** (1 / _N)) - np.pi / 2
    return np.degrees(np.stack([lon, lat], axis=1))


def sheet(km: Floats, zoom: float) -> Floats:
    """Pixels right of and below the map frame's corner at a zoom in pixels a km, shape (N, 2)."""
    return (np.asarray(km) - (FRAME[0], FRAME[3])) * (zoom, -zoom)


@dataclass(frozen=True)
class Camera:
    """What part of the map a view of some pixels shows."""

    x: float
    y: float
    """Centre, km."""
    zoom: float
    """Pixels a km."""
    size: tuple[int, int]
    """Pixels."""

    @classmethod
    def fitting(cls, box: tuple[float, float, float, float], size: tuple[int, int]) -> "Camera":
        """The closest view that holds a box of west, south, east and north km."""
        west, south, east, north = box
        zoom = min(size[0] / (east - west), size[1] / (north - south))
        return cls((west + east) / 2, (south + north) / 2, zoom, size).kept_inside()

    @classmethod
    def filling(cls, box: tuple[float, float, float, float], size: tuple[int, int]) -> "Camera":
        """The same, yet close enough that little beyond the map's edges shows, also where a view is very wide."""
        fitting = cls.fitting(box, size)
        return replace(fitting, zoom=min(max(fitting.zoom, fill_zoom(size)), fitting.zoom * _CROPS)).kept_inside()

    @property
    def corner(self) -> tuple[int, int]:
        """Whole pixels of the map sheet at the view's top left."""
        left, top = sheet(np.array([[self.x, self.y]]), self.zoom)[0]
        return round(left - self.size[0] / 2), round(top - self.size[1] / 2)

    def screen(self, km: Floats) -> Floats:
        """Pixels of the view, shape (N, 2)."""
        return sheet(km, self.zoom) - self.corner

    def ground(self, pixel: tuple[float, float]) -> tuple[float, float]:
        """Kilometres under a pixel of the view."""
        left, top = self.corner
        return FRAME[0] + (pixel[0] + left) / self.zoom, FRAME[3] - (pixel[1] + top) / self.zoom

    def zoomed(self, factor: float, at: tuple[float, float]) -> "Camera":
        """Closer or farther with the ground under a pixel kept there."""
        x, y = self.ground(at)
        zoom = self.zoom * factor
        centre = (x - (at[0] - self.size[0] / 2) / zoom, y + (at[1] - self.size[1] / 2) / zoom)
        return Camera(*centre, zoom, self.size).kept_inside()

    def panned(self, right: float, down: float) -> "Camera":
        """Moved over the ground by pixels."""
        return replace(self, x=self.x + right / self.zoom, y=self.y - down / self.zoom).kept_inside()

    def kept_inside(self) -> "Camera":
        """Moved so that no more than needed of what lies beyond the map's edge shows."""
        half = (self.size[0] / self.zoom / 2, self.size[1] / self.zoom / 2)
        x = _between(self.x, FRAME[0] + half[0], FRAME[2] - half[0])
        y = _between(self.y, FRAME[1] + half[1], FRAME[3] - half[1])
        return replace(self, x=x, y=y)


def fill_zoom(size: tuple[int, int]) -> float:
    """Pixels a km at which the map just covers a view."""
    return max(size[0] / (FRAME[2] - FRAME[0]), size[1] / (FRAME[3] - FRAME[1]))


def _between(value: float, low: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)
