"""What a lesson gives to read. Each block is one idea that a page of a good book would have."""

from wagtail import blocks

NARROW = ["bold", "italic", "link", "ol", "ul"]
INLINE = ["bold", "italic", "link"]
FACT_HELP = "If a fact of your institute says so: its key, from “Desk → To read again → All facts”."


class Term(blocks.StructBlock):
    name = blocks.CharBlock(help_text="The term as the trade says it.")
    meaning = blocks.RichTextBlock(features=INLINE)


class KeyTerms(blocks.StructBlock):
    """Words that the lesson uses and what they mean here."""

    terms = blocks.ListBlock(Term())

    class Meta:
        group = "To read"
        icon = "openquote"
        template = "courses/blocks/key_terms.html"
        description = "Words that the lesson uses, and what they mean here."
        preview_value = {
            "terms": [
                {"name": "Outcome", "meaning": "<p>What is different in a person’s life.</p>"},
                {"name": "Commissioning", "meaning": "<p>Deciding what should exist, and for whom.</p>"},
            ]
        }


class TimelineEvent(blocks.StructBlock):
    when = blocks.CharBlock(help_text="As people say it: 31 May 2011, or spring 2012.")
    title = blocks.CharBlock(help_text="What happened, in a few words.")
    text = blocks.RichTextBlock(features=INLINE, required=False, help_text="One or two sentences, if needed.")
    fact = blocks.CharBlock(required=False, help_text=FACT_HELP)


class Timeline(blocks.StructBlock):
    """What happened, in order."""

    title = blocks.CharBlock(help_text="The heading over the timeline, such as: One winter in Marlshire.")
    events = blocks.ListBlock(TimelineEvent(), help_text="In the order in which they happened.")

    class Meta:
        group = "To read"
        icon = "history"
        template = "courses/blocks/timeline.html"
        description = "What happened, in order; each event can rest on a fact."
        preview_value = {
            "title": "One winter in Marlshire",
            "events": [
                {"when": "October", "title": "The waiting list grows", "text": "<p>Nobody asks why.</p>"},
                {"when": "January", "title": "A provider gives notice", "text": "<p>Now everybody asks.</p>"},
            ],
        }


class ComparisonRow(blocks.StructBlock):
    heading = blocks.CharBlock(help_text="What is compared in this row.")
    cells = blocks.ListBlock(blocks.RichTextBlock(features=INLINE), help_text="As many as there are columns.")


class Comparison(blocks.StructBlock):
    """Things side by side, so that the difference shows."""

    title = blocks.CharBlock(help_text="The heading over the table.")
    caption = blocks.CharBlock(required=False, help_text="How to read it, or where the figures come from.")
    columns = blocks.ListBlock(blocks.CharBlock(), help_text="The things compared: two to four read best.")
    rows = blocks.ListBlock(ComparisonRow())

    class Meta:
        group = "To read"
        icon = "table"
        template = "courses/blocks/comparison.html"
        description = "Things side by side: a table with one heading for each column and row."
        preview_value = {
            "title": "Two words that are not the same job",
            "caption": "Read across.",
            "columns": ["Commissioning", "Procurement"],
            "rows": [
                {
                    "heading": "The question",
                    "cells": ["<p>What should exist, for whom?</p>", "<p>How do we secure it fairly?</p>"],
                }
            ],
        }


class CaseStudy(blocks.StructBlock):
    """A story of what people did, real or from Marlshire."""

    title = blocks.CharBlock()
    real = blocks.BooleanBlock(required=False, help_text="It happened. Leave empty for Marlshire.")
    text = blocks.RichTextBlock(features=NARROW)

    class Meta:
        group = "To read"
        icon = "doc-full"
        template = "courses/blocks/case_study.html"
        description = "A story of what people did. Says whether it is real or invented."
        preview_value = {
            "title": "The day club that nobody had reviewed",
            "real": False,
            "text": "<p>It had run for years, and the people who went there had never been asked.</p>",
        }


class Callout(blocks.StructBlock):
    """Something to take away, such as what to do on Monday."""

    title = blocks.CharBlock()
    text = blocks.RichTextBlock(features=NARROW)

    class Meta:
        group = "To read"
        icon = "thumbtack"
        template = "courses/blocks/callout.html"
        description = "Something to take away, such as what to do on Monday."
        preview_value = {
            "title": "On Monday",
            "text": "<p>Find the last request that reached your team, and write three lines under it.</p>",
        }
