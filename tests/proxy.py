"""Debian's nginx in front of the app, with the configuration that ships in `.docker/`."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NEEDS_NGINX = pytest.mark.skipif(NGINX is None, reason="there is no nginx on this machine")
TEMPLATE = ROOT / ".docker" / "nginx.conf.template"
AROUND = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
  {paths}
  include {folder}/site.conf;
}}"""


@contextmanager
def nginx(folder: Path, first: str, second: str, base: str = "", stripping: bool = False) -> Iterator[str]:
    """The address at which nginx serves the two replicas below `base`; `stripping`: they never see that path."""
    port = free_port()
    names = {"PORT": f"127.0.0.1:{port}", "REPLICA_1": place(first), "REPLICA_2": place(second), "BASE_PATH": base}
    site = re.sub(r"\$\{(\w+)\}", lambda name: names[name[1]], TEMPLATE.read_text(encoding="utf-8"))
    site = site.replace("/dev/stdout", str(folder / "access.log"))
    if stripping:
        site = site.replace("proxy_pass http://explorer;", "proxy_pass http://explorer/;")
    (folder / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, paths=paths))
    process = subprocess.Popen([NGINX, "-c", str(configuration), "-e", str(folder / "error.log")])
    try:
        while not listening(port):
            assert process.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def place(address: str) -> str:
    """Host and port of an address; nginx would take both addresses of `localhost`, of which the app has one."""
    return address.removeprefix("http://").replace("localhost", "127.0.0.1")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
