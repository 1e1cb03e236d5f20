"""Journeys, played in a real browser: an author's own tests of a course (decision 33).

`trying` is the story: build a course in memory, play each of its journeys in each format. Only `browser`
imports Playwright.
"""
