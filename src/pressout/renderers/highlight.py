"""The words of code by their kinds, in Pygments' short class names."""

from __future__ import annotations

Token = tuple[str, str]  # its class, its text


def tokens(code: str, language: str) -> list[Token]:
    """The code in pieces, each with Pygments' short name of its kind; together they are the code, character for character."""
    plain = [("", code)]
    if not language:
        return plain
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return plain
    found = [(STANDARD_TYPES.get(kind, ""), words) for kind, words in lexer.get_tokens(code)]
    # Some lexers fold line ends or add one
    return found if "".join(words for _, words in found) == code else plain
