"""Roles: what headings mean in twenty languages, and what they must not be taken for."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pressout.heading_words import inferred_role
from pressout.model import Role

WORDS = tomllib.loads((files("pressout") / "heading_words.toml").read_text("utf-8"))
# The sections of an analysis, the kind of article that pressout is made for, as they are headed in each language
ANALYSIS = (
    Role.INTRODUCTION,
    Role.ANALYSIS,
    Role.KEY_POINTS,
    Role.ADVICE,
    Role.CAUTION,
    Role.LEGAL,
    Role.COMPARISON,
    Role.CONCLUSION,
    Role.FAQ,
)
HEADINGS = {
    "ar": (
        "مقدمة|تحليل: الموقف|النقاط الرئيسية: فهم|نصائح عملية: كيف|نقاط الحذر: مخاطر|الآثار القانونية: ما|"
        "مقارنة: بين|خاتمة|الأسئلة الشائعة"
    ),
    "be": (
        "Уводзіны|Аналіз: становішча|Ключавыя моманты: што|Практычныя парады: як|Перасцярогі: рызыкі|"
        "Прававыя наступствы: што|Параўнанне: два|Высновы|Частыя пытанні"
    ),
    "de": (
        "Einleitung|Analyse: die Lage|Kernpunkte: was zählt|Praktische Ratschläge: so geht es|"
        "Vorsichtshinweise: Risiken|Rechtliche Folgen: mögliche|Vergleich: A und B|Fazit|FAQ: Häufige Fragen"
    ),
    "el": (
        "Εισαγωγή|Ανάλυση: η θέση|Βασικά σημεία: τι|Πρακτικές συμβουλές: πώς|Σημεία προσοχής: κίνδυνοι|"
        "Νομικές συνέπειες: τι|Σύγκριση: δύο|Συμπέρασμα|Συχνές ερωτήσεις"
    ),
    "en": (
        "Introduction|Analysis: the stance|Key Points: what counts|Practical Advice: what to do|"
        "Points of Caution: risks|Legal Implications: what may follow|Comparison: A vs. B|Conclusion|"
        "FAQ: Frequently Asked Questions"
    ),
    "es": (
        "Introducción|Análisis: la postura|Puntos clave: qué cuenta|Consejos prácticos: qué hacer|"
        "Puntos de precaución: riesgos|Implicaciones legales: posibles|Comparación: A y B|Conclusión|"
        "Preguntas frecuentes (FAQ)"
    ),
    "fa": (
        "مقدمه|تحلیل: موضع|نکات کلیدی: چه|توصیه‌های عملی: چگونه|نکات احتیاطی: خطرها|پیامدهای حقوقی: چه|مقایسه: دو|"
        "نتیجه‌گیری|پرسش‌های متداول"
    ),
    "fr": (
        "Introduction|Analyse : la position|Points clés : l’essentiel|Conseils pratiques : que faire|"
        "Points de vigilance : risques|Implications juridiques : suites|Comparaison : A et B|Conclusion|"
        "FAQ : Foire aux questions"
    ),
    "he": (
        "מבוא|ניתוח: העמדה|נקודות מפתח: מה|עצות מעשיות: איך|נקודות לזהירות: סיכונים|השלכות משפטיות: מה|"
        "השוואה: שני|סיכום|שאלות נפוצות"
    ),
    "hi": (
        "परिचय|विश्लेषण: रुख|मुख्य बिंदु: क्या|व्यावहारिक सलाह: कैसे|सावधानी के बिंदु: जोखिम|"
        "कानूनी निहितार्थ: क्या|तुलना: दो|निष्कर्ष|अक्सर पूछे जाने वाले प्रश्न"
    ),
    "it": (
        "Introduzione|Analisi: la posizione|Punti chiave: cosa conta|Consigli pratici: cosa fare|"
        "Punti di attenzione: rischi|Implicazioni legali: possibili|Confronto: A e B|Conclusione|"
        "FAQ: Domande frequenti"
    ),
    "ja": (
        "はじめに|分析：立場|要点：何が|実践的なアドバイス：どう|注意点：リスク|法的影響：何が|比較：二つ|結論|よくある質問（FAQ）"
    ),
    "ko": ("서론|분석: 입장|핵심 요점: 무엇|실용적인 조언: 어떻게|주의사항: 위험|법적 영향: 무엇|비교: 둘|결론|자주 묻는 질문"),
    "nl": (
        "Inleiding|Analyse: de houding|Kernpunten: wat telt|Praktisch advies: wat te doen|"
        "Aandachtspunten: risico’s|Juridische gevolgen: mogelijke|Vergelijking: A en B|Conclusie|"
        "Veelgestelde vragen"
    ),
    "pl": (
        "Wprowadzenie|Analiza: stanowisko|Kluczowe punkty: co|Praktyczne porady: jak|Przestrogi: ryzyko|"
        "Skutki prawne: możliwe|Porównanie: A i B|Wnioski|FAQ: Najczęściej zadawane pytania"
    ),
    "pt": (
        "Introdução|Análise: a posição|Pontos-chave: o que conta|Conselhos práticos: o que fazer|"
        "Pontos de atenção: riscos|Implicações legais: possíveis|Comparação: A e B|Conclusão|Perguntas frequentes"
    ),
    "ru": (
        "Введение|Анализ: позиция|Ключевые моменты: что|Практические советы: как|Предостережения: риски|"
        "Правовые последствия: что|Сравнение: два|Заключение|Часто задаваемые вопросы"
    ),
    "ta": (
        "அறிமுகம்|பகுப்பாய்வு: நிலை|முக்கிய குறிப்புகள்: எது|நடைமுறை ஆலோசனை: எப்படி|எச்சரிக்கைகள்: ஆபத்து|"
        "சட்ட விளைவுகள்: என்ன|ஒப்பீடு: இரண்டு|முடிவுரை|அடிக்கடி கேட்கப்படும் கேள்விகள்"
    ),
    "zh-Hans": ("引言|分析：立场|要点：什么|实用建议：如何|注意事项：风险|法律影响：什么|比较：两|结论|常见问题"),
    "zh-Hant": ("引言|分析：立場|重點：什麼|實用建議：如何|注意事項：風險|法律影響：什麼|比較：兩|結論|常見問題（FAQ）"),
}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_headings_of_an_analysis_are_understood(lang: str) -> None:
    assert tuple(inferred_role(heading, lang) for heading in HEADINGS[lang].split("|")) == ANALYSIS


def test_every_language_is_tried() -> None:
    assert sorted(HEADINGS) == sorted(lang for lang in WORDS if lang != "any")


@pytest.mark.parametrize("lang", WORDS)
def test_words_mean_one_thing_in_a_language(lang: str) -> None:
    phrases = [phrase.removesuffix(" …") for phrases in WORDS[lang].values() for phrase in phrases]
    assert len(phrases) == len(set(phrases))
    assert all(role in set(Role) for role in WORDS[lang])
    assert phrases == [phrase.lower() for phrase in phrases] or lang == "any"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("1. Introduction", Role.INTRODUCTION),
        ("IV. Conclusion", Role.CONCLUSION),
        ("2.3 Key takeaways for investors", Role.KEY_POINTS),
        ("🔑 Key Takeaways", Role.KEY_POINTS),
        ("Conclusion.", Role.CONCLUSION),
        ("In conclusion…", Role.CONCLUSION),
        ("CONCLUSION — what now", Role.CONCLUSION),
        ("Appendix B: Data", Role.APPENDIX),
        ("Annex II", Role.APPENDIX),
        ("Legal Implications of the Ruling", Role.LEGAL),
        ("Questions and answers", Role.FAQ),
        ("Q&A", Role.FAQ),
        ("TL;DR", Role.SUMMARY),
    ],
)
def test_headings_are_understood_as_they_are_written(heading: str, role: Role) -> None:
    assert inferred_role(heading, "en") is role


@pytest.mark.parametrize(
    "heading",
    [
        "Zelensky’s Counterpoint: The Case for Strength",
        "The Reversal of Position",
        "Introducing the product",
        "Introductions to people you should meet",
        "To conclude the contract, sign here",
        "An analysis that nobody asked for",
        "Analysis paralysis",
        "Are there legal implications?",
        "Legally speaking",
        "Summary judgment",
        "Cautionary tales",
        "References to the past",
        "Credits",
        "Looking ahead",
        "Resources",
        "Overview",
        "",
        "?",
        "1.",
    ],
)
def test_a_heading_that_may_mean_something_else_has_no_role(heading: str) -> None:
    assert inferred_role(heading, "en") is Role.NONE


def test_a_language_without_words_of_its_own_knows_what_is_the_same_everywhere() -> None:
    assert inferred_role("FAQ", "sv") is Role.FAQ
    assert inferred_role("Introduction", "sv") is Role.NONE
    assert inferred_role("Introduction", "") is Role.INTRODUCTION
    assert inferred_role("結論", "zh-TW") is Role.CONCLUSION
