import pytest

from normalizers.words import fold_lines, vocabulary

PRINTED = vocabulary(
    [
        "El presupuesto de la entidad y la culminación de obras",
        "Metas, o productos, a cargo de la dirección; la capacitación en línea",
        "el año en curso; el responsable, los responsables",
    ]
)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("", ""),
        ("Meta", "Meta"),
        ("Metas a\ncargo", "Metas a cargo"),
        ("Presupuest\no", "Presupuesto"),
        ("Presupuest\no anual", "Presupuesto anual"),
        ("FECHA DE\nCULMINACI\nON", "FECHA DE CULMINACION"),
        ("CULMINACIÓ\nN", "CULMINACIÓN"),
        ("CULMI\nNACIÓ\nN", "CULMINACIÓN"),
        ("RESPON\nSABLE\nS", "RESPONSABLES"),
        ("AÑ\nO", "AÑO"),
        # Unknown together, or known apart: a space.
        ("Zorzal\nes", "Zorzal es"),
        ("en\ncurso", "en curso"),
        ("la\ndirección", "la dirección"),
        # Hyphens: dropped from a word known without, kept otherwise.
        ("capaci-\ntación", "capacitación"),
        ("capaci\u00ad\ntación", "capacitación"),
        ("técnico-\noperativo", "técnico-operativo"),
        ("2016-\n2017", "2016-2017"),
        ("enero -\nmarzo", "enero - marzo"),
        ("- obras\n- metas", "- obras - metas"),
        # Lines without words.
        ("25%\n30%", "25% 30%"),
        ("uno\n\n dos ", "uno dos"),
    ],
)
def test_fold_lines(printed: str, folded: str) -> None:
    assert fold_lines(printed, PRINTED) == folded


def test_vocabulary_leaves_out_what_a_break_may_have_cut() -> None:
    words = vocabulary(["Presupuest\no de obras", "La capaci-", "Acción"])
    assert words == {"de", "obras", "la", "acción", "accion"}


def test_an_n_with_tilde_is_another_letter() -> None:
    assert "ano" not in vocabulary(["año"])
