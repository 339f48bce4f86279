"""The command line: one command a verb; heavy imports stay inside, so that help is quick."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from pipeline.messages import LANGUAGES, choose_language, say
from pipeline.usage import Command, Group, Pages, describe_usage_error

if TYPE_CHECKING:
    from pipeline.engine.jobs import Limits
    from pipeline.exports.reading import Spans
    from pipeline.summary import Summary

FORMATS = ("json", "csv", "xlsx", "html")
INTERRUPTED, USAGE, NOT_PUBLISHED = 130, 2, 4
PICTURES = frozenset({"error.no_picture", "error.no_source", "error.source_changed"})
RAW, PROCESSED = Path("data/raw"), Path("data/processed")
Progress = Callable[[int, int, str], None]
C = TypeVar("C", bound=click.Command)


class Stop(Exception):
    """End with this exit code and this sentence."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def run_command(
    lang: str,
    inputs: tuple[Path, ...],
    output: Path,
    workers: int | None,
    timeout: float | None,
    memory: str | None,
    config: Path | None,
    fail_on: str,
    as_json: bool,
) -> int:
    """Convert and publish; return the exit code."""
    from pipeline.run import run
    from pipeline.standard_input import spool_input

    inputs = inputs or (RAW,)
    limits = _limits(lang, timeout, memory, config)
    told, progress = _told(lang, inputs, output), _progress(lang, as_json)
    with told, spool_input(inputs) as given, progress as on_progress:
        summary = run(given, output, workers=workers, limits=limits, on_progress=on_progress)
    return _report(lang, summary, output, fail_on, as_json)


def retry_command(
    lang: str,
    output: Path,
    workers: int | None,
    timeout: float | None,
    memory: str | None,
    config: Path | None,
    fail_on: str,
    as_json: bool,
) -> int:
    """Run again, with what is in quarantine; return the exit code."""
    from pipeline.run import retry

    limits = _limits(lang, timeout, memory, config)
    with _told(lang, (), output), _progress(lang, as_json) as on_progress:
        summary = retry(output, workers=workers, limits=limits, on_progress=on_progress)
    return _report(lang, summary, output, fail_on, as_json)


def check_command(
    lang: str,
    inputs: tuple[Path, ...],
    suite: Path | None,
    workers: int | None,
    timeout: float | None,
    memory: str | None,
    config: Path | None,
    fail_on: str,
    as_json: bool,
) -> int:
    """Check reports, or a published dataset, without publishing; return the exit code."""
    from pipeline.run import check
    from pipeline.standard_input import spool_input

    if version := _dataset(lang, inputs, suite):
        return _check_dataset(lang, inputs[0], version, suite, timeout, fail_on, as_json)
    limits = _limits(lang, timeout, memory, config)
    told, progress = _told(lang, inputs, None), _progress(lang, as_json)
    with told, spool_input(inputs) as given, progress as on_progress:
        summary = check(given, workers=workers, limits=limits, on_progress=on_progress)
    return _report(lang, summary, None, fail_on, as_json)


def _dataset(lang: str, inputs: tuple[Path, ...], suite: Path | None) -> Path | None:
    """The version that is asked about; None where the inputs are reports."""
    if suite is None and not any(path.is_dir() for path in inputs):
        return None
    from pipeline.validation.dataset_check import find_version

    found = [version for path in inputs if (version := find_version(path))]
    if found and len(inputs) > 1:
        raise Stop(USAGE, say(lang, "error.dataset_alone"))
    if suite is not None and not found:
        raise Stop(USAGE, say(lang, "error.suite_alone"))
    return found[0] if found else None


def _check_dataset(
    lang: str,
    folder: Path,
    version: Path,
    suite: Path | None,
    timeout: float | None,
    fail_on: str,
    as_json: bool,
) -> int:
    from pipeline.check_report import check_json, print_check
    from pipeline.report import make_console
    from pipeline.validation.dataset_check import check_dataset, fails_at
    from pipeline.validation.suites.files import BadSuite

    try:
        made = check_dataset(folder, version, suite, timeout)
    except BadSuite as error:
        told = say(lang, f"suite.{error.reason}", path=suite, **error.words)
        raise Stop(USAGE, told.strip()) from error
    code = int(fails_at(made, fail_on))
    if as_json:
        click.echo(check_json(made, code))
    else:
        print_check(make_console(), made, lang)
    return code


def versions_command(lang: str, dataset: Path, as_json: bool) -> int:
    """Show the versions of a dataset; return the exit code."""
    from pipeline.upkeep import tell_versions

    click.echo(tell_versions(dataset, lang, as_json))
    return 0


def rollback_command(lang: str, version: str, dataset: Path) -> int:
    """Make a former version current; return the exit code."""
    from pipeline.dataset.history import roll_back

    with _told(lang, (), dataset):
        click.echo(say(lang, "versions.now", name=roll_back(dataset, version).name))
    return 0


def prune_command(lang: str, dataset: Path, keep: int) -> int:
    """Remove old versions; return the exit code."""
    from pipeline.upkeep import prune_dataset

    with _told(lang, (), dataset):
        click.echo(say(lang, "versions.removed", n=prune_dataset(dataset, keep)))
    return 0


def show_command(
    lang: str, record_id: str, field: str | None, dataset: Path, picture: Path | None
) -> int:
    """Show where a published value came from; return the exit code."""
    from pipeline.report import make_console
    from pipeline.show import NotShown, default_picture, draw_values, find_values, print_values

    try:
        values, document = find_values(dataset, record_id, field)
        print_values(make_console(), values, document, lang)
        drawn = picture or default_picture(values, document, dataset)
        for page, path in draw_values(values, document, drawn) if drawn else ():
            click.echo(say(lang, "show.picture", n=page, path=path))
    except NotShown as error:
        if error.key in PICTURES and picture is None:  # nobody asked for the picture
            click.echo(say(lang, error.key, **error.words), err=True)
            return 0
        raise Stop(USAGE, say(lang, error.key, **error.words)) from error
    except OSError as error:
        words = {"path": picture, "reason": error.strerror or str(error)}
        raise Stop(USAGE, say(lang, "error.not_written", **words)) from error
    return 0


def tables_command(
    lang: str,
    path: Path,
    pages: Spans,
    layout: str,
    output: Path | None,
    picture: Path | None,
    whole: bool,
    timeout: float | None,
) -> int:
    """Write a file's tables; return the exit code."""
    from pipeline.exports.commands import Asked, tables
    from pipeline.standard_input import spool_input

    with _refused(lang), spool_input((path,)) as (given,):
        tables(Asked(given, pages, _limits(lang, timeout), lang), layout, output, picture, whole)
    return 0


def text_command(
    lang: str,
    path: Path,
    pages: Spans,
    output: Path | None,
    with_tables: bool,
    timeout: float | None,
) -> int:
    """Write a file's prose; return the exit code."""
    from pipeline.exports.commands import Asked, text
    from pipeline.standard_input import spool_input

    with _refused(lang), spool_input((path,)) as (given,):
        text(Asked(given, pages, _limits(lang, timeout), lang), output, with_tables)
    return 0


def suggest_command(lang: str, path: Path, output: Path | None, timeout: float | None) -> int:
    """Write a profile drafted from a file; return the exit code."""
    from pipeline.profiling.commands import suggest

    with _refused(lang):
        return suggest(path, output, _limits(lang, timeout), lang)


def inspect_command(
    lang: str, inputs: tuple[Path, ...], profile: Path | None, timeout: float | None
) -> int:
    """Tell what a profile reads of files and leaves; return the exit code."""
    from pipeline.profiling.commands import check

    with _refused(lang):
        return check(inputs, profile, _limits(lang, timeout), lang)


@contextmanager
def _refused(lang: str) -> Iterator[None]:
    from pipeline.exports.commands import Refused

    try:
        yield
    except Refused as error:
        raise Stop(error.code, str(error)) from error


def _report(lang: str, summary: Summary, output: Path | None, fail_on: str, as_json: bool) -> int:
    from pipeline.report import exit_code, make_console, print_summary, summary_json

    code = exit_code(summary, fail_on)
    if as_json:
        click.echo(summary_json(summary, output, code))
    else:
        print_summary(make_console(), summary, output, lang)
    return code


def _limits(
    lang: str, timeout: float | None, memory: str | None = None, config: Path | None = None
) -> Limits:
    from pipeline.engine.settings import BadSetting, load_limits

    asked = {"seconds": timeout, "memory_bytes": memory}
    if timeout is not None:
        asked["seconds_per_page"] = 0  # it is the whole deadline
    try:
        return load_limits(asked, os.environ, config)
    except BadSetting as error:
        raise Stop(USAGE, say(lang, "error.bad_setting", name=error.name)) from error
    except OSError as error:
        raise Stop(USAGE, f"{error.filename}: {error.strerror}") from error


@contextmanager
def _progress(lang: str, silent: bool) -> Iterator[Progress]:
    """Show a bar on standard error while documents are read, when it is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=silent or not console.is_terminal) as bar:
        task = bar.add_task(say(lang, "progress.reading"), total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total)


@contextmanager
def _told(lang: str, inputs: Sequence[Path], output: Path | None) -> Iterator[None]:
    """Turn what stops a whole run into an exit code and a sentence."""
    from pipeline.dataset.faults import DatasetError
    from pipeline.run import NoLastRun, NoReports

    tell = partial(say, lang, folder=output)
    try:
        yield
    except NoLastRun as error:
        raise Stop(USAGE, tell("error.no_last_run")) from error
    except NoReports as error:
        names = ", ".join(map(str, inputs))
        code = NOT_PUBLISHED if output else USAGE
        told = (*_addresses(lang, error.missing), tell("error.no_reports", inputs=names))
        raise Stop(code, told[0]) from error
    except DatasetError as error:
        raise Stop(error.exit_code, error.es if lang == "es" else error.en) from error
    except OSError as error:
        reason = error.strerror or str(error)
        if output is None:
            raise Stop(USAGE, reason) from error
        raise Stop(NOT_PUBLISHED, tell("error.not_published", reason=reason)) from error


def _addresses(lang: str, missing: Sequence[Path]) -> Iterator[str]:
    """Why each address among the inputs was not read."""
    from extractors.sources import is_address, name_source
    from pipeline.errors import describe

    yield from (describe("address", lang, source=name_source(p)) for p in missing if is_address(p))


def build_cli(lang: str) -> Group:
    """Make the commands with every text in one language."""
    text, option = partial(say, lang), partial(_option, lang)
    version = click.version_option(
        package_name="cuadra", message="cuadra %(version)s", help=text("click.version")
    )
    group = version(
        Group(
            "cuadra",
            help=text("help.cuadra"),
            params=[option("lang", expose_value=False, type=click.Choice(LANGUAGES))],
            options_metavar=text("click.options_metavar"),
            subcommand_metavar=text("click.subcommand_metavar"),
        )
    )
    folder = {"type": _path(), "metavar": text("metavar.folder"), "default": PROCESSED}
    inputs = _argument(lang, "input", "inputs", nargs=-1)
    files = _argument(lang, "file", "inputs", nargs=-1, required=True)
    batch = _batch_options(lang)
    record = [
        _argument(lang, "record", "record_id", type=str),
        _argument(lang, "field", "field", type=str, required=False),
        option("dataset", **folder),
        option("picture", type=_path(), metavar="PNG"),
    ]
    _add(group, lang, "run", run_command, [inputs, option("output", **folder), *batch])
    suite = option("suite", type=_path(), metavar="JSON")
    _add(group, lang, "check", check_command, [files, suite, *batch])
    _add(group, lang, "retry", retry_command, [option("output", **folder), *batch])
    _add(group, lang, "show", show_command, record)
    for name, command, params in _upkeep_commands(lang, option("dataset", **folder)):
        _add(group, lang, name, command, params)
    _add(group, lang, "tables", tables_command, _tables_options(lang))
    _add(group, lang, "text", text_command, _text_options(lang))
    group.add_command(_profile_group(lang))
    return _with_help(group, lang)


def _upkeep_commands(
    lang: str, dataset: click.Option
) -> Iterator[tuple[str, Callable[..., int], list[click.Parameter]]]:
    version = _argument(lang, "version", "version", type=str, required=False, default="")
    keep = _option(lang, "keep", type=click.IntRange(min=0), default=3, metavar="N")
    yield "versions", versions_command, [dataset, _option(lang, "json", "as_json", is_flag=True)]
    yield "rollback", rollback_command, [version, dataset]
    yield "prune", prune_command, [dataset, keep]


def _profile_group(lang: str) -> Group:
    """`cuadra profile suggest` and `cuadra profile check`."""
    told = say(lang, "help.profile")
    group = Group("profile", help=told, short_help=told.partition("\n")[0],
                  options_metavar=say(lang, "click.options_metavar"),
                  subcommand_metavar=say(lang, "click.subcommand_metavar"))  # fmt: skip
    one, timeout = _argument(lang, "one_file", "path"), _timeout(lang)
    files = _argument(lang, "file", "inputs", nargs=-1, required=True)
    profile = _option(lang, "profile", type=_path(), metavar="TOML")
    drafted = [one, _output_file(lang, "output_profile"), timeout]
    _add(group, lang, "suggest", suggest_command, drafted, "profile_suggest")
    _add(group, lang, "check", inspect_command, [files, profile, timeout], "profile_check")
    return _with_help(group, lang)


def _tables_options(lang: str) -> list[click.Parameter]:
    option = partial(_option, lang)
    folder = say(lang, "metavar.folder")
    whole = say(lang, "option.whole")
    return [
        *_file_options(lang),
        option("format", "layout", type=click.Choice(FORMATS), default="json"),
        _output_file(lang, "output_tables"),
        option("picture", type=_path(), metavar=folder, help=say(lang, "option.picture_pages")),
        click.Option(["--whole/--by-page"], default=True, help=whole),
    ]


def _text_options(lang: str) -> list[click.Parameter]:
    return [
        *_file_options(lang),
        _output_file(lang, "output_text"),
        _option(lang, "with_tables", is_flag=True),
    ]


def _file_options(lang: str) -> list[click.Parameter]:
    return [
        _argument(lang, "one_file", "path"),
        _option(lang, "pages", type=Pages(), default="", metavar=say(lang, "metavar.pages")),
        _timeout(lang),
    ]


def _output_file(lang: str, name: str) -> click.Option:
    metavar = say(lang, "metavar.path")
    return _option(lang, "output", type=_path(), metavar=metavar, help=say(lang, f"option.{name}"))


def _timeout(lang: str) -> click.Option:
    above_zero = click.FloatRange(min=0, min_open=True)
    return _option(lang, "timeout", type=above_zero, metavar=say(lang, "metavar.seconds"))


def _batch_options(lang: str) -> list[click.Parameter]:
    option = partial(_option, lang)
    return [
        option("workers", type=click.IntRange(min=1), metavar="N"),
        _timeout(lang),
        option("memory", metavar=say(lang, "metavar.size")),
        option("config", type=_path(), metavar="TOML"),
        option(
            "fail_on",
            type=click.Choice(["error", "warning", "info", "never"]),
            default="never",
        ),
        option("json", "as_json", is_flag=True),
    ]


def _add(
    group: Group,
    lang: str,
    name: str,
    callback: Callable[..., int],
    params: list[click.Parameter],
    told: str = "",
) -> None:
    """Add a command whose help is the message `help.<told>`, or that of its name."""
    command = Command(
        name,
        callback=partial(callback, lang),
        params=[
            *params,
            _option(lang, "lang", expose_value=False, type=click.Choice(LANGUAGES)),
            _option(lang, "debug", expose_value=False, is_flag=True),
        ],
        help=say(lang, f"help.{told or name}"),
        short_help=say(lang, f"help.{told or name}").partition("\n")[0],
        options_metavar=say(lang, "click.options_metavar"),
    )
    group.add_command(_with_help(command, lang))


def _with_help(command: C, lang: str) -> C:
    return click.help_option("--help", help=say(lang, "click.help"))(command)


def _option(lang: str, name: str, *names: str, **settings: Any) -> click.Option:
    flag = f"--{name.replace('_', '-')}"
    told = settings.pop("help", None) or say(lang, f"option.{name}")
    return click.Option([flag, *names], help=told, **settings)


def _argument(lang: str, metavar: str, name: str, **settings: Any) -> click.Argument:
    settings.setdefault("type", _path())
    return click.Argument([name], metavar=say(lang, f"metavar.{metavar}"), **settings)


def _path() -> click.Path:
    return click.Path(path_type=Path)


def run_cli(args: Sequence[str], lang: str) -> int:
    """Run one command line; return its exit code after telling what went wrong, if anything."""
    try:
        result = build_cli(lang).main(list(args), "cuadra", standalone_mode=False, obj=lang)
        return int(result or 0)
    except click.UsageError as error:
        click.echo(describe_usage_error(error, lang), err=True)
        return USAGE
    except Stop as stop:
        click.echo(f"{say(lang, 'error.label')}: {stop}", err=True)
        return stop.code
    except (KeyboardInterrupt, click.Abort):
        click.echo(say(lang, "error.interrupted"), err=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # a fault of ours, told without the report's text
        click.echo(say(lang, "error.unexpected", kind=type(error).__name__), err=True)
        if "--debug" in args or os.environ.get("CUADRA_DEBUG"):
            traceback.print_exc()
        return NOT_PUBLISHED


def main() -> NoReturn:
    """Run `cuadra`; a scheduler's SIGTERM ends it as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    args = sys.argv[1:]
    try:
        code = run_cli(args, choose_language(args, os.environ))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


if __name__ == "__main__":
    main()
