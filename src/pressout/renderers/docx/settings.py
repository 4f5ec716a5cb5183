"""The settings of a Word file as a whole."""

from __future__ import annotations

from pressout.renderers.docx.embedding import wants_faces
from pressout.renderers.docx.notes import SEPARATORS
from pressout.renderers.docx.story import ENDNOTES, WordFile
from pressout.renderers.docx.xml import Element, add, root

COMPATIBILITY = {
    "compatibilityMode": "15",  # Word 2013 and all since: no older layout
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
}
COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"


def settings(file: WordFile) -> Element:
    """settings.xml, in the order of Word's schema."""
    page = file.theme.page
    element = root("w:settings", "w")
    if wants_faces(file.edition):
        add(element, "w:embedTrueTypeFonts")
        add(element, "w:saveSubsetFonts")
    if page.mirrored:
        add(element, "w:mirrorMargins")
    if file.edition.handoff:
        add(element, "w:trackRevisions")  # what an editor changes shows as a change from the first letter on
    add(element, "w:defaultTabStop", val="720")
    if any(style.hyphens for style in file.theme.styles.values()):
        add(element, "w:autoHyphenation")
    if page.mirrored:
        add(element, "w:evenAndOddHeaders")
    add(element, "w:characterSpacingControl", val="doNotCompress")
    form = file.note_form
    notes = add(element, f"{form.note}Pr")
    if form is ENDNOTES:
        add(notes, "w:numFmt", val="decimal")  # Word would number them i, ii, iii
    for identifier in SEPARATORS:
        add(notes, form.note, id=identifier)
    compatibility = add(element, "w:compat")
    add(compatibility, "w:doNotExpandShiftReturn")  # a line that its author ends is not spread to the margin
    for name, value in COMPATIBILITY.items():
        add(compatibility, "w:compatSetting", name=name, uri=COMPATIBILITY_URI, val=value)
    add(element, "w:decimalSymbol", val=".")
    add(element, "w:listSeparator", val=",")
    return element
