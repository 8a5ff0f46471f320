// The command that builds and installs the server with cargo, from a folder with the project's source.

import { readFile } from "node:fs/promises";
import * as path from "node:path";
import {
  type Disposable,
  l10n,
  ProcessExecution,
  Task,
  type TaskExecution,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";

/** Builds the server in a terminal that the user sees; `installed` is called once it is there. */
export async function installServer(installed: () => Promise<void>): Promise<void> {
  // What cargo runs is decided by the files of the folder.
  if (!workspace.isTrusted) {
    void window.showWarningMessage(l10n.t("scholiast: building the server runs code of the folder. Trust it first."));
    return;
  }
  const source = (await inWorkspace()) ?? (await askForSource());
  if (source === undefined) {
    return;
  }
  const task = new Task(
    { type: "process" },
    TaskScope.Workspace,
    l10n.t("Install the server"),
    "scholiast",
    new ProcessExecution("cargo", ["install", "--locked", "--path", source]),
  );
  task.presentationOptions = { reveal: TaskRevealKind.Always };
  const status = await ended(await tasks.executeTask(task));
  if (status === 0) {
    await installed();
  } else {
    void window.showErrorMessage(l10n.t("scholiast: the server was not installed. The terminal says why."));
  }
}

/** The exit status of a task; undefined where it was never started. */
function ended(execution: TaskExecution): Promise<number | undefined> {
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const end = (status: number | undefined): void => {
      listeners.forEach((listener) => void listener.dispose());
      resolve(status);
    };
    listeners.push(
      tasks.onDidEndTaskProcess((event) => {
        if (event.execution === execution) {
          end(event.exitCode);
        }
      }),
      // A program that is not there ends the task without a process.
      tasks.onDidEndTask((event) => {
        if (event.execution === execution) {
          setTimeout(() => {
            end(undefined);
          }, 1000);
        }
      }),
    );
  });
}

async function inWorkspace(): Promise<string | undefined> {
  for (const { uri } of workspace.workspaceFolders ?? []) {
    if (uri.scheme === "file" && (await isSource(uri.fsPath))) {
      return uri.fsPath;
    }
  }
  return undefined;
}

async function askForSource(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: l10n.t("The folder with the source of scholiast"),
    openLabel: l10n.t("Install from Here"),
    defaultUri: workspace.workspaceFolders?.[0]?.uri ?? Uri.file("/"),
  });
  const folder = chosen?.[0]?.fsPath;
  if (folder === undefined || (await isSource(folder))) {
    return folder;
  }
  void window.showErrorMessage(l10n.t("scholiast: {0} is not the source of scholiast (no Cargo.toml of it).", folder));
  return undefined;
}

async function isSource(folder: string): Promise<boolean> {
  try {
    return /^name = "scholiast"$/m.test(await readFile(path.join(folder, "Cargo.toml"), "utf8"));
  } catch {
    return false;
  }
}
