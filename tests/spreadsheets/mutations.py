"""Ways to damage a file: its bytes, the parts of an archive, the tags and values of its XML."""

import io
import re
import struct
import warnings
import zipfile

ODD_TEXTS = (
    b"", b"0", b"-1", b"1e999", b"NaN", b"inf", b"99999999999999999999", b"2147483648", b"1_0",
    b"\xd9\xa3", b"\xc2\xb2", b"&#0;", b"&#xD800;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"\xff\xfe", b"\0", b"A0", b"XFD1048577", b"ZZZ9999999", b"A1:XFD1048576", b"2026-13-45",
    b"0000-00-00T99:99:99Z", b"PT-5H", b"PT99999999999999H", b"true", b"../../../etc/passwd",
    b"#REF!", b"=cmd|' /C calc'!A0", b"javascript:alert(1)", b"%n%s", b"x" * 70_000, b"(" * 3000,
    b"[" * 3000,
    "\u202e\u200b\U0001f9ea".encode(), b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b'" onerror="',
    b"\r", b"\t",
)  # fmt: skip
ODD_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)

_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]{1,40})\s*=\s*("[^"<]*"|'[^'<]*')""")
_BETWEEN = re.compile(rb">([^<>]{1,200})<")
_ELEMENT = re.compile(rb"<([\w:]+)\b[^<>]*?(?<!/)>.{0,2000}?</\1>", re.DOTALL)
_LEGIBLE = (".xml", ".rels", ".vml")


def mutated(content, chance):
    """A damaged copy of a file's bytes, and a word for the way it was damaged."""
    if content.startswith(b"PK\x03\x04") and chance.random() < 0.75:
        return _archive(content, chance)
    ways = [_bytes] if _is_binary(content) else [_bytes, _xml, _xml]
    way = chance.choice(ways)
    changed = content
    for _ in range(_times(chance)):
        changed = way(changed, chance)
    return changed, way.__name__.strip("_")


def _is_binary(content):
    return content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLi"}


def _times(chance):
    return chance.choice((1, 1, 1, 2, 3, 8))


def _bytes(content, chance):
    """One change of bytes, anywhere."""
    if not content:
        return b"\0"
    changed = bytearray(content)
    place = chance.randrange(len(changed))
    end = min(len(changed), place + chance.choice((1, 2, 4, 16, 512, 4096)))
    match chance.randrange(8):
        case 0:
            changed[place] ^= 1 << chance.randrange(8)
        case 1:
            changed[place] = chance.randrange(256)
        case 2:
            changed[place : place + 4] = struct.pack("<I", chance.choice(ODD_NUMBERS))
        case 3:
            changed[place : place + 2] = struct.pack("<I", chance.choice(ODD_NUMBERS))[:2]
        case 4:
            del changed[place:end]
        case 5:
            changed[place:place] = changed[place:end]
        case 6:
            other = chance.randrange(len(changed))
            changed[place:end] = changed[other : other + end - place]
        case _:
            del changed[chance.choice((place, len(changed) - 1)) :]
    return bytes(changed)


def _xml(content, chance):
    """One change of a tag, an attribute, a text or an element; of bytes if there is none."""
    ways = (_swap_tag, _drop_tag, _odd_attribute, _drop_attribute, _odd_text, _many, _move, _insert)
    return chance.choice(ways)(content, chance) or _bytes(content, chance)


def _one(pattern, content, chance):
    """One of the places where a pattern fits, near a place taken by chance."""
    start = chance.randrange(max(1, len(content)))
    return pattern.search(content, start) or pattern.search(content)


def _put(content, start, end, inside):
    return content[:start] + inside + content[end:]


def _swap_tag(content, chance):
    one, other = _one(_TAG, content, chance), _one(_TAG, content, chance)
    return one and other and _put(content, *one.span(), other[0])


def _drop_tag(content, chance):
    found = _one(_TAG, content, chance)
    return found and _put(content, *found.span(), b"")


def _odd_attribute(content, chance):
    found = _one(_ATTRIBUTE, content, chance)
    other = _one(_ATTRIBUTE, content, chance)
    odd = chance.choice((*ODD_TEXTS, other[2].strip(b"\"'") if other else b""))
    return found and _put(content, *found.span(2), b'"' + odd.replace(b'"', b"") + b'"')


def _drop_attribute(content, chance):
    found = _one(_ATTRIBUTE, content, chance)
    return found and _put(content, *found.span(), b"")


def _odd_text(content, chance):
    found = _one(_BETWEEN, content, chance)
    return found and _put(content, *found.span(1), chance.choice(ODD_TEXTS))


def _many(content, chance):
    """An element many times over, or many times in itself."""
    found = _one(_ELEMENT, content, chance)
    if not found:
        return None
    times = chance.choice((2, 3, 50))
    if chance.random() < 0.5:
        return _put(content, *found.span(), found[0] * times)
    start, end = b"<" + found[1] + b">", b"</" + found[1] + b">"
    return _put(content, *found.span(), start * times * 10 + found[0] + end * times * 10)


def _move(content, chance):
    """An element taken from its place and put to another."""
    found = _one(_ELEMENT, content, chance)
    if not found:
        return None
    rest = _put(content, *found.span(), b"")
    place = _one(_TAG, rest, chance)
    return place and _put(rest, place.start(), place.start(), found[0])


def _insert(content, chance):
    place = chance.randrange(len(content) + 1)
    return _put(content, place, place, chance.choice(ODD_TEXTS))


def _archive(content, chance):
    """A change of the parts: one damaged, left out, doubled, renamed, exchanged, or misdeclared."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    place = chance.randrange(len(parts))
    name, inside = parts[place]
    way = chance.choice(("part",) * 12 + ("left out", "doubled", "renamed", "exchanged", "lying"))
    if way == "left out":
        del parts[place]
    elif way == "doubled":
        parts.append((chance.choice((name, name.upper(), f"../{name}")), inside))
    elif way == "renamed":
        parts[place] = (chance.choice(parts)[0] + chance.choice(("x", "/x", "")), inside)
    elif way == "exchanged":
        other = chance.randrange(len(parts))
        parts[place] = (name, parts[other][1])
    elif way == "part":
        damage = _xml if name.endswith(_LEGIBLE) and chance.random() < 0.8 else _bytes
        for _ in range(_times(chance)):
            inside = damage(inside, chance)
        parts[place] = (name, inside)
    packed = _packed(parts)
    if way == "lying":
        packed = _misdeclared(packed, chance)
    return packed, way


def _packed(parts):
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # two parts of one name
        for name, inside in parts:
            archive.writestr(zipfile.ZipInfo(name), inside, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _misdeclared(packed, chance):
    """One number of the directory, or of a part's own heading, says something else."""
    starts = [
        found.start() + shift
        for mark, shift in ((b"PK\x01\x02", 4), (b"PK\x03\x04", 4), (b"PK\x05\x06", 4))
        for found in re.finditer(re.escape(mark), packed)
    ]
    changed = bytearray(packed)
    place = chance.choice(starts) + 2 * chance.randrange(12)
    changed[place : place + 4] = struct.pack("<I", chance.choice(ODD_NUMBERS))
    return bytes(changed[: len(packed)])
