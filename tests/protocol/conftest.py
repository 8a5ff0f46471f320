"""The server under test, driven by a client that takes every message for what the protocol says it is."""

import pathlib

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types

EDITORS = ["visual-studio-code", "neovim", "emacs"]


def pytest_addoption(parser):
    parser.addoption("--server", required=True, help="the scholiast binary")


@pytest.fixture(params=EDITORS)
def editor(request):
    return request.param


@pytest.fixture
def corpus(tmp_path) -> pathlib.Path:
    """A corpus with a finding of each kind of file, outside any git repository."""
    (tmp_path / "scholiast.toml").write_text('[corpus]\nregistry = ["people.toml"]\nnonsense = 1\n', encoding="utf-8")
    (tmp_path / "people.toml").write_text(
        "\n".join(
            [
                "version = 1",
                "",
                "[[organization]]",
                'id = "forest-vn"',
                'names.vi = ["Bộ Lâm nghiệp"]',
                "",
                "[[office]]",
                'id = "forest-vn/minister"',
                'organization = "forest-vn"',
                'names.vi = ["Bộ trưởng Bộ Lâm nghiệp"]',
                "",
                "[[person]]",
                'id = "tran-van-an"',
                'names.vi = ["Trần Văn An"]',
                'names.th = ["เจิ่น วัน อาน", "ตรัน วัน อัน"]',
                'offices = [{ office = "forest-vn/minister", since = 2020-01-01 }]',
                'links = { web = "https://example.org/an" }',
                "",
                "[[person]]",
                'id = "le-thi-hoa"',
                'names.vi = ["Lê Thị Hoa"]',
                "",
                "[[decree]]",
                'id = "12/QĐ-TTg"',
                "date = 2021-04-03",
                'url = "https://example.org/12"',
                "",
            ]
        ),
        encoding="utf-8",
    )
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one.ann").write_text(ANNOTATIONS, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Tran Van An và Lê Thị Hoa ký Quyết định số 12/QD-TTg.\n", encoding="utf-8")
    return tmp_path


TEXT = (
    "ข่าววันที่ 4 พฤษภาคม 2566\n"
    "Bộ trưởng Bộ Lâm nghiệp Trần Văn An (เจิ่น วัน อาน) ký Quyết định số 12/QĐ-TTg ngày 3/4/2021.\n"
    "🙂 ตรัน วัน อัน พูดว่า การประชุมจะมีขึ้นในวันที่ 31 กุมภาพันธ์ 2566 https://example.org/text\n"
    "\n"
    "Lê Thị Hoa và Trần Văn An.\n"
)

# The offsets count UTF-8 bytes instead of code points.
ANNOTATIONS = "T1\tDate 12 59\tวันที่ 4 พฤษภาคม 2566\n"


def test_client():
    """A client that also takes what `pytest-lsp` has no handler for."""
    client = pytest_lsp.make_test_lsp_client()
    for method in [
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
        types.LOG_TRACE,
    ]:
        client.feature(method)(lambda *_: None)
    return client


@pytest_asyncio.fixture
async def client(request, editor, corpus):
    server = pathlib.Path(request.config.getoption("--server")).resolve()
    config = pytest_lsp.ClientServerConfig(server_command=[str(server), "lsp"], client_factory=test_client)
    client = await config.start()
    folder = types.WorkspaceFolder(uri=corpus.as_uri(), name="corpus")
    result = await client.initialize_session(
        types.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(editor),
            root_uri=corpus.as_uri(),
            initialization_options={"ruleUri": "scholiast-rule:/{code}.md"},
            workspace_folders=[folder],
        )
    )
    client.offered = result.capabilities
    client.encoding = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
    yield client
    await client.shutdown_session()
    assert client.error is None
    await client.stop()
