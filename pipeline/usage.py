"""Click in two languages: its headings, and its complaints about a misspelt command.

The language travels as the root context's `obj`.
"""

from __future__ import annotations

from typing import Any

import click

from pipeline.messages import say, say_or


class Formatter(click.HelpFormatter):
    """Write the headings of `--help` in one language."""

    def __init__(self, lang: str, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self.lang = lang

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, prefix or f"{say(self.lang, 'click.usage')}: ")

    def write_heading(self, heading: str) -> None:
        """Write a heading, translated when it is one of Click's own."""
        super().write_heading(say_or(self.lang, f"click.{heading}", heading))


class Context(click.Context):
    """Make the formatter of the chosen language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Make a formatter for one page of help."""
        return Formatter(self.find_root().obj, self.terminal_width, self.max_content_width)


class Command(click.Command):
    """A command whose help is in the chosen language."""

    context_class = Context


class Pages(click.ParamType[Any]):
    """Pages as a person lists them: `1,3-5`."""

    name = "pages"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the first and last page of each part; none for an empty list."""
        from pipeline.exports.reading import parse_pages

        try:
            return parse_pages(value) if value else ()
        except ValueError:
            self.fail(str(value), param, ctx)


class Group(click.Group):
    """A group of commands whose help is in the chosen language."""

    context_class = Context


def describe_usage_error(error: click.UsageError, lang: str) -> str:
    """Tell what is wrong with a command line and how to learn more."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    lines = [f"{say(lang, 'error.label')}: {_sentence(error, lang)}"]
    if error.ctx is not None:
        lines.insert(0, error.ctx.get_usage())
        lines.append(say(lang, "usage.try", command=error.ctx.command_path))
    return "\n".join(lines)


def _sentence(error: click.UsageError, lang: str) -> str:
    match error:
        case click.NoSuchOption():
            return say(lang, "usage.no_option", name=error.option_name)
        case click.NoSuchCommand():
            return say(lang, "usage.no_command", name=error.command_name)
        case click.BadOptionUsage():
            return say(lang, "usage.no_value", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say(lang, "usage.missing", name=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            expected = _expected(param.type, lang)
            return say(lang, "usage.bad_value", name=_name(param), expected=expected)
    return say(lang, "usage.extra")


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return str(param.metavar).strip("[].")
    return param.opts[0]


def _expected(kind: click.ParamType[Any], lang: str) -> str:
    match kind:
        case click.Choice():
            return say(lang, "expected.choice", choices=", ".join(map(str, kind.choices)))
        case click.IntRange() | click.FloatRange():
            return say(lang, "expected.positive")
        case Pages():
            return say(lang, "expected.pages")
    return say(lang, "expected.path")
