"""The faults: what is changed in which report, which check must find it, and in which words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from planting.reports import HERE, Edit, cell, declaration

NATIONAL, PROGRESS = "plan-nacional", "avance-compromiso"
LEVELS, TOWN = "autoevaluacion-compromiso", "plan-integridad-municipal"
FOLLOW, BUDGET = "seguimiento-anticorrupcion", "presupuesto"
BOTH = ("txt", "pdf")


@dataclass(frozen=True)
class Fault:
    """A change that `check` must find where `at` is printed; `also` may follow from it."""

    report: str
    check: str
    edits: tuple[Edit, ...]
    at: str
    also: tuple[str, ...] = ()
    forms: tuple[str, ...] = BOTH

    @property
    def name(self) -> str:
        """What a person reads in a list of tests."""
        return f"{self.report}: {self.check}: {self.at[:40]}"


def faults() -> list[Fault]:
    """Every fault, in the order of the catalogue's themes."""
    makers = (
        _sums, _counts, _sequences, _progress, _levels, _dates, _milestones, _periods,
        _duplicates, _offices, _network, _declared,
    )  # fmt: skip
    return [fault for make in makers for fault in make()]


def money(amount: Decimal) -> str:
    """As the town's plan prints most amounts."""
    return f"${amount:,.2f}"


def _amounts() -> Iterator[tuple[str, str, Decimal, str]]:
    """(kind, whole row, amount, printed) of every sum in the town's tables and budget."""
    text = declaration(TOWN)
    body, _, budget = text.partition("PRESUPUESTO GENERAL")
    for part, kinds in ((body, ("ub total", "ubtotal", "Total")), (budget, ("total",))):
        for row in part.split("[[part.row]]")[1:]:
            row = row.split("[[part]]")[0]
            label = next((kind for kind in kinds if kind in row), "row" if part is budget else "")
            found = re.search(r'= "(\$ ?[\d,]+\.\d\d)"', row)
            if label and found:
                yield label, row, Decimal(re.sub(r"[$, ]", "", found[1])), found[1]


def _sums() -> Iterator[Fault]:
    for label, row, amount, printed in _amounts():
        for change in (Decimal("137.00"), Decimal("-9.50"), amount * 9):
            told = money(amount + change)
            edits = (Edit(row, row.replace(printed, told)),)
            if label in ("ub total", "ubtotal"):
                yield Fault(TOWN, "sum.subtotal", edits, told, ("sum.total",))
            elif label == "Total" and "numero" not in row and "total =" not in row:
                yield Fault(TOWN, "sum.total", edits, told, ("sum.cross_table", "sum.grand_total"))
            elif label == "total" or 'linea = "Total"' in row:
                is_whole = 'linea = "Total"' in row
                check = "sum.grand_total" if is_whole else "sum.cross_table"
                yield Fault(TOWN, check, edits, told, ("sum.cross_table", "sum.grand_total"))


def _counts() -> Iterator[Fault]:
    text = declaration(TOWN)
    rows = text.partition("PRESUPUESTO GENERAL")[2].split("[[part]]")[1].split("[[part.row]]")[1:]
    for row in rows:
        found = re.search(r'numero = "(\d)"', row)
        if found:
            for more in (1, 3):
                told = row.replace(found[0], f'numero = "{int(found[1]) + more}"')
                at = str(int(found[1]) + more)
                yield Fault(TOWN, "count.vs_list", (Edit(row, told),), at)
    for declared in ("8", "12"):
        edit = Edit("Total de compromisos: 9", f"Total de compromisos: {declared}")
        also = ("sequence.gap",)
        yield Fault(NATIONAL, "count.vs_list", (edit,), declared, also)
    for word in ("cinco", "doce"):
        edit = Edit("siete mesas de trabajo:", f"{word} mesas de trabajo:")
        yield Fault(NATIONAL, "count.vs_list", (edit,), word)


def _sequences() -> Iterator[Fault]:
    titles = re.findall(r'"(\d)\. ([^"]+)"', declaration(NATIONAL))
    for first in range(3, 9):
        edits = tuple(
            Edit(f'"{number}. {title}"', f'"{int(number) + 1}. {title}"')
            for number, title in titles
            if int(number) >= first
        )
        total = Edit("Total de compromisos: 9", "Compromisos subnacionales: Sí")
        yield Fault(NATIONAL, "sequence.gap", (*edits, total), str(first + 1))
    for number in (2, 3, 4):
        edits = tuple(
            Edit(f"CUADRO N°. {at}", f"CUADRO N°. {at + 1}") for at in range(5, number - 1, -1)
        )
        yield Fault(TOWN, "sequence.gap", edits, f"pasa a {number + 1}")
    for number in (2, 4):
        edits = tuple(Edit(f"CUADRO N°. {at}", f"CUADRO N°. {at - 1}") for at in range(number, 6))
        yield Fault(TOWN, "caption.duplicate", edits, f"CUADRO N°. {number - 1}")


def follow_rows() -> list[dict[str, str]]:
    """The rows of the follow-up that print cells of their own."""
    told = tomllib.loads(declaration(FOLLOW))
    rows = [row for part in told["part"] for row in part.get("row", [])]
    return [row for row in rows if row["meta"] != "^"]


def _progress() -> Iterator[Fault]:
    for row in follow_rows():
        name, percent, text = row["actividad"], row["avance"], row["descripcion"]
        counted = re.search(r"\(\d\)", f"{row['meta']} {text}")
        unique = sum(name in one["actividad"] for one in follow_rows()) == 1
        if not unique or "¦" in text:
            continue
        if percent == "N/A":
            edit = cell(FOLLOW, name, "descripcion", "Se realizó la actividad en mayo de 2023.")
            yield Fault(FOLLOW, "na.vs_progress", (edit,), "Se realizó la actividad")
            no_work = "No se adelantaron gestiones en el periodo."
            edit = cell(FOLLOW, name, "descripcion", no_work)
            yield Fault(FOLLOW, "na.vs_progress", (edit,), "No se adelantaron")
            yield Fault(FOLLOW, "na.variant", (cell(FOLLOW, name, "avance", "NA"),), "NA")
            continue
        if not counted:
            for wrong in ("140%", "250 %"):
                edit = cell(FOLLOW, name, "avance", wrong)
                yield Fault(FOLLOW, "percent.range", (edit,), wrong)
            edit = cell(FOLLOW, name, "avance", "7O%")
            yield Fault(FOLLOW, "capture.unreadable_value", (edit,), "7O%")
            told = f"{text} La actividad presenta un avance del 15%."
            edit = cell(FOLLOW, name, "descripcion", told)
            yield Fault(FOLLOW, "percent.vs_narrative", (edit,), "avance del 15%")
        if percent == "100%":
            told = f"{text} La actividad no se ha iniciado."
            edit = cell(FOLLOW, name, "descripcion", told)
            yield Fault(FOLLOW, "status.vs_text", (edit,), "no se ha iniciado")
    yield from _ratios()


def _ratios() -> Iterator[Fault]:
    for name in ("Producir piezas", "Elaborar boletines", "Monitorear la estrategia",
                 "Difundir el código", "Capacitar al personal de ventanilla"):  # fmt: skip
        for wrong in ("10%", "38%", "97%"):
            edit = cell(FOLLOW, name, "avance", wrong)
            yield Fault(FOLLOW, "ratio.vs_percent", (edit,), wrong)


def _levels() -> Iterator[Fault]:
    for old, told in (
        ("Las reglas se encuentran **completas**.", "La meta aún no se ha iniciado."),
        ("El diagnóstico está **completo**.", "El diagnóstico no ha comenzado."),
        ("La meta tiene un avance **sustancial**.", "La meta no ha iniciado."),
        ("La meta sigue **no iniciada**,", "La meta fue cumplida,"),
    ):
        if old in declaration(LEVELS):
            yield Fault(LEVELS, "status.vs_text", (Edit(old, told),), told.rstrip(",."))
    for old, new in (("limitado", "completo"), ("limitado", "valor")):
        edits = (Edit(f'{old} = "**X**"', f'{new} = "**X**"'),)
        yield Fault(LEVELS, "status.rollup", edits, "hitos están completos", forms=("pdf",))
    for name, percent in (("Completo", "60 %"), ("No iniciado", "40 %")):
        row = f'[[part.row]]\ncategoria = "Nivel de cumplimiento"\ninformacion = "{name}"\n\n'
        anchor = '[[part.row]]\ncategoria = "Porcentaje de cumplimiento"\ninformacion = "45 %"'
        edit = Edit(anchor, row + anchor.replace("45 %", percent))
        yield Fault(PROGRESS, "percent.vs_level", (edit,), percent, ("status.vs_text",))
    for place in ("El informe se entregó a las delegaciones", "Cada jornada combinó"):
        told = "La actividad ya no consiste en lo previsto. "
        yield Fault(LEVELS, "scope.changed", (Edit(place, told + place),), "ya no consiste")
    for name in ("Actualizar la carta", "Poner en servicio", "Suprimir el requisito"):
        told = "El compromiso fue reformulado por la Gerencia."
        edit = cell(FOLLOW, name, "descripcion", told)
        yield Fault(FOLLOW, "scope.changed", (edit,), "fue reformulado")
    for name in ("Suprimir el requisito", "Poner en servicio", "Depurar el directorio"):
        edits = (
            Edit(*_pair(cell(FOLLOW, name, "fecha", "30/06/2023"),
                        "descripcion", "La actividad avanza sin retraso.")),
        )  # fmt: skip
        also = ("date.overdue_incomplete",)
        yield Fault(FOLLOW, "status.vs_dates", edits, "sin retraso", also)


def _pair(edit: Edit, key: str, text: str) -> tuple[str, str]:
    """An edit of a row with a second cell of it changed too."""
    return edit.old, re.sub(rf'(?m)^{key} = ".*"$', f'{key} = "{text}"', edit.new)


def _dates() -> Iterator[Fault]:
    for row in follow_rows():
        name, date, percent = row["actividad"], row["fecha"], row["avance"]
        unique = sum(name in one["actividad"] for one in follow_rows()) == 1
        if not unique or not re.fullmatch(r"\d\d/\d\d/\d{4}", date):
            continue
        edit = cell(FOLLOW, name, "fecha", "30/09/2025")
        yield Fault(FOLLOW, "date.outside_period", (edit,), "30/09/2025")
        if percent not in ("100%", "N/A"):
            edit = cell(FOLLOW, name, "fecha", "15/03/2023")
            yield Fault(FOLLOW, "date.overdue_incomplete", (edit,), "15/03/2023")
        plain = not re.search(r"[(¦]", row["meta"] + row["descripcion"])
        if percent not in ("100%", "N/A") and plain:
            told = f"Medición con corte al 31 de octubre de 2022. {row['descripcion']}"
            edit = cell(FOLLOW, name, "descripcion", told)
            yield Fault(FOLLOW, "date.stale_measurement", (edit,), "octubre de 2022")


def _milestones() -> Iterator[Fault]:
    for told in ("9 de octubre de 2023", "30 de noviembre de 2023"):
        edit = Edit("14 de septiembre de 2023", told)
        yield Fault(FOLLOW, "date.published_late", (edit,), told)
    for old, new, at in (
        ("(Marzo a abril 2022)", "(Junio 2022 a abril 2022)", "Junio 2022 a abril 2022"),
        ("(Marzo 2023 a julio 2023)", "(Julio 2023 a marzo 2023)", "Julio 2023 a marzo 2023"),
    ):
        yield Fault(LEVELS, "date.order", (Edit(old, new),), at)
    for old, new, at in (
        ("(Marzo 2023 a julio 2023)", "(Marzo 2025 a julio 2025)", "Marzo 2025 a julio 2025"),
        ("(Febrero 2024)", "(Febrero 2026)", "Febrero 2026"),
        ("(Marzo a abril 2022)", "(Marzo a abril 2021)", "Marzo a abril 2021"),
    ):
        yield Fault(LEVELS, "date.milestone_order", (Edit(old, new),), at)
    for new in ("(Noviembre a febrero 2023)", "(Octubre a marzo 2023)"):
        edit = Edit("(Diciembre 2022 a febrero 2023)", new)
        yield Fault(LEVELS, "date.implicit_year", (edit,), new.strip("()"))
    for told in (
        "- Señalizar las salas en agosto de 2025",
        "- Abrir las salas el 3 de marzo de 2025",
    ):
        edit = Edit("- Señalizar las salas de consulta", told)
        yield Fault(LEVELS, "date.next_steps_after_end", (edit,), told[2:])


def _periods() -> Iterator[Fault]:
    for end in ("Junio de 2023", "Agosto de 2023"):
        edit = Edit("Enero de 2024", end)
        also = ("date.overdue_incomplete",)
        yield Fault(PROGRESS, "date.delay", (edit,), "Enero 2024", also)
    for end in ("Marzo de 2023 –", "Marzo de 2023 – Enero de 2023"):
        edit = Edit("Marzo de 2023 – Enero de 2024", end)
        if end.endswith("2023"):
            also = ("date.overdue_incomplete", "date.delay")
            yield Fault(PROGRESS, "date.order", (edit,), end, also)
    for name, unit in (("Elaborar boletines", "trimestre"), ("Producir piezas", "bimestre")):
        things = "boletines" if "boletines" in name else "piezas"
        first = cell(FOLLOW, name, "meta", f"{things.capitalize()} semestrales")
        told = f"Se divulgaron los {things} del segundo {unit}."
        edit = Edit(*_pair(first, "descripcion", told))
        yield Fault(FOLLOW, "period.unit", (edit,), f"segundo {unit}")
    for old, new in (
        ('prose = "2024-2026"', 'prose = "2024-2027"'),
        ("2. METODOLOGÍA PARA ELABORAR EL PLAN DE ACCIÓN 2024 al 2026",
         "2. METODOLOGÍA PARA ELABORAR EL PLAN DE ACCIÓN 2024 al 2025"),
    ):  # fmt: skip
        after = 'PRESENTACIÓN"' if "METODO" in old else ""
        at = new.removeprefix('prose = "').rstrip('"')[-9:]
        yield Fault(TOWN, "period.mismatch", (Edit(old, new, after),), at, ("index.vs_body",))


def _duplicates() -> Iterator[Fault]:
    text = declaration(FOLLOW)
    anchor = '[[part.row]]\nactividad = "Recibir las declaraciones'
    for row in follow_rows():
        name = row["actividad"]
        plain = re.fullmatch(r"\d\d/\d\d/\d{4}", row["fecha"]) and "¦" not in row["descripcion"]
        if not plain or row["avance"] == "N/A" or "(" in row["meta"] + row["descripcion"]:
            continue
        if sum(name in one["actividad"] for one in follow_rows()) > 1 or "Recibir" in name:
            continue
        start = text.rindex("[[part.row]]", 0, text.index(name))
        own = "\n".join(
            line
            for line in text[start : text.index("[[part.row]]", start + 5)].split("\n")
            if re.match(r"actividad|meta|fecha|avance|descripcion|dependencia|\[\[", line)
        ).replace("[[part.row]]", "[[part.row]]\n_page = true")
        yield Fault(FOLLOW, "duplicate.consistent", (Edit(anchor, own + "\n\n" + anchor),), name)
        other = "85%" if row["avance"] == "100%" else "95%"
        again = re.sub(r'avance = ".*"', f'avance = "{other}"', own)
        also = ("date.overdue_incomplete",)
        edits = (Edit(anchor, again + "\n\n" + anchor),)
        yield Fault(FOLLOW, "duplicate.contradictory", edits, name, also)


def _offices() -> Iterator[Fault]:
    for name in ("Poner en servicio", "Actualizar la carta", "Encuestar a los usuarios"):
        told = "Oficina de Atenxión al Usuario"
        edit = cell(FOLLOW, name, "dependencia", told)
        yield Fault(FOLLOW, "entity.name_variant", (edit,), "Atenxión")
    for name in ("Poner en servicio", "Actualizar la carta", "Suprimir el requisito"):
        edit = cell(FOLLOW, name, "dependencia", "OGTI")
        yield Fault(FOLLOW, "acronym.undefined", (edit,), "OGTI")
    for place in ("La integridad empieza por", "El eje combina", "El cuadro resume"):
        told = f"La Municipalidad de Puerto Hondo aprobó sus acciones. {place}"
        yield Fault(TOWN, "entity.foreign", (Edit(place, told),), "Puerto Hondo")
    for old in ("3.2 Eje estratégico 2: Gestión transparente y responsable\\t6",
                "4. DIVULGACIÓN DEL PLAN\\t"):  # fmt: skip
        if old in declaration(TOWN):
            page = old.rpartition("\\t")[2]
            entry = f"9. ANEXO DE INDICADORES\\t{page or '10'}\n"
            at = "ANEXO DE INDICADORES"
            # in a PDF the contents are set apart with the running lines, and not judged
            yield Fault(TOWN, "index.vs_body", (Edit(old, entry + old),), at, forms=("txt",))


def _network() -> Iterator[Fault]:
    rows = tomllib.loads(declaration(BUDGET))["part"][2]["row"]
    for row in rows:
        for key in ("aprobado", "modificado", "devengado", "pagado", "saldo"):
            amount = Decimal(row[key].replace(",", ""))
            told = f"{amount + Decimal('137.05'):,.2f}"
            edit = cell(BUDGET, row["nombre"], key, told)
            check = "sum.hierarchy" if key == "pagado" else "sum.columns"
            if row["nombre"] == "TOTAL":
                check = "sum.columns" if key != "pagado" else "sum.hierarchy"
            yield Fault(BUDGET, check, (edit,), told)


def _declared() -> Iterator[Fault]:
    told = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))
    for one in told["fault"]:
        edits = tuple(Edit(old, new, after) for after, old, new in one["edits"])
        forms = tuple(one.get("forms", BOTH))
        also = tuple(one.get("also", ()))
        yield Fault(one["report"], one["check"], edits, one["at"], also, forms)
