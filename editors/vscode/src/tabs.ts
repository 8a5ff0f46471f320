// Tabs that nobody has asked for: VS Code opens one in the background for every file that has unsaved changes for a moment,
// also for an annotation file that the extension changes and saves by itself. Such a tab is closed as soon as its file is
// saved, unless a person has looked at it.

import { Disposable, type Tab, TabInputText, type TextDocument, window, workspace } from "vscode";
import { isAnnotationFile } from "./companions";

/** Closes the tabs of annotation files that a person has neither opened nor looked at. */
export function closeUnaskedTabs(): Disposable {
  // Annotation files that were changed while no tab showed them.
  const changed = new Set<string>();
  const unasked = new Set<string>();

  const forget = ({ uri }: TextDocument): void => {
    changed.delete(uri.toString());
    unasked.delete(uri.toString());
  };
  const close = async (uri: string): Promise<void> => {
    const mine = tabsOf(uri).filter(({ isDirty, isActive }) => !isDirty && !isActive);
    unasked.delete(uri);
    await window.tabGroups.close(mine, true);
  };
  return Disposable.from(
    workspace.onDidChangeTextDocument(({ document }) => {
      const uri = document.uri.toString();
      if (isAnnotationFile(document.uri) && document.isDirty && tabsOf(uri).length === 0) {
        changed.add(uri);
      }
    }),
    workspace.onDidSaveTextDocument(async ({ uri }) => {
      if (unasked.has(uri.toString())) {
        await close(uri.toString());
      }
    }),
    workspace.onDidCloseTextDocument(forget),
    window.tabGroups.onDidChangeTabs(async (event) => {
      for (const tab of event.changed.filter(({ isActive }) => isActive)) {
        unasked.delete(uriOf(tab) ?? "");
      }
      for (const tab of event.opened) {
        const uri = uriOf(tab) ?? "";
        if (changed.delete(uri) && !tab.isActive) {
          unasked.add(uri);
          // Opened late: its file is saved already.
          if (!isDirty(uri)) {
            await close(uri);
          }
        }
      }
    }),
  );
}

function uriOf({ input }: Tab): string | undefined {
  return input instanceof TabInputText ? input.uri.toString() : undefined;
}

function tabsOf(uri: string): Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs.filter((tab) => uriOf(tab) === uri));
}

function isDirty(uri: string): boolean {
  return workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === uri);
}
