"""What is signed of a credential: its statements in canonical order (JSON-LD to RDF, RDFC-1.0), and nothing left out.

The contexts that give the words their meaning lie beside this module, each pinned by its digest; nothing is fetched.
PyLD drops a word that no context knows, so that it stands in the credential and under no signature. Here that is refused.

Imports PyLD, which takes an eighth of a second to load: whoever imports this module does so where it is needed.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyld import jsonld

Document = Mapping[str, Any]

FOLDER = Path(__file__).with_name("contexts")
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

# 1EdTech has edited its context in place after release: by its digest alone does one know which one was signed with.
PINNED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CREDENTIALS: (
            "credentials-v2.json",
            "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        ),
        OPEN_BADGES: (
            "open-badges-3.0.3.json",
            "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
        ),
        EXTENSIONS: (
            "open-badges-extensions.json",
            "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
        ),
    }
)

# PyLD writes these raw where RDFC-1.0 escapes them, so that nobody else could check the signature.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# PyLD's own invention, to which it takes every address or type that is not absolute.
INVENTED_BASE = "http://example.org/base/"


class NotCanonical(Exception):
    """A document says something that no signature over it would cover; the message says what."""


def statements(document: Document) -> bytes:
    """Return a document as canonical N-Quads. Raises NotCanonical where that would not be the whole of it."""
    dropped: list[Any] = []
    try:
        _refuse_strange_words(document)
        options = {"documentLoader": _load, "base": ""}
        expanded = jsonld.expand(document, options, on_property_dropped=dropped.append)
        written = jsonld.normalize(
            expanded, {**options, "algorithm": "URDNA2015", "format": "application/n-quads"}
        )
    except (jsonld.JsonLdError, RecursionError) as broken:
        raise NotCanonical("It is not JSON-LD.") from broken
    if dropped:
        raise NotCanonical(f"No context knows the word “{dropped[0]}”, so it would not be signed.")
    if INVENTED_BASE in written:
        raise NotCanonical("It contains an address or a type that is not absolute.")
    return written.encode()


def _refuse_strange_words(document: Document) -> None:
    if strange := [each for each in _contexts_of(document) if each not in _known()]:
        raise NotCanonical(f"It is written in words that are not known here: {strange[0]}.")
    if any(UNWRITABLE.search(text) for text in _texts(document)):
        raise NotCanonical("It contains a control character.")


def _contexts_of(document: Document) -> list[str]:
    """The addresses of the document's contexts: one list at its head, or it could redefine its own words."""
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(each, str) for each in contexts):
        raise NotCanonical("It does not name its contexts in one list of addresses.")
    if any("@context" in each for each in _objects(document) if each is not document):
        raise NotCanonical("It has a context of its own within.")
    return contexts


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from (key, *_texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@cache
def _known() -> dict[str, Any]:
    return {address: _read(file, digest) for address, (file, digest) in PINNED.items()}


def _read(file: str, digest: str) -> Any:
    raw = (FOLDER / file).read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        raise NotCanonical(f"The context {file} is not the one that credentials are signed with.")
    return json.loads(raw)


def _load(address: str, _options: object) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": _known()[address],
    }
