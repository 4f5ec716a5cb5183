"""Bylines: who wrote an article and when, in the words that stand between its title and its text."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from pressout.readers.plain.marks import item_mark
from pressout.readers.plain.sentences import ends_sentence, length_in_words

LONGEST = 30  # words of a byline: a date and half a dozen authors
MONTHS = (
    "january jan januar enero janvier gennaio janeiro januari stycznia styczeń января январь студзеня січня ιανουαρίου يناير ژانویه ינואר जनवरी ஜனவரி".split(),
    "february feb februar febrero février febbraio fevereiro februari lutego luty февраля февраль лютага лютого φεβρουαρίου فبراير فوریه פברואר फरवरी பிப்ரவரி".split(),
    "march mar märz marzo mars março maart marca marzec марта март сакавіка березня μαρτίου مارس مارس מרץ मार्च மார்ச்".split(),
    "april apr abril avril aprile abril april kwietnia kwiecień апреля апрель красавіка квітня απριλίου أبريل آوریل אפריל अप्रैल ஏப்ரல்".split(),
    "may mai mayo maggio maio mei maja maj мая май траўня травня μαΐου مايو مه מאי मई மே".split(),
    "june jun juni junio juin giugno junho czerwca czerwiec июня июнь чэрвеня червня ιουνίου يونيو ژوئن יוני जून ஜூன்".split(),
    "july jul juli julio juillet luglio julho lipca lipiec июля июль ліпеня липня ιουλίου يوليو ژوئیه יולי जुलाई ஜூலை".split(),
    "august aug agosto août agosto augustus sierpnia sierpień августа август жніўня серпня αυγούστου أغسطس اوت אוגוסט अगस्त ஆகஸ்ட்".split(),
    "september sept sep septiembre septembre settembre setembro września wrzesień сентября сентябрь верасня вересня σεπτεμβρίου سبتمبر سپتامبر ספטמבר सितंबर செப்டம்பர்".split(),
    "october oct oktober okt octubre octobre ottobre outubro października październik октября октябрь кастрычніка жовтня οκτωβρίου أكتوبر اکتبر אוקטובר अक्टूबर அக்டோபர்".split(),
    "november nov noviembre novembre novembro listopada listopad ноября ноябрь лістапада листопада νοεμβρίου نوفمبر نوامبر נובמבר नवंबर நவம்பர்".split(),
    "december dec dezember dez diciembre décembre dicembre dezembro grudnia grudzień декабря декабрь снежня грудня δεκεμβρίου ديسمبر دسامبر דצמבר दिसंबर டிசம்பர்".split(),
)
MONTH = {word: number for number, words in enumerate(MONTHS, 1) for word in words}
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?"
NAMED = r"(?P<month>[^\W\d_]{2,12})\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
OF = r"[ \u00a0](?:de[ \u00a0]|del[ \u00a0])?(?:ב)?"
DATES = (
    re.compile(
        r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?"
    ),
    re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
    re.compile(rf"{DAY}{OF}{NAMED},?{OF}{YEAR}"),
    re.compile(rf"{NAMED}[ \u00a0]{DAY},?[ \u00a0]{YEAR}"),
    re.compile(r"(?P<day>\d{1,2})\.[ \u00a0]?(?P<month>\d{1,2})\.[ \u00a0]?(?P<year>(?:19|20)\d\d)"),
)
TIME = r"(?:,?\s*(?:at|um|à|a las|alle|às|om|o|в|klo|—|-|–)?\s*\d{1,2}[:.h]\d\d\s*(?:[ap]\.?m\.?|Uhr|[A-Z]{2,4})?)?"
READING_TIME = re.compile(
    r"(?:reading time:?\s*|lesezeit:?\s*|(?:temps de )?lecture:?\s*|tiempo de lectura:?\s*|tempo di lettura:?\s*|czas czytania:?\s*|время чтения:?\s*)?"
    r"\d{1,3}[\s-]*(?:min(?:ute|uten|utes|utos|uti|ut|uty)?\.?|мин(?:ут[аы]?)?\.?|хв\.?|λεπτά|دقائق|دقیقه|דקות|मिनट|நிமிடம்|分钟|分鐘|分|분)"
    r"(?:\s*(?:read|reading|lesezeit|zu lesen|de lecture|de lectura|di lettura|de leitura|leestijd|leestid|czytania|чтения|на чтение|ανάγνωση|قراءة|مطالعه|קריאה|पढ़ें|で読めます|阅读|閱讀|읽기))?",
    re.IGNORECASE,
)
PUBLISHED = (
    r"posted on|posted|published on|published|date|first published|veröffentlicht am|veröffentlicht|erschienen am|datum|stand|publié le|publié|mis en ligne le|"
    r"publicado el|publicado|fecha|pubblicato il|pubblicato|data|publicado em|gepubliceerd op|geplaatst op|opublikowano|data publikacji|opublikowany|"
    r"опубликовано|дата|дата публикации|опубліковано|апублікавана|δημοσιεύτηκε στις|δημοσιεύθηκε|ημερομηνία|نشر في|نُشر في|تاريخ النشر|التاريخ|"
    r"تاریخ انتشار|منتشر شده در|تاریخ|פורסם ב|פורסם|תאריך|प्रकाशित|दिनांक|வெளியிடப்பட்டது|தேதி|公開日|投稿日|掲載日|公開|작성일|입력|게시일|등록|"
    r"发布于|发布时间|发布日期|日期|发表于|發佈於|發布於|發布日期|發表於|on|le|am|el|il|em"
)
UPDATED = (
    r"last updated on|last updated|updated on|updated|last modified|modified|aktualisiert am|aktualisiert|zuletzt aktualisiert|zuletzt aktualisiert am|mis à jour le|modifié le|"
    r"actualizado el|actualizado|aggiornato il|atualizado em|bijgewerkt op|zaktualizowano|ostatnia aktualizacja|обновлено|оновлено|абноўлена|"
    r"ενημερώθηκε στις|τελευταία ενημέρωση|آخر تحديث|تم التحديث|به‌روزرسانی|آخرین به‌روزرسانی|עודכן ב|עודכן|अपडेट किया गया|अंतिम अपडेट|புதுப்பிக்கப்பட்டது|"
    r"更新日|最終更新日|更新|수정일|수정|업데이트|更新于|更新时间|最后更新|更新於|更新時間|最後更新"
)
WROTE = (
    r"written by|posted by|published by|story by|words by|text by|by|author|authors|von|autor|autorin|autoren|text von|geschrieben von|par|écrit par|rédigé par|auteur|auteurs|auteure|"
    r"por|escrito por|autora|autores|di|scritto da|a cura di|autore|autrice|autori|door|geschreven door|napisał|napisała|autorzy|tekst|автор|авторы|автори|аўтар|текст|"
    r"του|της|από|συντάκτης|συγγραφέας|γράφει|γράφει ο|γράφει η|بقلم|كتب|كتبه|الكاتب|المؤلف|نویسنده|نوشته|به قلم|מאת|כתב|כתבה|लेखक|लेखिका|द्वारा|எழுதியவர்|ஆசிரியர்|"
    r"著者|執筆者|執筆|文|作者|作成者|글쓴이|작성자|글|기자|撰文|編輯|编辑|文/"
)
# These stand alone before a name; the others may, but need a colon to be told from the start of a sentence
SEPARATOR = r"[\s,;|·•–—/-]*"
NAME_END = re.compile(
    r"\s*(?:,|;|&|、|，|،|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|\bи\b|\bі\b|\bκαι\b|\sو\s|\sו|\bऔर\b|\bமற்றும்\b|\s와\s|及|和)\s*"
)
SENTENCE_WORDS = 5  # words of one name; more is a phrase


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `left` is what of it is neither a name nor a date, such as a reading time."""

    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    modified: datetime.date | None = None
    left: str = ""


def read_byline(text: str) -> Byline | None:
    """What a line below the title says of authors and dates; None where it is no byline."""
    if length_in_words(text) > LONGEST or len(text) > 300 or item_mark(text):
        return None
    rest, left = _without(READING_TIME, text)
    rest, modified = _dated(rest, UPDATED)
    rest, date = _dated(rest, PUBLISHED)
    names = _names(rest, bare=bool(date or modified or left))
    if names is None or not (names or date or modified or left):
        return None
    return Byline(names, date, modified, left.strip(" ·|•,()-–—"))


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if not found:
        return text, ""
    return text[: found.start()].rstrip(" ·|•,(-–—") + " " + text[found.end() :].lstrip(" ·|•,)-–—"), found[0]


def _dated(text: str, words: str) -> tuple[str, datetime.date | None]:
    """The text without a date and the words before it, and the date."""
    for pattern in DATES:
        whole = re.compile(rf"(?:^|(?<=\W)|\b)(?:(?:{words})[ \u00a0]?[:：]?[ \u00a0]?)?{pattern.pattern}{TIME}", re.IGNORECASE)
        if words is UPDATED:
            whole = re.compile(rf"\b(?:{words})[ \u00a0]?[:：]?[ \u00a0]?{pattern.pattern}{TIME}", re.IGNORECASE)
        found = whole.search(text)
        date = _date(found) if found else None
        if found and date:
            return (text[: found.start()] + " " + text[found.end() :]).strip(" ·|•,;-–—()"), date
    return text, None


def _date(found: re.Match[str]) -> datetime.date | None:
    month = found["month"].casefold().rstrip(".")
    number = int(month) if month.isdigit() else MONTH.get(month, 0)
    try:
        return datetime.date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _names(text: str, *, bare: bool) -> tuple[str, ...] | None:
    """The names in what is left of a byline: none of nothing, None where it is something else than names."""
    rest = text.strip(" ·|•,;-–—()/\t")
    if not rest:
        return ()
    found = re.match(
        rf"(?:{WROTE})(?:[ \u00a0]?[:：][ \u00a0]?|[ \u00a0]+)(?=\S)|(?:文|作者|撰文|글|기자)[／/:： ]?", rest, re.IGNORECASE
    )
    if not found and not bare:
        return None
    names = [name.strip(" .·|•") for name in NAME_END.split(rest[found.end() if found else 0 :]) if name.strip(" .·|•")]
    return tuple(names) if names and all(map(_is_name, names)) and not ends_sentence(rest) else None


def _is_name(text: str) -> bool:
    """Whether each word begins as a name does, or the script has no capitals."""
    words = text.split()
    particles = {
        "de",
        "del",
        "della",
        "di",
        "da",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "dos",
        "du",
        "y",
        "e",
        "ter",
        "ten",
        "af",
    }
    return (
        0 < len(words) <= SENTENCE_WORDS
        and not any(map(str.isdigit, text))
        and all(word in particles or not word[0].islower() for word in words)
    )
