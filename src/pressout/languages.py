"""Languages: which of those at hand a text is written in, told by its letters and small words."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

ENOUGH = 20_000  # characters; more text tells nothing new
CLEAR = 0.06  # the share of small words below which Latin text is no language known here
EVIDENCE = 3  # different small words; one or two stand in any heading, as a name, a label or a sign
LEAD = 1.2  # times the small words that only the next language has, where each language has some that the other lacks
PARTICLES = 2  # words in lower case between two with a capital that make one name of them: María de los Ángeles
WORD = re.compile(r"[^\W\d_]+")
STOP = re.compile(r"[^\w\s'’-]+")  # what parts a name from the next
SCRIPTS = {
    "ARABIC": "ar",
    "CJK": "zh-Hans",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "TAMIL": "ta",
}
# Letters that only one of the languages of a script has
PERSIAN = frozenset("پچژگکی")
BELARUSIAN = frozenset("ўі")
UKRAINIAN = frozenset("їєґ")
TRADITIONAL = frozenset("們這來時個國為學說對會過還發經現點開關與於後從實樣")
SIMPLIFIED = frozenset("们这来时个国为学说对会过还发经现点开关与于后从实样")
SMALL_WORDS = {
    "de": "der die das und ist nicht ein eine den von zu mit sich auf für des im dem auch als wird oder",
    "en": "the of and to in is that for it with as on are this be by not or from at have",
    "es": "el la de que y a en los se del las por con para una es no como más su al lo o",
    "fr": "le la les de des et est en un une du que qui dans pour pas sur au plus par ce il",
    "it": "il la di che e un una per non sono del della con le si come più alla nel dei gli",
    "nl": "de het een van en is dat op te niet zijn voor met die aan door ook als er maar",
    "pl": "i w nie na się z do to jest że jak o po dla od przez są lub oraz ale",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos como ao",
}
SMALL = {lang: frozenset(words.split()) for lang, words in SMALL_WORDS.items()}
# Of these, what English has too; of another language they tell nothing, nor does any single letter
ENGLISH_TOO = frozenset(
    {"as", "come", "die", "do", "door", "in", "is", "met", "no", "on", "par", "per", "plus", "pour", "to", "van"}
)

KNOWN = frozenset({*SCRIPTS.values(), *SMALL_WORDS, "fa", "be", "uk", "zh-Hant"})


def guessed_language(text: str) -> str:
    """The language of a text among those that pressout has words for; English where nothing tells."""
    return told_language(text) or "en"


def told_language(text: str) -> str:
    """The language of a text among those that are KNOWN; empty where nothing tells."""
    letters = [letter for letter in text[: 2 * ENOUGH].lower() if letter.isalpha()]
    scripts = Counter(SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "") for letter in letters)
    # A page of Japanese may hold more ideographs than kana
    if scripts["ja"] > len(letters) / 20:
        return "ja"
    lang = max(sorted(scripts), key=lambda script: scripts[script], default="")
    if not lang:
        return _latin(text)
    return _among(lang, Counter(letters))


def _among(lang: str, letters: Counter[str]) -> str:
    """The language of a script by the letters that only one has."""

    def share(own: frozenset[str]) -> float:
        return sum(letters[letter] for letter in own) / letters.total()

    if lang == "ar":
        return "fa" if share(PERSIAN) > 0.02 else "ar"
    if lang == "ru":
        return "uk" if share(UKRAINIAN) > 0.003 else "be" if share(BELARUSIAN) > 0.01 else "ru"
    if lang == "zh-Hans":
        return "zh-Hant" if share(TRADITIONAL) > share(SIMPLIFIED) else "zh-Hans"
    return lang


def _latin(text: str) -> str:
    text = text[: 2 * ENOUGH]
    words, unnamed = Counter(WORD.findall(text.lower())), Counter(_unnamed(text))
    # German writes its nouns with capitals, so that what is between two of them is no part of a name
    counts = {lang: words if lang in ("en", "de") else unnamed for lang in SMALL_WORDS}
    found = {lang: sum(counts[lang][word] for word in small) for lang, small in SMALL.items()}
    best, other = sorted(sorted(found), key=lambda lang: found[lang], reverse=True)[:2]
    lead = sum(counts[best][word] for word in SMALL[best] - SMALL[other])
    behind = sum(counts[other][word] for word in SMALL[other] - SMALL[best])
    clear = found[best] > CLEAR * words.total() and lead >= LEAD * behind
    return best if clear and _evidence(best, counts[best]) >= EVIDENCE else ""


def _unnamed(text: str) -> Iterator[str]:
    """The words that are no part of a name, for a name tells of its bearer's language; in lower case."""
    for stretch in STOP.split(text):
        words = WORD.findall(stretch)
        capitals = [place for place, word in enumerate(words) if word[0].isupper()]
        named = set(capitals[capitals[:1] == [0] :])
        for first, last in itertools.pairwise(capitals):
            if last - first <= PARTICLES + 1:
                named.update(range(first + 1, last))
        yield from (word.lower() for place, word in enumerate(words) if place not in named)


def _evidence(lang: str, words: Counter[str]) -> int:
    """How many different small words of a language stand in the text, without those that may as well be English."""
    small = SMALL[lang] if lang == "en" else SMALL[lang] - ENGLISH_TOO
    return sum(len(word) > 1 and word in words for word in small)
