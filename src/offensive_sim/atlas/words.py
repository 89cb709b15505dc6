"""Words on the picture in three languages; counts keep their digits."""

from datetime import date
from typing import Final

MONTHS: Final = (
    ("January", "كانون الثاني", "کانوونی دووەم"),
    ("February", "شباط", "شوبات"),
    ("March", "آذار", "ئازار"),
    ("April", "نيسان", "نیسان"),
    ("May", "أيار", "ئایار"),
    ("June", "حزيران", "حوزەیران"),
    ("July", "تموز", "تەممووز"),
    ("August", "آب", "ئاب"),
    ("September", "أيلول", "ئەیلوول"),
    ("October", "تشرين الأول", "تشرینی یەکەم"),
    ("November", "تشرين الثاني", "تشرینی دووەم"),
    ("December", "كانون الأول", "کانوونی یەکەم"),
)
WORDS: Final = {
    "title": ("Northern Iraq 2014", "شمال العراق 2014", "باکووری عێراق 2014"),
    "evening": ("Evening of {date}", "مساء {date}", "ئێوارەی {date}"),
    "day": ("Day {day} of {days}", "اليوم {day} من {days}", "ڕۆژی {day} لە {days}"),
    "opening": ("Before the first day", "قبل اليوم الأول", "پێش ڕۆژی یەکەم"),
    "people": ("Displaced people", "النازحون", "ئاوارەکان"),
    "since": (
        "{number} more than on the first evening",
        "بزيادة {number} على المساء الأول",
        "{number} زیاتر لە ئێوارەی یەکەم",
    ),
    "held": ("Who holds the places", "من يسيطر على المواقع", "کێ شوێنەکانی بەدەستەوەیە"),
    "signs": ("Signs", "الرموز", "نیشانەکان"),
    "town": ("Town: colour and letter of the holder", "بلدة: لون المسيطر وحرفه", "شار: ڕەنگ و پیتی دەسەڵاتدار"),
    "base": (
        "Base, airfield, dam, oil, crossing",
        "قاعدة، مطار، سد، نفط، معبر",
        "بنکە، فڕۆکەخانە، بەنداو، نەوت، دەروازە",
    ),
    "contested": ("Contested", "متنازع عليه", "جێی ململانێ"),
    "unclear": ("Unclear", "غير واضح", "ڕوون نییە"),
    "unknown": ("No direct report", "لا تقرير مباشر", "ڕاپۆرتی ڕاستەوخۆ نییە"),
    "ghost": ("Ring: who held it in fact", "الحلقة: من سيطر عليه فعلاً", "ئەڵقە: لە ڕاستیدا بەدەست کێ بوو"),
    "apart": (
        "Corners: the other world has it otherwise (letter: who)",
        "الزوايا: في العالم الآخر بيد غيره (الحرف: من)",
        "گۆشەکان: لە جیهانەکەی تر بەدەست کەسێکی ترە (پیت: کێ)",
    ),
    "shelter": ("Displaced people there", "نازحون في المكان", "ئاوارەکان لەوێ"),
    "flow": ("Left home since the start (wide end)", "غادروا ديارهم (الطرف العريض)", "ماڵیان بەجێهێشت (سەری پان)"),
    "camp": ("Camp", "مخيم", "کەمپ"),
    "gate": (
        "Checkpoint; … people waiting there",
        "حاجز؛ … أشخاص ينتظرون عنده",
        "خاڵی پشکنین؛ … خەڵک لەوێ چاوەڕێن",
    ),
    "shut": ("Road shut", "طريق مقطوع", "ڕێگا داخراوە"),
    "units": ("Formations, with men", "التشكيلات وعدد أفرادها", "یەکەکان و ژمارەی پیاوانیان"),
    "roads": ("Road: highway, main, secondary, track", "سريع، رئيسي، ثانوي، ترابي", "خێرا، سەرەکی، لاوەکی، خۆڵ"),
    "km": ("km", "كم", "کم"),
}
PARTY_WORDS: Final = {
    "iraq": ("Federal forces", "القوات الاتحادية", "هێزە فیدراڵییەکان"),
    "krg": ("Kurdistan Region", "إقليم كردستان", "هەرێمی کوردستان"),
    "isis": ("ISIS", "تنظيم داعش", "داعش"),
    "militia": ("Volunteers and militias", "المتطوعون والفصائل", "خۆبەخش و میلیشیا"),
    "insurgent-allied": ("Other Sunni armed groups", "جماعات سنية مسلحة أخرى", "گرووپە چەکدارە سوننەکانی تر"),
    "ypg": ("YPG", "وحدات حماية الشعب", "یەپەگە"),
    "pkk": ("PKK (HPG)", "حزب العمال الكردستاني", "پەکەکە"),
    "rebels": ("Syrian rebels", "المعارضة السورية المسلحة", "ئۆپۆزسیۆنی سووریا"),
    "syria": ("Syrian government", "الحكومة السورية", "حکوومەتی سووریا"),
    "turkey": ("Turkey", "تركيا", "تورکیا"),
    "iran": ("Iran", "إيران", "ئێران"),
}
CREDIT: Final = "© OpenStreetMap contributors · Natural Earth · GSHHG · GeoNames · shadedrelief.com"
"""The licence line upon a map; the whole of it is ``LICENCE``."""
LICENCE: Final = (
    "Made with Natural Earth. GSHHG (LGPL). Lakes © OpenStreetMap contributors, ODbL. "
    "Places: GeoNames, CC BY 4.0. Relief: shadedrelief.com."
)


def _column(language: str) -> int:
    return {"ar": 1, "ckb": 2}.get(language, 0)


def word(key: str, language: str, **parts: object) -> str:
    """A phrase in a language, with its parts filled in."""
    return WORDS[key][_column(language)].format(**parts)


def party_word(key: str, name: str, language: str) -> str:
    """A party's short name, or the scenario's own where none is known."""
    return PARTY_WORDS[key][_column(language)] if key in PARTY_WORDS else name


def date_words(day: date, language: str) -> str:
    """``10 June 2014`` in a language."""
    return f"{day.day} {MONTHS[day.month - 1][_column(language)]} {day.year}"


def about(people: int) -> str:
    """A count of people to two significant digits, thousands set apart."""
    if people < 1000:  # noqa: PLR2004
        return str(people)
    step = 10 ** (len(str(people)) - 2)
    return f"{round(people / step) * step:,}"
