"""Invented names that a certificate can print."""

from random import Random

from certificates.rendering import missing_glyphs
from lms.demonstration.crowd.names import address, invented_name


def test_every_name_can_be_printed_on_a_certificate() -> None:
    chance = Random(1)  # noqa: S311 - names, not secrets
    names = {" ".join(invented_name(chance)) for _ in range(5_000)}

    assert missing_glyphs("".join(names)) == ()
    assert len(names) > 1_000


def test_an_address_is_plain_and_keeps_namesakes_apart() -> None:
    assert address("Ọláyínká", "Muñoz-Peña", 7) == "olayinka.munozpena.7@learners.example.org"
    assert address("Оксана", "Шевчук", 8) == "learner.8@learners.example.org"
