import re

import pytest

from pipeline.errors import ERRORS, describe

CODELIST = [
    *("missing", "address", "empty", "unreadable_file", "unsupported", "not_a_report"),
    *(
        "unknown_encoding",
        "encrypted",
        "too_large",
        "damaged_unreadable",
        "damaged_repaired",
        "no_text_layer",
    ),
    *("ocr_missing", "page_failed", "timeout", "out_of_memory", "crashed"),
]
LANGUAGES = ("es", "en")


def test_every_code_of_the_schema_and_no_other():
    assert sorted(ERRORS) == sorted(CODELIST)


@pytest.mark.parametrize("code", CODELIST)
def test_sentences_and_actions_in_both_languages(code):
    text = ERRORS[code]
    assert set(text.sentence) == set(text.action) == set(LANGUAGES)
    for lang in LANGUAGES:
        assert text.sentence[lang].endswith(".") and text.action[lang].endswith(".")
    assert text.sentence["es"] != text.sentence["en"]


@pytest.mark.parametrize("code", CODELIST)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", [{}, {"source": "acta.pdf"}, {"detail": "DOCX"}])
def test_no_placeholder_is_left_open(code, lang, words):
    told = describe(code, lang, **words)
    assert not re.search(r"[\[\]{}]|  | [.,)]", told)
    assert told.count("acta.pdf") == (1 if "source" in words else 0)


def test_a_word_is_said_as_it_is():
    told = describe("unsupported", "es", source="{x} [y].pdf", detail="ZIP")
    assert told.startswith("El archivo {x} [y].pdf no está en un formato que se lea (ZIP). ")


def test_without_words_the_sentence_still_reads():
    assert describe("empty", "es").startswith("El archivo está vacío. ")
    assert describe("empty", "en").startswith("The file is empty. ")


def test_both_languages_use_the_same_words():
    for text in ERRORS.values():
        in_es, in_en = (sorted(re.findall(r"\{\w+\}", text.sentence[lang])) for lang in LANGUAGES)
        assert in_es == in_en


@pytest.mark.parametrize(("code", "lang"), [("melted", "es"), ("empty", "fr")])
def test_unknown_codes_and_languages_are_faults_of_ours(code, lang):
    with pytest.raises(KeyError):
        describe(code, lang)
