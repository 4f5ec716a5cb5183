"""The language of a plain text, guessed from its script, its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 20_000  # characters read from the start of the text
LEAST_SHARE = 0.12  # of the words that must be a Latin language's commonest before it is named
LETTER = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

# First and last character of a script's letters, and the language it stands for where letters do not tell more
SCRIPTS = (
    ("\u0370", "\u03ff", "Greek"),
    ("\u1f00", "\u1fff", "Greek"),
    ("\u0400", "\u04ff", "Cyrillic"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "Arabic"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u3040", "\u30ff", "ja"),
    ("\u3400", "\u9fff", "Han"),
    ("\uac00", "\ud7af", "ko"),
)
COMMON_WORDS = {
    "en": "the of and to in is that it for was on are with as be this by from or have not an at which you we can".split(),
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus sie ihr".split(),
    "fr": "de la le et les des en un une du que qui est pour dans par sur au pas plus ne vous ce avec sont il ou".split(),
    "es": "de la que el en y los del se las por un para con no una su al lo como más es o pero son".split(),
    "it": "di che e la il un a per in una è sono con non si da come del dei le al più della anche gli".split(),
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como é ao ou".split(),
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan door maar naar bij of".split(),
    "pl": "w i z na do się nie że jest to o jak od po za ale przez dla lub są być czy ich oraz może".split(),
    "sv": "och att det som en på är av för med den till inte har de ett om var jag men kan från".split(),
}
SIMPLIFIED = frozenset("们这来为时个说国会对过还学发样问间开关实现长门东车马书见让请给该应从头两买卖认进远运设计读写体没电点样项动")
TRADITIONAL = frozenset(
    "們這來為爲時個說説國會對過還學發樣問間開關實現長門東車馬書見讓請給該應從頭兩買賣認進遠運設計讀寫體沒電點項動"
)


def guess_language(text: str) -> str:
    """The language as a BCP 47 tag, or nothing where there is no telling."""
    sample = text[:SAMPLE]
    scripts = Counter(map(_script, LETTER.findall(sample)))
    if scripts["ja"] > 0.1 * scripts["Han"] and scripts["ja"] > 0.2 * scripts["Latin"]:
        return "ja"
    script = max(scripts, key=lambda each: (scripts[each], each), default="")
    match script:
        case "Latin":
            return _latin(sample)
        case "Cyrillic":
            return _cyrillic(sample)
        case "Arabic":
            return _arabic(sample)
        case "Han":
            return _chinese(sample)
        case "Greek":
            return "el"
        case _:
            return script


def _script(letter: str) -> str:
    return next((name for first, last, name in SCRIPTS if first <= letter <= last), "Latin")


def _latin(sample: str) -> str:
    words = Counter(WORD.findall(sample.lower()))
    shares = {lang: sum(words[word] for word in common) / (words.total() or 1) for lang, common in COMMON_WORDS.items()}
    best = max(shares, key=lambda lang: shares[lang])
    return best if shares[best] >= LEAST_SHARE else ""


def _cyrillic(sample: str) -> str:
    letters = Counter(sample.lower())
    if letters["ў"]:
        return "be"
    if letters["і"] + letters["ї"] + letters["є"] > letters["ы"] + letters["э"] + letters["ъ"]:
        return "uk"
    return "ru" if letters["ы"] else ""


def _arabic(sample: str) -> str:
    letters = Counter(sample)
    if sum(letters[each] for each in "ٹڈڑےںہ") > sum(letters[each] for each in "ةىيك"):
        return "ur"
    return "fa" if sum(letters[each] for each in "پچژگکی") > sum(letters[each] for each in "ةىيك") else "ar"


def _chinese(sample: str) -> str:
    letters = Counter(sample)
    simplified, traditional = (
        sum(letters[each] for each in known) for known in (SIMPLIFIED - TRADITIONAL, TRADITIONAL - SIMPLIFIED)
    )
    return "zh-Hant" if traditional > simplified else "zh-Hans"
