// One language client from start to stop, and the status item that tells how it fares.

import {
  type CancellationToken,
  CancellationTokenSource,
  commands,
  type Disposable,
  env,
  EventEmitter,
  l10n,
  languages,
  LanguageStatusSeverity,
  type LogOutputChannel,
  window,
  workspace,
} from "vscode";
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  type Position,
  ReferencesRequest,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { saveMoved } from "./companions";
import { RULE_URI } from "./pages";
import { findServer, type Probe, probe } from "./server";

// VS Code itself knows no TOML and calls it plain text; with a TOML extension installed, registry files are `toml`.
// Annotation files are whatever another extension calls them.
const DOCUMENTS = [
  { scheme: "file", language: "plaintext" },
  { scheme: "file", language: "toml" },
  { scheme: "file", pattern: "**/*.{ann,a1,a2}" },
  { scheme: "file", pattern: "**/scholiast-{states,settled}.tsv" },
];

/** A server that ends this often within the time below is not started again. */
const MOST_ENDS = 4;
const ENDS_WITHIN_MS = 180_000;

/** Starts and stops the server. What is asked for while a start or stop is under way happens after it, in order. */
export class Session implements Disposable {
  private readonly status = languages.createLanguageStatusItem("scholiast.status", DOCUMENTS);
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();
  private readonly stateChanged = new EventEmitter<boolean>();
  private restartIsDue = false;

  /** The server runs now, or it does no longer. */
  readonly onDidChangeRunning = this.stateChanged.event;

  constructor(
    private readonly output: LogOutputChannel,
    private readonly trace: LogOutputChannel,
    private readonly extensionFolder: string,
  ) {
    this.status.name = "scholiast";
    this.status.text = "scholiast";
  }

  /** Starts the server unless it was started already. */
  start(): Promise<void> {
    return this.inTurn(() => (this.client === undefined ? this.launch() : Promise.resolve()));
  }

  /**
   * Stops the server if there is one, and starts it again, from wherever the executable is now. Several requests before
   * the restart begins are one: trust that is granted changes a setting at the same moment.
   */
  restart(): Promise<void> {
    if (this.restartIsDue) {
      return this.last;
    }
    this.restartIsDue = true;
    return this.inTurn(async () => {
      this.restartIsDue = false;
      await this.shutDown();
      await this.launch();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.shutDown());
  }

  /** Has the server do something; what it answers. */
  execute(command: string, args: unknown[], token?: CancellationToken): Promise<unknown> {
    return this.running().sendRequest(ExecuteCommandRequest.type, { command, arguments: args }, token);
  }

  /** Tells whether the server has a command; an older one may not. */
  can(command: string): boolean {
    const known = this.runningClient?.initializeResult?.capabilities.executeCommandProvider?.commands;
    return known?.includes(command) ?? false;
  }

  /** Shows the references of what stands somewhere in a document: what the lens of a registry entry does. */
  async showReferences(uri: string, position: Position): Promise<void> {
    const client = this.running();
    const { protocol2CodeConverter: code } = client;
    const context = { includeDeclaration: false };
    const found = await client.sendRequest(ReferencesRequest.type, { textDocument: { uri }, position, context });
    const places = (await code.asReferences(found)) ?? [];
    await commands.executeCommand("editor.action.showReferences", code.asUri(uri), code.asPosition(position), places);
  }

  /** The client, while the server runs. */
  get runningClient(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  dispose(): void {
    this.status.dispose();
    this.stateChanged.dispose();
  }

  private running(): LanguageClient {
    const client = this.runningClient;
    if (client === undefined) {
      throw new Error(l10n.t('The scholiast server is not running. The output "scholiast" says why.'));
    }
    return client;
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error: unknown) => {
      this.output.error(error instanceof Error ? error : String(error));
    });
    return this.last;
  }

  private async launch(): Promise<void> {
    this.show(l10n.t("Looking for the server"), LanguageStatusSeverity.Information, true);
    const search = await findServer(this.extensionFolder);
    if (search.kind === "missing") {
      this.show(l10n.t("Server not found"), LanguageStatusSeverity.Error);
      reportMissing(search.places, this.output);
      return;
    }
    this.output.info(`Server: ${search.executable}`);
    const answer = await probe(search.executable);
    if (answer.kind !== "scholiast") {
      this.show(l10n.t("Wrong server"), LanguageStatusSeverity.Error);
      reportUnfit(search.executable, answer, this.output);
      return;
    }
    const client = new LanguageClient(
      "scholiast",
      "scholiast",
      { command: search.executable, args: ["lsp"], transport: TransportKind.stdio },
      this.clientOptions(),
    );
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      this.showState(client, newState, search.executable);
    });
    // Not awaited: a server that never answers must not keep the user from restarting it.
    client.start().catch((error: unknown) => {
      this.output.error(error instanceof Error ? error : String(error));
      if (client === this.client) {
        this.show(l10n.t("Server failed to start"), LanguageStatusSeverity.Error);
        this.reportEnd(l10n.t("The scholiast server did not start."));
      }
    });
  }

  private async shutDown(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.announce(false);
    const server = client?.serverProcess;
    await client?.dispose().catch((error: unknown) => {
      // One that hangs or has not answered yet must not live on beside the next.
      this.output.warn(`The server did not stop cleanly: ${String(error)}`);
      server?.kill();
    });
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: DOCUMENTS,
      outputChannel: this.output,
      traceOutputChannel: this.trace,
      initializationOptions: {
        ruleUri: RULE_URI,
        // A lens names a command only where the client has it, and the extension has colours for the server's own types.
        commands: ["scholiast.showReferences"],
        ownTokenTypes: true,
        savesAnnotations: workspace.getConfiguration("scholiast").get<boolean>("saveAnnotationsWithText", true),
      },
      middleware: {
        workspace: {
          handleApplyEdit: async (params, next) => {
            const result = await next(params, new CancellationTokenSource().token);
            // An annotation file with unsaved changes is moved in the editor when its text is saved.
            const { changes, documentChanges } = params.edit;
            const edited = (documentChanges ?? []).flatMap((change) =>
              "textDocument" in change ? [change.textDocument.uri] : [],
            );
            const files = [...Object.keys(changes ?? {}), ...edited];
            if (files.length > 0 && files.every((file) => /\.(ann|a1|a2)$/.test(file))) {
              await saveMoved(files);
            }
            return result;
          },
        },
      },
      // Said once, by launch(). What else goes wrong in the client is for the output, not for a toast: a setting that
      // changes while a server ends cannot be told to it any more.
      initializationFailedHandler: () => false,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: this.errorHandler(),
    };
  }

  /** Starts a server again that ended by itself, until it ends too often; no message for each time. */
  private errorHandler(): NonNullable<LanguageClientOptions["errorHandler"]> {
    const ends: number[] = [];
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        const now = Date.now();
        ends.push(now);
        const recent = ends.filter((end) => now - end < ENDS_WITHIN_MS).length;
        this.output.warn(`The server ended (${recent} times of late)`);
        if (recent < MOST_ENDS) {
          return { action: CloseAction.Restart, handled: true };
        }
        this.reportEnd(l10n.t("The scholiast server ended {0} times and is not started again.", recent));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private reportEnd(message: string): void {
    const restart = l10n.t("Restart Server");
    const showOutput = l10n.t("Show Output");
    void window.showErrorMessage(message, restart, showOutput).then((choice) => {
      if (choice === restart) {
        void this.restart();
      } else if (choice === showOutput) {
        this.output.show();
      }
    });
  }

  private announce(isRunning: boolean): void {
    void commands.executeCommand("setContext", "scholiast.running", isRunning);
    this.stateChanged.fire(isRunning);
  }

  private showState(client: LanguageClient, state: State, executable: string): void {
    if (client !== this.client) {
      return;
    }
    this.announce(state === State.Running);
    switch (state) {
      case State.Starting:
        this.show(l10n.t("Starting"), LanguageStatusSeverity.Information, true);
        break;
      case State.Running: {
        const version = client.initializeResult?.serverInfo?.version;
        this.show(version === undefined ? executable : `${version} · ${executable}`);
        break;
      }
      case State.Stopped:
      case State.StartFailed:
        this.show(l10n.t("Server stopped"), LanguageStatusSeverity.Error);
        break;
    }
  }

  private show(detail: string, severity = LanguageStatusSeverity.Information, busy = false): void {
    this.status.detail = detail;
    this.status.severity = severity;
    this.status.busy = busy;
    this.status.command =
      severity === LanguageStatusSeverity.Error
        ? { command: "scholiast.restartServer", title: l10n.t("Restart") }
        : { command: "scholiast.showOutput", title: l10n.t("Show Output") };
  }
}

function reportMissing(places: string[], output: LogOutputChannel): void {
  output.error(`No executable found. Looked at: ${places.join(", ")}`);
  const message = l10n.t(
    'scholiast: the server was not found (looked at {0}). Install it, or say where it is in the setting "scholiast.path".',
    places.join(", "),
  );
  offerSettings(message, output, true);
}

function reportUnfit(
  executable: string,
  answer: Exclude<Probe, { kind: "scholiast" }>,
  output: LogOutputChannel,
): void {
  const message =
    answer.kind === "older"
      ? l10n.t(
          'scholiast: the server {0} has version {1}; this extension needs {2} or newer. Install a newer server, or choose another in the setting "scholiast.path".',
          executable,
          answer.version,
          answer.needed,
        )
      : l10n.t(
          'scholiast: {0} is not the scholiast server ("--version" answers: {1}). Choose another program in the setting "scholiast.path".',
          executable,
          answer.said,
        );
  output.error(message);
  offerSettings(message, output);
}

function offerSettings(message: string, output: LogOutputChannel, canInstall = false): void {
  const openSettings = l10n.t("Open Settings");
  const showOutput = l10n.t("Show Output");
  const install = l10n.t("Install the Server…");
  const choices = canInstall ? [install, openSettings, showOutput] : [openSettings, showOutput];
  void window.showErrorMessage(message, ...choices).then((choice) => {
    if (choice === install) {
      void commands.executeCommand("scholiast.installServer");
    } else if (choice === openSettings) {
      // In a remote window the setting is one of the remote machine.
      const where = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
      void commands.executeCommand(`workbench.action.${where}`, { query: "@id:scholiast.path" });
    } else if (choice === showOutput) {
      output.show();
    }
  });
}
