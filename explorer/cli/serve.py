"""Without a subcommand: the app in the browser."""

from __future__ import annotations

import argparse

from explorer.cli.arguments import number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to open a browser."""
    parser.add_argument("--port", type=number(1, 65535), default=8501, help="port of the app (default: %(default)s)")
    parser.add_argument("--address", default="localhost", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--share", action="store_true", help="listen on the local network and show the address that others open"
    )
    parser.add_argument(
        "--base-path", default="", metavar="PATH", help="path below which the app lies, as /explorer behind a proxy"
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name that the app answers to, as explorer.example.org; may be given several times",
    )
    parser.add_argument(
        "--frame-ancestors",
        default="",
        metavar="SOURCES",
        help="who may show a page in a frame, as \"'self' https://example.org\" (default: everybody)",
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")


def run(arguments: argparse.Namespace) -> int:
    """The app, until Ctrl-C."""
    from explorer.server.hosting import Hosting, base_path

    hosting = Hosting(tuple(arguments.allowed_host), tuple(arguments.frame_ancestors.split()))
    base = base_path(arguments.base_path)

    from explorer.server.application import run as serve

    serve(arguments.port, arguments.address, arguments.browser, arguments.share, base, hosting)
    return 0
