"""A session with every request the server offers, by the capabilities of three editors.

`pytest-lsp` decodes each message into the protocol's types and fails at what is none; it warns, and here fails, where an
answer goes beyond what the editor says it understands.
"""

import asyncio

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from conftest import ANNOTATIONS, TEXT

pytestmark = [pytest.mark.asyncio, pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")]

PATIENCE = 30


async def eventually(question, right):
    """Asks until the answer is right: files are read in the background."""
    for _ in range(PATIENCE * 10):
        answer = await question()
        if right(answer):
            return answer
        await asyncio.sleep(0.1)
    raise AssertionError(f"not in {PATIENCE} s: {answer}")


def column(client, line: str, word: str) -> int:
    """The column of a word, in the unit that was agreed upon."""
    before = line[: line.index(word)]
    unit = client.encoding
    if unit == types.PositionEncodingKind.Utf8:
        return len(before.encode("utf-8"))
    if unit == types.PositionEncodingKind.Utf32:
        return len(before)
    return len(before.encode("utf-16-le")) // 2


class Session:
    """One document of a session."""

    def __init__(self, client, corpus, name, text):
        self.client, self.text, self.version = client, text, 1
        self.uri = (corpus / name).as_uri()
        self.document = types.TextDocumentIdentifier(uri=self.uri)
        item = types.TextDocumentItem(uri=self.uri, language_id="plaintext", version=1, text=text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def at(self, line: int, word: str) -> types.Position:
        return types.Position(line, column(self.client, self.text.split("\n")[line], word))

    def where(self, line: int, word: str) -> dict:
        return {"text_document": self.document, "position": self.at(line, word)}

    @property
    def whole(self) -> types.Range:
        return types.Range(types.Position(0, 0), types.Position(len(self.text.split("\n")), 0))

    def type(self, line: int, text: str):
        self.version += 1
        start = types.Position(line, 0)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri),
                content_changes=[types.TextDocumentContentChangePartial(range=types.Range(start, start), text=text)],
            )
        )
        lines = self.text.split("\n")
        lines[line] = text + lines[line]
        self.text = "\n".join(lines)


    def replace(self, text: str):
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri),
                content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )
        self.text = text


async def diagnostics(client, session):
    """The findings of a document, pulled or pushed."""
    if client.offered.diagnostic_provider:
        report = await client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(text_document=session.document)
        )
        return report.items
    return client.diagnostics.get(session.uri, [])


async def test_reading(client, corpus):
    one = Session(client, corpus, "one.txt", TEXT)
    person = one.where(1, "Trần")

    hover = await client.text_document_hover_async(types.HoverParams(**person))
    assert "Trần Văn An" in hover.contents.value

    for ask, params in [
        (client.text_document_definition_async, types.DefinitionParams),
        (client.text_document_declaration_async, types.DeclarationParams),
        (client.text_document_type_definition_async, types.TypeDefinitionParams),
        (client.text_document_implementation_async, types.ImplementationParams),
    ]:
        assert await ask(params(**person)), ask

    context = types.ReferenceContext(include_declaration=True)

    async def references(**more):
        return await client.text_document_references_async(types.ReferenceParams(**person, context=context, **more))

    await eventually(references, lambda found: len(found or []) == 6)
    assert len(await client.text_document_document_highlight_async(types.DocumentHighlightParams(**person))) == 4

    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=one.document))
    assert symbols
    assert await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="tran an"))

    document = {"text_document": one.document}
    links = await client.text_document_document_link_async(types.DocumentLinkParams(**document))
    assert {link.target for link in links} == {"https://example.org/12", "https://example.org/text"}
    for link in links:
        await client.document_link_resolve_async(link)
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(**document))
    cursors = [one.at(1, "Văn An"), one.at(2, "วัน อัน")]
    selections = await client.text_document_selection_range_async(
        types.SelectionRangeParams(**document, positions=cursors)
    )
    assert len(selections) == 2 and selections[0].parent

    assert await client.text_document_inlay_hint_async(types.InlayHintParams(**document, range=one.whole))
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(**document))
    assert len(tokens.data) % 5 == 0 and tokens.data
    one.type(4, "Trần Văn An. ")
    await client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(**document, previous_result_id=tokens.result_id)
    )
    await client.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(**document, range=one.whole)
    )

    calls = await client.text_document_prepare_call_hierarchy_async(types.CallHierarchyPrepareParams(**person))
    await client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item=calls[0]))
    await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item=calls[0]))
    office = types.TypeHierarchyPrepareParams(**one.where(1, "Bộ trưởng"))
    kinds = await client.text_document_prepare_type_hierarchy_async(office)
    await client.type_hierarchy_supertypes_async(types.TypeHierarchySupertypesParams(item=kinds[0]))
    await client.type_hierarchy_subtypes_async(types.TypeHierarchySubtypesParams(item=kinds[0]))


async def test_findings(client, corpus):
    one = Session(client, corpus, "one.txt", TEXT)
    registry = Session(client, corpus, "people.toml", (corpus / "people.toml").read_text(encoding="utf-8"))
    found = await eventually(lambda: diagnostics(client, one), bool)
    impossible = next(finding for finding in found if finding.code == "date/impossible-day")
    assert impossible.range.start.line == 2
    assert impossible.code_description.href == "scholiast-rule:/date/impossible-day.md"

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=one.document,
            range=one.whole,
            context=types.CodeActionContext(diagnostics=list(found)),
        )
    )
    for action in actions or []:
        if isinstance(action, types.CodeAction) and action.edit is None and action.data is not None:
            await client.code_action_resolve_async(action)

    if client.offered.diagnostic_provider:
        report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous_result_ids=[]))
        assert {item.uri for item in report.items} >= {one.uri, (corpus / "two.txt").as_uri()}

    registry.type(0, "[[person]]\nid = 'le-thi-hoa'\nnames.vi = ['Lê Hoa']\n")
    await eventually(lambda: diagnostics(client, registry), bool)


async def test_annotations(client, corpus):
    one = Session(client, corpus, "one.txt", TEXT)
    beside = Session(client, corpus, "one.ann", ANNOTATIONS)

    def codes(found):
        return [finding.code for finding in found]

    found = await eventually(lambda: diagnostics(client, beside), bool)
    assert codes(found) == ["annotation/text-mismatch"]
    context = types.CodeActionContext(diagnostics=list(found))
    params = types.CodeActionParams(text_document=beside.document, range=beside.whole, context=context)
    await client.text_document_code_action_async(params)
    beside.type(0, "nothing\n")
    await eventually(lambda: diagnostics(client, beside), lambda found: "annotation/syntax" in codes(found))
    beside.replace("T1\tDate 4 25\tวันที่ 4 พฤษภาคม 2566\n")
    await eventually(lambda: diagnostics(client, beside), lambda found: not found)
    # Typed into the text, followed by its annotations; words that are gone are a finding.
    one.type(0, "🙂")
    await eventually(lambda: diagnostics(client, beside), lambda found: not found)
    one.replace("")
    await eventually(lambda: diagnostics(client, beside), bool)
    # What else may be asked of annotations has an answer, be it an empty one.
    where = beside.where(0, "Date")
    await client.text_document_hover_async(types.HoverParams(**where))
    await client.text_document_definition_async(types.DefinitionParams(**where))
    await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=beside.document))


async def test_commands(client, corpus):
    one = Session(client, corpus, "one.txt", TEXT)

    async def execute(command, *arguments, **more):
        params = types.ExecuteCommandParams(command=command, arguments=list(arguments), **more)
        return await client.workspace_execute_command_async(params)

    rules = await execute("scholiast.explain")
    for rule in rules:
        assert (await execute("scholiast.explain", rule["code"])).startswith(f"# {rule['code']} ({rule['severity']})")
    with pytest.raises(JsonRpcException):
        await execute("scholiast.explain", "date/nothing")
    assert isinstance(await execute("scholiast.suggestions", one.uri, "toml"), str)
    client.progress_reports["counting"] = []
    statistics = await execute("scholiast.statistics", one.uri, work_done_token="counting")
    assert [corpus["annotationFiles"] for corpus in statistics["corpora"]] == [1]
    assert client.progress_reports["counting"][-1].kind == "end"
    assert "## Findings by rule" in await execute("scholiast.statistics", None, "markdown")
    assert await execute("scholiast.reindex") is None


async def test_renamed_files(client, corpus):
    config = (corpus / "scholiast.toml").read_text(encoding="utf-8")
    config += '\n[[suppress]]\npath = "one.txt"\nrule = "text/*"\n'
    Session(client, corpus, "scholiast.toml", config)
    move = types.FileRename(old_uri=(corpus / "one.txt").as_uri(), new_uri=(corpus / "ใหม่ 1.txt").as_uri())
    edit = await client.workspace_will_rename_files_async(types.RenameFilesParams(files=[move]))
    assert edit.changes or edit.document_changes
    renames = [change for change in edit.document_changes or [] if isinstance(change, types.RenameFile)]
    workspace_edit = client.capabilities.workspace.workspace_edit
    can_rename = types.ResourceOperationKind.Rename in (workspace_edit.resource_operations or [])
    assert [rename.old_uri for rename in renames] == ([(corpus / "one.ann").as_uri()] if can_rename else [])
    other = types.FileRename(old_uri=(corpus / "two.txt").as_uri(), new_uri=(corpus / "three.txt").as_uri())
    assert await client.workspace_will_rename_files_async(types.RenameFilesParams(files=[other])) is None
    gone = types.FileDelete(uri=(corpus / "one.txt").as_uri())
    assert await client.workspace_will_delete_files_async(types.DeleteFilesParams(files=[gone]))


async def test_writing(client, corpus):
    one = Session(client, corpus, "one.txt", TEXT)
    # A text whose annotations are not at their offsets is not edited: they are repaired first.
    Session(client, corpus, "one.ann", "T1\tDate 4 25\tวันที่ 4 พฤษภาคม 2566\n")
    registry = Session(client, corpus, "people.toml", (corpus / "people.toml").read_text(encoding="utf-8"))

    person = one.where(1, "Trần")
    assert await client.text_document_prepare_rename_async(types.PrepareRenameParams(**person))
    edit = await client.text_document_rename_async(types.RenameParams(**person, new_name="Trần Văn Ân"))
    assert edit.changes or edit.document_changes
    identifier = registry.where(11, "[[person]]")
    identifier["position"] = registry.at(12, "tran-van")
    assert await client.text_document_prepare_rename_async(types.PrepareRenameParams(**identifier))
    assert await client.text_document_rename_async(types.RenameParams(**identifier, new_name="an"))
    await client.text_document_linked_editing_range_async(types.LinkedEditingRangeParams(**identifier))

    one.type(4, "Trần V")
    where = one.where(4, "Trần V")
    where["position"].character += column(client, "Trần V|", "|")
    offered = await client.text_document_completion_async(types.CompletionParams(**where))
    items = offered.items if isinstance(offered, types.CompletionList) else offered
    assert any("Trần Văn An" in item.label for item in items)
    await client.completion_item_resolve_async(items[0])

    lenses = await client.text_document_code_lens_async(types.CodeLensParams(text_document=registry.document))
    assert lenses
    await client.code_lens_resolve_async(lenses[0])

    moved = types.FileRename(old_uri=(corpus / "two.txt").as_uri(), new_uri=(corpus / "three.txt").as_uri())
    (corpus / "two.txt").rename(corpus / "three.txt")
    client.workspace_did_rename_files(types.RenameFilesParams(files=[moved]))
    converter = client.protocol._converter
    place = converter.unstructure(types.Range(*[where["position"]] * 2))
    proposal = {
        "kind": "person",
        "id": "ngo-van-ba",
        "name": "Ngô Văn Ba",
        "names": {"vi": ["Ngô Văn Ba"]},
        "count": 1,
        "spellings": [{"text": "Ngô Văn Ba", "count": 1, "places": [{"uri": one.uri, "range": place}]}],
    }
    arguments = {
        "scholiast.annotations": [one.uri],
        "scholiast.answerProposal": [proposal, "add"],
        "scholiast.entries": [one.uri, place],
        "scholiast.link": [one.uri, place, "tran-van-an"],
        "scholiast.settle": [
            one.uri,
            {"path": "one.txt", "place": "0", "kind": "T", "ours": "Person", "theirs": ""},
        ],
        "scholiast.setState": [one.uri, "done", "Anna"],
    }
    for command in client.offered.execute_command_provider.commands:
        given = arguments.get(command)
        await client.workspace_execute_command_async(types.ExecuteCommandParams(command=command, arguments=given))
        if given:
            with pytest.raises(JsonRpcException, match="argument 1 is missing"):
                await client.workspace_execute_command_async(types.ExecuteCommandParams(command=command))
    client.text_document_did_save(types.DidSaveTextDocumentParams(text_document=one.document))
    client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=one.document))
    client.set_trace(types.SetTraceParams(value=types.TraceValue.Verbose))
    assert await client.text_document_hover_async(types.HoverParams(**registry.where(12, "tran-van")))
