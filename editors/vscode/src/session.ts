// One language client from start to stop, and the status item that tells how it fares.

import {
  type CancellationToken,
  commands,
  type Disposable,
  env,
  languages,
  LanguageStatusSeverity,
  type LogOutputChannel,
  window,
} from "vscode";
import {
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  type Position,
  ReferencesRequest,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import { RULE_URI } from "./pages";
import { findServer } from "./server";

// VS Code itself knows no TOML and calls it plain text; with a TOML extension installed, registry files are `toml`.
// Annotation files are whatever another extension calls them.
const DOCUMENTS = [
  { scheme: "file", language: "plaintext" },
  { scheme: "file", language: "toml" },
  { scheme: "file", pattern: "**/*.{ann,a1,a2}" },
];

/** Starts and stops the server. What is asked for while a start or stop is under way happens after it, in order. */
export class Session implements Disposable {
  private readonly status = languages.createLanguageStatusItem("scholiast.status", DOCUMENTS);
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: LogOutputChannel,
    private readonly trace: LogOutputChannel,
  ) {
    this.status.name = "scholiast";
    this.status.text = "scholiast";
  }

  /** Starts the server unless it was started already. */
  start(): Promise<void> {
    return this.inTurn(() => (this.client === undefined ? this.launch() : Promise.resolve()));
  }

  /** Stops the server if there is one, and starts it anew, from wherever the executable is now. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
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

  /** Shows the references of what stands somewhere in a document: what the lens of a registry entry does. */
  async showReferences(uri: string, position: Position): Promise<void> {
    const client = this.running();
    const { protocol2CodeConverter: code } = client;
    const context = { includeDeclaration: false };
    const found = await client.sendRequest(ReferencesRequest.type, { textDocument: { uri }, position, context });
    const places = (await code.asReferences(found)) ?? [];
    await commands.executeCommand("editor.action.showReferences", code.asUri(uri), code.asPosition(position), places);
  }

  dispose(): void {
    this.status.dispose();
  }

  private running(): LanguageClient {
    if (this.client?.state !== State.Running) {
      throw new Error("scholiast: the server is not running");
    }
    return this.client;
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error: unknown) => {
      this.output.error(error instanceof Error ? error : String(error));
    });
    return this.last;
  }

  private async launch(): Promise<void> {
    this.show("Looking for the server", LanguageStatusSeverity.Information, true);
    const search = await findServer();
    if (search.kind === "missing") {
      this.show("Server not found", LanguageStatusSeverity.Error);
      reportMissing(search.places, this.output);
      return;
    }
    this.output.info(`Server: ${search.executable}`);
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
    client.start().catch(() => {
      // The client has told the user and the output already.
      if (client === this.client) {
        this.show("Server failed to start", LanguageStatusSeverity.Error);
      }
    });
  }

  private async shutDown(): Promise<void> {
    const client = this.client;
    this.client = undefined;
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
      initializationOptions: { ruleUri: RULE_URI },
    };
  }

  private showState(client: LanguageClient, state: State, executable: string): void {
    if (client !== this.client) {
      return;
    }
    switch (state) {
      case State.Starting:
        this.show("Starting", LanguageStatusSeverity.Information, true);
        break;
      case State.Running: {
        const version = client.initializeResult?.serverInfo?.version;
        this.show(version === undefined ? executable : `${version} · ${executable}`);
        break;
      }
      case State.Stopped:
      case State.StartFailed:
        this.show("Server stopped", LanguageStatusSeverity.Error);
        break;
    }
  }

  private show(detail: string, severity = LanguageStatusSeverity.Information, busy = false): void {
    this.status.detail = detail;
    this.status.severity = severity;
    this.status.busy = busy;
    this.status.command =
      severity === LanguageStatusSeverity.Error
        ? { command: "scholiast.restartServer", title: "Restart" }
        : { command: "scholiast.showOutput", title: "Show output" };
  }
}

function reportMissing(places: string[], output: LogOutputChannel): void {
  output.error(`No executable found. Looked at: ${places.join(", ")}`);
  const openSettings = "Open Settings";
  const showOutput = "Show Output";
  const message = `scholiast: the server was not found (looked at ${places.join(", ")}). Install it, or say where it is in the setting "scholiast.path".`;
  void window.showErrorMessage(message, openSettings, showOutput).then((choice) => {
    if (choice === openSettings) {
      // In a remote window the setting is one of the remote machine.
      const where = env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
      void commands.executeCommand(`workbench.action.${where}`, { query: "@id:scholiast.path" });
    } else if (choice === showOutput) {
      output.show();
    }
  });
}
