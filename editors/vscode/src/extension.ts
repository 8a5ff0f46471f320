// The extension's entry: starts the server as soon as the window shows a corpus. All that is known of texts and
// registries is in the server; nothing here looks into a document.

import { commands, type ExtensionContext, languages, window, workspace } from "vscode";
import type { Position } from "vscode-languageclient/node";
import { AnnotateMode } from "./annotate";
import { TextAnnotations } from "./annotations";
import { isInCorpus, MARKER_GLOB, startCorpus, workspaceHasCorpus } from "./corpus";
import { saveTogether } from "./companions";
import { drawAnnotations } from "./decorations";
import { Deeds } from "./deeds";
import { stepThroughDifferences } from "./differences";
import { installServer } from "./install";
import { Linking } from "./linking";
import { Pages } from "./pages";
import { Proposals } from "./proposals";
import { Session } from "./session";
import { DocumentStates } from "./states";
import { closeUnaskedTabs } from "./tabs";
import { AnnotationsView } from "./views/annotations";
import { EntitiesView } from "./views/entities";
import { MentionsView } from "./views/mentions";
import { ReviewView } from "./views/review";
import { StatesView } from "./views/states";

// A double click takes a whole decree reference or numeric date (752/QĐ-TTg, 25/05/2024, 2021-2025), else a run of
// letters with their marks.
const WORD = /\d+(?:[/-][\p{L}\p{N}]+)+|[\p{L}\p{M}\p{N}_]+/gu;

let session: Session | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("scholiast", { log: true });
  const trace = window.createOutputChannel("scholiast trace", { log: true });
  const current = new Session(output, trace, context.extensionPath);
  session = current;
  const deeds = new Deeds(current);
  const linking = new Linking(current, deeds);
  const proposals = new Proposals(current, deeds, linking);
  const annotations = new TextAnnotations(current);
  const states = new DocumentStates(current);
  context.subscriptions.push(
    output,
    trace,
    current,
    saveTogether(),
    closeUnaskedTabs(),
    new Pages(current),
    proposals,
    new EntitiesView(current, linking, proposals),
    new MentionsView(current),
    annotations,
    drawAnnotations(annotations),
    new AnnotationsView(annotations, linking),
    new ReviewView(current),
    states,
    new StatesView(states),
    ...stepThroughDifferences(current),
    new AnnotateMode(current, deeds, linking, annotations),
    commands.registerCommand("scholiast.startCorpus", () => startCorpus(context.extensionPath, output)),
    commands.registerCommand("scholiast.installServer", () => installServer(() => current.restart())),
    commands.registerCommand("scholiast.restartServer", () => current.restart()),
    commands.registerCommand("scholiast.readAnew", () => current.execute("scholiast.reindex", [])),
    commands.registerCommand("scholiast.showReferences", (uri: string, position: Position) =>
      current.showReferences(uri, position),
    ),
    commands.registerCommand("scholiast.showOutput", () => {
      output.show();
    }),
  );

  let begun = false;
  const begin = async (): Promise<void> => {
    if (begun) {
      return;
    }
    begun = true;
    void commands.executeCommand("setContext", "scholiast.corpus", true);
    context.subscriptions.push(
      languages.setLanguageConfiguration("plaintext", { wordPattern: WORD }),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("scholiast.path")) {
          void current.restart();
        }
      }),
      // In a folder that was not trusted before, the build folders may now be searched.
      workspace.onDidGrantWorkspaceTrust(() => current.restart()),
    );
    await current.start();
  };

  // A corpus may come later: `scholiast init` in a terminal, a folder added, a file opened from elsewhere.
  const markers = workspace.createFileSystemWatcher(MARKER_GLOB, false, true, true);
  const beginIf = async (isCorpus: Promise<boolean>): Promise<void> => {
    if (!begun && (await isCorpus)) {
      await begin();
    }
  };
  context.subscriptions.push(
    markers,
    markers.onDidCreate(begin),
    workspace.onDidChangeWorkspaceFolders(() => beginIf(workspaceHasCorpus())),
    workspace.onDidOpenTextDocument((document) => beginIf(isInCorpus(document))),
  );
  await beginIf(Promise.all([workspaceHasCorpus(), ...workspace.textDocuments.map(isInCorpus)]).then(anyOf));
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

function anyOf(answers: boolean[]): boolean {
  return answers.includes(true);
}
