"""Signs: the quotation marks, dashes and dots of each language, and where one wants a space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pressout.terms import language

NO_BREAK = "\u00a0"
THIN = "\u202f"  # the narrow space that does not break
EN_DASH, EM_DASH = "–", "—"


@dataclass(frozen=True, slots=True)
class Signs:
    """What a language sets for `"` and `'`, one pair each, for `--`, `---` and `...`.

    `spaced` are the signs before which a space belongs, each with that space. `elided` are words that begin with an apostrophe.
    """

    double: tuple[str, str]
    single: tuple[str, str]
    two: str = EN_DASH
    three: str = EM_DASH
    dots: str = "…"
    spaced: tuple[tuple[str, str], ...] = ()
    bound: str = ""  # words of one letter that must not end a line
    elided: frozenset[str] = frozenset()


# Unicode CLDR 46, "delimiters" of each language, but where its own typesetters do otherwise: Arabic, Persian and Greek set
# guillemets, Dutch and Hungarian the marks of their press, Japanese leaves straight marks to foreign words
MARKS = {
    "ar": "« » ‹ ›",
    "be": "« » „ “",
    "bg": "„ “ ‚ ‘",
    "ca": "« » “ ”",
    "cs": "„ “ ‚ ‘",
    "da": "» « › ‹",
    "de": "„ “ ‚ ‘",
    "de-ch": "« » ‹ ›",
    "de-li": "« » ‹ ›",
    "el": "« » “ ”",
    "en": "“ ” ‘ ’",
    "es": "« » “ ”",
    "et": "„ “ ‚ ‘",
    "fa": "« » ‹ ›",
    "fi": "” ” ’ ’",
    "fr": "« » “ ”",
    "fr-ch": "« » ‹ ›",
    "he": "” ” ’ ’",
    "hr": "„ ” ‘ ’",
    "hu": "„ ” » «",
    "is": "„ “ ‚ ‘",
    "it": "« » “ ”",
    "it-ch": "« » ‹ ›",
    "lt": "„ “ ‚ ‘",
    "lv": "“ ” ‘ ’",
    "nb": "« » ‘ ’",
    "nn": "« » ‘ ’",
    "pl": "„ ” « »",
    "pt": "“ ” ‘ ’",
    "pt-pt": "« » “ ”",
    "ro": "„ ” « »",
    "ru": "« » „ “",
    "sk": "„ “ ‚ ‘",
    "sl": "„ “ ‚ ‘",
    "sr": "„ ” ‘ ’",
    "sv": "” ” ’ ’",
    "uk": "« » „ “",
    "zh-Hant": "「 」 『 』",
}
DASHES = {"be": EM_DASH, "ru": EM_DASH, "uk": EM_DASH, "ja": EM_DASH * 2, "zh-Hans": EM_DASH * 2, "zh-Hant": EM_DASH * 2}
ELIDED = {
    "de": "n ne nem nen ner nes s",
    "en": "bout cause cos em ere gainst kay n neath nuff round s til tis twas twere twill twixt",
    "it": "ndrangheta nduja sta ste sti sto",
    "nl": "k m n r s t",
}


@cache
def signs_of(lang: str) -> Signs:
    """The signs of a language, by its region where that has its own; the English ones where there are none."""
    plain, region = language(lang), lang.lower().replace("_", "-")
    marks = (MARKS.get(region) or MARKS.get(plain) or MARKS["en"]).split()
    dashes = DASHES.get(plain)
    return Signs(
        double=(marks[0], marks[1]),
        single=(marks[2], marks[3]),
        two=dashes or EN_DASH,
        three=dashes or EM_DASH,
        dots="……" if plain in ("ja", "zh-Hans", "zh-Hant") else "…",
        spaced=_french(region) if plain == "fr" else (),
        bound="aiouwz" if plain == "pl" else "",
        elided=frozenset(ELIDED.get(plain, "").split()),
    )


def _french(region: str) -> tuple[tuple[str, str], ...]:
    """The spaces of the Imprimerie nationale; in Canada the high signs stand close, in Switzerland all spaces are thin."""
    if region == "fr-ca":
        return ((":", NO_BREAK), ("»", NO_BREAK))
    if region == "fr-ch":
        return tuple((sign, THIN) for sign in ":;!?»")
    return ((":", NO_BREAK), (";", THIN), ("!", THIN), ("?", THIN), ("»", NO_BREAK))
