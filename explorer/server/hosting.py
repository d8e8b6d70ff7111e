"""How the app is hosted: the names it answers to, who may frame it, below which path it lies.

A host sets the first two by options of the command line or by environment variables; the path is Streamlit's own option
`server.baseUrlPath`, which `--base-path` sets.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

HOSTS = "EXPLORER_ALLOWED_HOSTS"  # names, with commas between them
ANCESTORS = "EXPLORER_FRAME_ANCESTORS"  # sources as in a Content-Security-Policy, with blanks between them

NAME = re.compile(r"\*|(\*\.)?[\w-]+(\.[\w-]+)*\.?")
SOURCE = re.compile(r"'self'|'none'|[\w*.:/\[\]-]+")


@dataclass(frozen=True)
class Hosting:
    """What a host decides; raises ValueError for what would be no name and no source."""

    hosts: tuple[str, ...] = ()  # names beside those of this computer; `*.example.org` for all below one, `*` for any
    ancestors: tuple[str, ...] = ()  # who may show a page in a frame; empty: everybody

    def __post_init__(self) -> None:
        for host in self.hosts:
            if not NAME.fullmatch(host) and not _is_address(host):
                raise ValueError(f"{host!r} is not the name of a host. Give it without http:// and without a port.")
        for source in self.ancestors:
            if not SOURCE.fullmatch(source):
                raise ValueError(f"{source!r} is not a source of frames, like 'self' or https://example.org.")

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Hosting:
        """What the environment variables say.

        >>> Hosting.of_environment({HOSTS: "example.org, *.example.net", ANCESTORS: "'self' https://school.example"})
        Hosting(hosts=('example.org', '*.example.net'), ancestors=("'self'", 'https://school.example'))
        """
        hosts = (name.strip() for name in environment.get(HOSTS, "").split(","))
        return cls(tuple(name for name in hosts if name), tuple(environment.get(ANCESTORS, "").split()))

    def and_also(self, other: Hosting) -> Hosting:
        """Both: all names; the other's frames, if it says which."""
        return Hosting((*self.hosts, *other.hosts), other.ancestors or self.ancestors)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def base_path(text: str) -> str:
    """A path as Streamlit's option has it: without slashes at its ends. Raises ValueError for what is no plain path.

    >>> base_path("/class/explorer/"), base_path("/")
    ('class/explorer', '')
    """
    path = text.strip("/")
    if path and not all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*", part) for part in path.split("/")):
        raise ValueError(f"{text!r} is not a path like /explorer: letters, digits, - _ . ~ with single slashes.")
    return path
