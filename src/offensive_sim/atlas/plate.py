"""Names that no scenario holds: governorates, countries, waters, regions; English, Arabic, Sorani."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Name:
    """A name printed on the map itself."""

    style: str
    """area, country, water or land."""
    lon: float
    lat: float
    words: tuple[str, str, str]
    angle: float = 0.0
    """Degrees, rising to the right."""
    rank: float = 0.0

    def word(self, language: str) -> str:
        """In a language."""
        return self.words[{"ar": 1, "ckb": 2}.get(language, 0)]


PLATE: Final = (
    Name("area", 42.25, 35.75, ("Ninewa", "نينوى", "نەینەوا")),
    Name("area", 43.35, 36.99, ("Dohuk", "دهوك", "دهۆک")),
    Name("area", 44.42, 36.52, ("Erbil", "أربيل", "هەولێر")),
    Name("area", 45.35, 35.72, ("Sulaymaniyah", "السليمانية", "سلێمانی")),
    Name("area", 44.12, 35.17, ("Kirkuk", "كركوك", "کەرکووک")),
    Name("area", 43.32, 34.72, ("Salah al-Din", "صلاح الدين", "سەلاحەدین")),
    Name("area", 45.25, 33.98, ("Diyala", "ديالى", "دیالە")),
    Name("area", 41.75, 33.72, ("Anbar", "الأنبار", "ئەنبار")),
    Name("area", 45.55, 32.75, ("Wasit", "واسط", "واست")),
    Name("area", 43.55, 32.25, ("Karbala", "كربلاء", "کەربەلا")),
    Name("area", 43.2, 31.2, ("Najaf", "النجف", "نەجەف")),
    Name("area", 45.1, 30.6, ("Muthanna", "المثنى", "موسەننا")),
    Name("country", 40.2, 36.25, ("Syria", "سوريا", "سووریا")),
    Name("country", 42.0, 37.62, ("Turkey", "تركيا", "تورکیا")),
    Name("country", 46.2, 34.75, ("Iran", "إيران", "ئێران")),
    Name("country", 39.4, 32.2, ("Jordan", "الأردن", "ئوردن")),
    Name("country", 41.2, 30.8, ("Saudi Arabia", "السعودية", "سعوودیە")),
    Name("water", 43.3, 33.99, ("Lake Tharthar", "بحيرة الثرثار", "دەریاچەی سەرسار"), -60, 2),
    Name("water", 42.72, 36.74, ("Mosul Dam Lake", "بحيرة سد الموصل", "دەریاچەی بەنداوی مووسڵ"), -38, 2),
    Name("water", 43.53, 35.42, ("Tigris", "دجلة", "دیجلە"), -68, 3),
    Name("water", 44.14, 33.86, ("Tigris", "دجلة", "دیجلە"), -70, 2),
    Name("water", 41.7, 34.44, ("Euphrates", "الفرات", "فورات"), 8, 3),
    Name("water", 42.66, 33.86, ("Euphrates", "الفرات", "فورات"), -62, 2),
    Name("water", 40.42, 35.22, ("Euphrates", "الفرات", "فورات"), -40, 1),
    Name("water", 44.03, 36.6, ("Great Zab", "الزاب الكبير", "زێی گەورە"), 52, 2),
    Name("water", 43.78, 35.42, ("Little Zab", "الزاب الصغير", "زێی بچووک"), 42, 2),
    Name("water", 44.36, 34.3, ("Adhaim", "العظيم", "زێی عوزێم"), 72, 1),
    Name("water", 44.93, 34.0, ("Diyala", "ديالى", "سیروان"), 40, 1),
    Name("water", 40.72, 35.75, ("Khabur", "الخابور", "خابوور"), 62, 1),
    Name("water", 45.32, 37.45, ("Lake Urmia", "بحيرة أرومية", "دەریاچەی ورمێ"), -75, 1),
    Name("land", 41.85, 35.2, ("Al-Jazira", "الجزيرة", "جەزیرە"), 0, 1),
    Name("land", 44.28, 34.72, ("Jebel Hamrin", "جبل حمرين", "چیای حەمرین"), -38, 1),
    Name("land", 43.3, 35.02, ("Jebel Makhul", "جبل مكحول", "چیای مەکحوول"), -55, 0),
    Name("land", 45.15, 36.72, ("Zagros", "زاغروس", "زاگرۆس"), -45, 1),
)
_AREAS: Final = {name.words[0]: name for name in PLATE if name.style in ("area", "country")}


def area_word(name: str, language: str) -> str:
    """A governorate or country in a language, or as given where it is not on the map."""
    return _AREAS[name].word(language) if name in _AREAS else name
