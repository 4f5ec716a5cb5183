"""What sections and callouts are for, in DPUB-ARIA 1.1 and in the vocabulary of EPUB's structural semantics."""

from __future__ import annotations

from pressout.model import CalloutKind, Role, Section
from pressout.renderers.html.markup import Context, epub_type

# Terms of ours that an EPUB file must declare: <html prefix="...">
EPUB_PREFIX = "po: https://pressout.readthedocs.io/vocabulary#"

HEADING = ".heading"  # what a section's id and that of its heading differ in; no anchor made from words has a full stop

# A section's role -> its ARIA role, its epub:type
SECTIONS: dict[Role, tuple[str, str]] = {
    Role.NONE: ("", ""),
    Role.ABSTRACT: ("doc-abstract", "abstract"),
    Role.ACKNOWLEDGMENTS: ("doc-acknowledgments", "acknowledgments"),
    Role.ADVICE: ("region", "po:advice"),
    Role.ANALYSIS: ("", ""),
    Role.APPENDIX: ("doc-appendix", "appendix"),
    Role.BIBLIOGRAPHY: ("doc-bibliography", "bibliography"),
    Role.CAUTION: ("doc-notice", "notice"),
    Role.COLOPHON: ("doc-colophon", "colophon"),
    Role.COMPARISON: ("region", "po:comparison"),
    Role.CONCLUSION: ("doc-conclusion", "conclusion"),
    Role.CREDITS: ("doc-credits", "credits"),
    Role.DEDICATION: ("doc-dedication", "dedication"),
    Role.ERRATA: ("doc-errata", "errata"),
    Role.FAQ: ("doc-qna", "qna"),
    Role.FOREWORD: ("doc-foreword", "foreword"),
    Role.GLOSSARY: ("doc-glossary", "glossary"),
    Role.INTRODUCTION: ("doc-introduction", "introduction"),
    Role.KEY_POINTS: ("region", "po:key-points"),
    Role.LEGAL: ("region", "po:legal"),
    Role.PREFACE: ("doc-preface", "preface"),
    Role.SUMMARY: ("region", "po:summary"),
}

# A callout's kind -> its tag, its ARIA role, its epub:type; doc-notice may not stand on an aside, nor doc-tip on a section
CALLOUTS: dict[CalloutKind, tuple[str, str, str]] = {
    "note": ("aside", "note", ""),
    "tip": ("aside", "doc-tip", "tip"),
    "important": ("section", "doc-notice", "notice"),
    "caution": ("section", "doc-notice", "notice"),
    "warning": ("section", "doc-notice", "notice"),
    "example": ("aside", "doc-example", "example"),
}


def section_role(section: Section, context: Context) -> dict[str, str]:
    """The roles of a section; one that has no role of its own in ARIA is a region, and a region is named by its heading."""
    role, kind = SECTIONS[section.role]
    if section.role is Role.KEY_POINTS and not context.has_abstract:
        role = "doc-abstract"
    label = f"{section.attributes.id}{HEADING}" if role == "region" or section.role is Role.ANALYSIS else ""
    return (
        {"role": role, "aria-labelledby": label, **epub_type(kind, context)}
        if label
        else {"role": role, **epub_type(kind, context)}
    )
