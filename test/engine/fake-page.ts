// A page in a tab of an editor without a window: what it was sent, and what it says.
import { EventEmitter } from './fake-events.ts';

export type WebPage = {
  readonly title: string;
  readonly options: unknown;
  readonly posted: { readonly type: string; readonly [key: string]: unknown }[];
  isClosed: boolean;
  /** How often it was brought to the front again. */
  reveals: number;
  html(): string;
  say(message: unknown): void;
  see(visible: boolean): void;
  /** Does as the script of the page would. */
  answer: (message: { readonly type: string; readonly [key: string]: unknown }) => void;
  close(): void;
};

type Serializer = { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> };

/** By types of panels, those who show them again after a reload of the window. */
export const serializers = new Map<string, Serializer>();
export function registerSerializer(type: string, serializer: Serializer) {
  serializers.set(type, serializer);
  return { dispose() {} };
}

/** The panel that VS Code gives to an extension, and the page as a person sees it. */
export function createFakePanel(title: string, options: unknown) {
  const received = new EventEmitter<unknown>();
  const seen = new EventEmitter<undefined>();
  const closed = new EventEmitter<undefined>();
  const page: WebPage = {
    title,
    options,
    posted: [],
    isClosed: false,
    reveals: 0,
    html: () => panel.webview.html,
    say: (message) => received.fire(message),
    see(visible) {
      panel.visible = visible;
      seen.fire(undefined);
    },
    answer: () => {},
    close: () => panel.dispose(),
  };
  const panel = {
    title,
    visible: true,
    webview: {
      html: '',
      cspSource: 'https://page.test',
      asWebviewUri: (uri: unknown) => uri,
      onDidReceiveMessage: received.event,
      async postMessage(message: unknown) {
        const copy = structuredClone(message) as { type: string };
        page.posted.push(copy);
        setImmediate(() => page.answer(copy));
      },
    },
    onDidChangeViewState: seen.event,
    onDidDispose: closed.event,
    reveal: () => void page.reveals++,
    dispose() {
      if (page.isClosed) return;
      page.isClosed = true;
      closed.fire(undefined);
    },
  };
  return { page, panel };
}
