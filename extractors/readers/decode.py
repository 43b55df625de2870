"""Decode the bytes of a text file, or refuse; never produce mojibake."""

import re

from charset_normalizer import from_bytes

from extractors.readers.files import Source

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_REMEDY = "save it as UTF-8"
_LATIN = {"ascii", "cp1252", "latin_1", "iso8859_15", "cp1250", "iso8859_2", "cp1254", "iso8859_9", "cp1257", "cp1258"}
_OTHER = {
    "cp1251",
    "koi8_r",
    "koi8_u",
    "gb18030",
    "gbk",
    "gb2312",
    "big5",
    "shift_jis",
    "cp932",
    "euc_jp",
    "euc_kr",
    "cp949",
}
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]")
_ODD = re.compile(r"[¡¢£¤¥¦¨ª¬¯¶¸º»¼½¾¿Ð×Þßð÷þÿŸŽžƒˆ˜†‡‰]")


def decode(source: Source) -> str:
    """Decode a text file: a byte-order mark decides, else UTF-8, else a guess that must be plausible.

    The byte-order mark stays as the first character, newlines stay as they are.
    """
    text = _decode(source)
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(4, len(sample) // 50):
        raise source.error("holds binary data, not text", "give the paper as text, Markdown, HTML, XML or PDF")
    return text


def _decode(source: Source) -> str:
    data = source.data
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise source.error(f"is damaged {encoding.upper()} at byte {error.start}", _REMEDY) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        wide = len(_MULTIBYTE.findall(data))
        single = len(re.findall(rb"[\x80-\xff]", _MULTIBYTE.sub(b"", data)))
        if wide > single:
            raise source.error(f"is damaged UTF-8 at byte {error.start}", _REMEDY) from error
    return _guess(source)


def _guess(source: Source) -> str:
    data = source.data
    if data.count(b"\x00") * 4 > len(data):
        raise source.error("looks like UTF-16 without a byte-order mark, or binary data", _REMEDY)
    best = from_bytes(data[:200_000]).best()
    encoding = best.encoding if best else ""
    candidates = ("cp1252",) if encoding in _LATIN else (encoding,) if encoding in _OTHER else ()
    for candidate in candidates:
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        wide = [c for c in text if c > "\x7f"]
        if len(_CONTROL.findall(text)) or (candidate == "cp1252" and len(_ODD.findall("".join(wide))) * 3 > len(wide)):
            continue
        return text
    raise source.error("has an unknown text encoding", _REMEDY)
