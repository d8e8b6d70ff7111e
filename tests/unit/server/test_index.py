"""The page that the browser loads first, in the app as it is served, without Streamlit's own start."""

import json
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from explorer.board import assets
from explorer.server import index
from explorer.server.assets import ROUTE
from explorer.views.shared.pages import GROUPS, PAGES

HTML = {"accept": "text/html,*/*"}


@pytest.fixture
def client() -> TestClient:
    """Our routes before one that answers for everything else, as Streamlit does."""
    rest = Mount("/", app=PlainTextResponse("Streamlit"))
    app = Starlette(routes=[ROUTE, *index.ROUTES, rest], middleware=[Middleware(index.Unknown)])
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize("page", [page for page in PAGES.values() if page.path not in index.FORMER], ids=str)
def test_a_page_brings_the_shell_before_streamlit(client: TestClient, page) -> None:
    text = client.get(f"/{page.path}", headers=HTML).text
    scripts = re.findall(r'<script[^>]*src="([^"]+)"', text)
    assert scripts[0].endswith(assets.SHELL)
    assert scripts[1].startswith("./static/")
    assert f"<title>{page.window_title}</title>" in text
    for address in re.findall(r'(?:href|src)="\./(assets/[^"]+)"', text):
        assert client.get(f"/{address}").status_code == 200


def test_the_page_is_the_same_compressed_and_smaller(client: TestClient) -> None:
    plain, packed = (client.get("/", headers={**HTML, "accept-encoding": coding}) for coding in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert 2 * int(packed.headers["content-length"]) < int(plain.headers["content-length"])


def test_what_comes_along_names_all_pages_and_models(client: TestClient) -> None:
    text = client.get("/", headers=HTML).text
    found = re.search(r'<script type="application/json" id="explorer-start">(.*?)</script>', text, re.DOTALL)
    start = json.loads(found[1])
    assert {page["name"] for page in start["pages"]} == set(PAGES)
    assert list(dict.fromkeys(page["group"] for page in start["pages"])) == list(GROUPS)
    assert {model["name"]: model["parameters"] for model in start["models"]}["gru"] == 107_649
    assert next(pair["a"] for pair in start["pairs"]) == "good, not bad"


def test_no_text_of_the_data_ends_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "start", lambda: {"pairs": "</script><b>"})
    assert "</script><b>" not in index.head("folder", PAGES["memory"]).replace("</script>", "", 1)


@pytest.mark.parametrize("path", ["nonsense", "a/b", "memory/x", "%3Cb%3E"])
def test_an_unknown_path_leads_to_the_first_page_and_is_named(client: TestClient, path: str) -> None:
    answer = client.get(f"/{path}", headers=HTML)
    assert answer.status_code == 307
    target = client.get(f"/{path}", headers=HTML, follow_redirects=True)
    assert target.url.path == "/"
    assert target.url.params[index.UNKNOWN] == path.replace("%3C", "<").replace("%3E", ">")


@pytest.mark.parametrize("path", ["_stcore/host-config", "static/js/x.js", "component/x", "favicon.png"])
def test_streamlits_own_paths_are_left_to_it(client: TestClient, path: str) -> None:
    assert client.get(f"/{path}", headers=HTML).text == "Streamlit"


def test_what_asks_for_no_page_is_left_alone(client: TestClient) -> None:
    assert client.get("/nonsense", headers={"accept": "application/json"}).text == "Streamlit"
    assert client.post("/nonsense", headers=HTML).text == "Streamlit"


def test_links_of_before_lead_to_what_is_there_now(client: TestClient) -> None:
    answer = client.get("/inside?phrase=a%20%26%20b&lane=lstm&unit=3", headers=HTML)
    assert answer.headers["location"] == "./?a=a+%26+b&model=lstm&unit=3&zoom=unit"
    assert client.get("/inside?phrase=dull", headers=HTML).headers["location"] == "./?a=dull&zoom=memory"
    assert client.get("/compare", headers=HTML).headers["location"] == "./"


def test_modules_are_named_with_all_that_they_import() -> None:
    named = assets.imports(assets.SHELL)
    assert named[0] == assets.SHELL
    assert {"shell/bar.js", "dom.js", "player.js"} <= set(named)
    assert not any("plotly" in name or name.startswith("tests/") for name in named)
