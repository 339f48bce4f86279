"""The notebooks run from a fresh clone, and show what they say they show.

A kernel is a process of its own, talked to through sockets in a folder: no network, not even here.
"""

import base64
import re
import tempfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import nbformat
import numpy as np
import pyarrow.parquet as parquet
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from extractors.picture import OUTLINE

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGE_PIXELS = 2  # a point, in the pictures of `cuadra show`
BLUE = (31, 95, 139)  # dots and bars


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert cells
    assert [cell.outputs for cell in cells if cell.outputs] == []
    assert {cell.execution_count for cell in cells} == {None}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dataset")


@pytest.fixture(scope="module")
def first_look(dataset: Path) -> Iterator[NotebookNode]:
    # Not pytest's own folder: the path of a socket has at most 107 bytes.
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "TMPDIR"):
            patch.setenv(name, folder)
        yield run_notebook(ROOT / "notebooks/first-look.ipynb", dataset, Path(folder))


def run_notebook(path: Path, dataset: Path, sockets: Path) -> NotebookNode:
    """The notebook as executed in its folder, on a dataset in another one."""
    notebook = nbformat.read(path, 4)
    tags = [cell.metadata.get("tags", []) for cell in notebook.cells]
    place = tags.index(["parameters"]) + 1
    notebook.cells.insert(place, nbformat.v4.new_code_cell(f"DATASET = Path({str(dataset)!r})"))
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(sockets / "kernel")),
        resources={"metadata": {"path": str(path.parent)}},
        timeout=300,
    )
    return client.execute()


def outputs(notebook: NotebookNode, media_type: str) -> list[str]:
    """What the cells show of one type, in order."""
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data[media_type] for output in shown if media_type in output.get("data", {})]


def cells_of(table: str) -> list[list[str]]:
    """The texts of a shown table, row by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in rows]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in found]


def pictures(notebook: NotebookNode) -> list[Image.Image]:
    """The plots and pages shown, in order."""
    shown = outputs(notebook, "image/png")
    return [Image.open(BytesIO(base64.b64decode(picture))).convert("RGB") for picture in shown]


def test_the_samples_are_converted_where_there_is_no_dataset(
    first_look: NotebookNode, dataset: Path
) -> None:
    documents = parquet.read_table(dataset / "current/documents.parquet").to_pylist()
    table = cells_of(outputs(first_look, "text/html")[0])
    assert table[0][:3] == ["Informe", "Familia", "Institución"]
    assert [row[0] for row in table[1:]] == [row["source"] for row in documents]
    follow_up = next(row for row in table if row[0].endswith("seguimiento-anticorrupcion.pdf"))
    assert follow_up[table[0].index("Actividades")] == "33"


def test_an_absent_percentage_is_empty_and_says_why(first_look: NotebookNode) -> None:
    head, *rows = cells_of(outputs(first_look, "text/html")[1])
    told = [(row[head.index("% de avance")], row[head.index("Estado del dato")]) for row in rows]
    assert ("40", "reported") in told
    assert ("", "not_applicable") in told


def test_the_budget_tells_the_one_subtotal_that_does_not_add_up(first_look: NotebookNode) -> None:
    tables = [cells_of(table) for table in outputs(first_look, "text/html")]
    _, *lines = next(table for table in tables if "Subtotal impreso" in table[0])
    assert len(lines) == 7
    differing = [row for row in lines if row[-2] != row[-1]]
    assert [(row[0], *row[-2:]) for row in differing] == [("3.2.2", "2,730", "2,370")]


def test_two_plots_and_two_pictures_of_the_page_are_shown(first_look: NotebookNode) -> None:
    progress, budget, page, row = pictures(first_look)
    assert drawn_in(BLUE, progress).any()
    assert drawn_in(BLUE, budget).any()
    assert drawn_in(OUTLINE, row).any()
    assert page.width > page.height > row.height


def test_the_outlined_cell_is_the_one_of_the_finding(
    first_look: NotebookNode, dataset: Path
) -> None:
    findings = parquet.read_table(dataset / "current/findings.parquet").to_pylist()
    head, sentences = cells_of(outputs(first_look, "text/html")[-2])
    assert head == ["Hallazgo", "Finding"]
    finding = next(row for row in findings if row["message_es"] == sentences[0])
    assert (finding["check"], finding["message_en"]) == ("ratio.vs_percent", sentences[1])
    box = [float(finding[side]) * PAGE_PIXELS for side in ("x0", "top", "x1", "bottom")]
    assert red_box(pictures(first_look)[2]) == pytest.approx(box, abs=2 * PAGE_PIXELS)


def drawn_in(color: tuple[int, int, int], picture: Image.Image) -> np.ndarray:
    """Which pixels, row by row, have this colour."""
    return (np.asarray(picture) == color).all(axis=2)


def red_box(page: Image.Image) -> tuple[int, int, int, int]:
    """The corners, in pixels, of what is drawn in the colour of outlines."""
    down, across = drawn_in(OUTLINE, page).nonzero()
    return across.min(), down.min(), across.max(), down.max()
