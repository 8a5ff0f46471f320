// The annotations of the text that is shown, as the server lists them: for the view, the colours and the steps from one to
// the next.

import {
  type Disposable,
  EventEmitter,
  languages,
  Location,
  type Range,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Range as ProtocolRange } from "vscode-languageclient/node";
import type { Session } from "./session";

const COMMAND = "scholiast.annotations";
const FILES = /\.(ann|a1|a2)$/;
/** Typing is waited for: the list is asked for when it pauses. */
const PAUSE_MS = 200;

export interface Link {
  entry: string;
  name?: string;
}

export interface Relation {
  type: string;
  target: string;
  text: string;
}

interface Listed {
  uri: string;
  id: string;
  type: string;
  text: string;
  links: Link[];
  relations: Relation[];
  attributes: string[];
  notes: string[];
}

export interface Annotation extends Listed {
  /** The places in the text, at least one. */
  places: Range[];
}

export interface AnnotationType {
  type: string;
  label: string;
  /** Of `visual.conf`, as CSS has it. */
  color?: string;
  linkable: boolean;
}

interface Answer {
  types: AnnotationType[];
  annotations: (Listed & { ranges: ProtocolRange[] })[];
}

/** Keeps the list of the active text up to date. */
export class TextAnnotations implements Disposable {
  private readonly changed = new EventEmitter<undefined>();
  private readonly disposables: Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private asked = 0;

  /** The text that the list is of. */
  text: Uri | undefined;
  annotations: Annotation[] = [];
  types: AnnotationType[] = [];

  readonly onDidChange = this.changed.event;

  constructor(private readonly session: Session) {
    const files = workspace.createFileSystemWatcher("**/*.{ann,a1,a2,conf}");
    const soon = (): void => {
      this.renewSoon(window.activeTextEditor);
    };
    this.disposables = [
      files,
      files.onDidChange(soon),
      files.onDidCreate(soon),
      files.onDidDelete(soon),
      window.onDidChangeActiveTextEditor((editor) => {
        this.renewSoon(editor, 0);
      }),
      workspace.onDidChangeTextDocument(soon),
      // The server has read an annotation file.
      languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(({ path }) => FILES.test(path))) {
          soon();
        }
      }),
      session.onDidChangeRunning(soon),
    ];
    soon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.forEach((each) => void each.dispose());
    this.changed.dispose();
  }

  isUnlinked({ type, links }: Annotation): boolean {
    return links.length === 0 && this.types.some((known) => known.type === type && known.linkable);
  }

  label(type: string): string {
    return this.types.find((known) => known.type === type)?.label ?? type;
  }

  /** The innermost annotation at the cursor of an editor. */
  at({ document, selection }: TextEditor): Annotation | undefined {
    if (document.uri.toString() !== this.text?.toString()) {
      return undefined;
    }
    const touched = this.annotations.filter(({ places }) => places.some((place) => place.contains(selection)));
    const size = ({ places }: Annotation): number =>
      places.reduce((sum, place) => sum + document.offsetAt(place.end) - document.offsetAt(place.start), 0);
    return touched.sort((a, b) => size(a) - size(b))[0];
  }

  /** The place of an annotation in its text. */
  location({ places }: Annotation): Location | undefined {
    const [first] = places;
    return this.text === undefined || first === undefined ? undefined : new Location(this.text, first);
  }

  private renewSoon(editor: TextEditor | undefined, pause = PAUSE_MS): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.renew(editor?.document).catch(() => undefined);
    }, pause);
  }

  /** Asks for the list anew. Where no text is active, what is shown stays readable. */
  async renew(document: TextDocument | undefined): Promise<void> {
    if (document?.uri.scheme !== "file" || !["plaintext", "brat"].includes(document.languageId)) {
      return;
    }
    this.asked += 1;
    const mine = this.asked;
    const client = this.session.runningClient;
    let answer: Answer = { types: [], annotations: [] };
    if (client !== undefined && this.session.can(COMMAND)) {
      answer = (await this.session.execute(COMMAND, [document.uri.toString()])) as Answer;
    }
    if (mine !== this.asked) {
      return;
    }
    this.text = FILES.test(document.uri.path) ? textOf(answer, document.uri) : document.uri;
    this.types = answer.types;
    this.annotations = answer.annotations.flatMap(({ ranges, ...listed }) => {
      const places = ranges.map((range) => client?.protocol2CodeConverter.asRange(range)).filter(isThere);
      return places.length === 0 ? [] : [{ ...listed, places }];
    });
    this.changed.fire(undefined);
  }
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function textOf({ annotations }: Answer, file: Uri): Uri {
  const beside = annotations[0] === undefined ? file : Uri.parse(annotations[0].uri);
  return beside.with({ path: beside.path.replace(FILES, ".txt") });
}
