// Addresses and the errors of file systems, as the fake VS Code has them.
export class Uri {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  static from(parts: { scheme: string; authority?: string; path: string; query?: string }): Uri {
    const authority = parts.authority === undefined ? '' : `//${parts.authority}`;
    return new Uri(`${parts.scheme}:${authority}${parts.path}?${parts.query}`);
  }
  static joinPath(uri: Uri, ...parts: string[]): Uri {
    return new Uri([uri.text, ...parts].join('/'));
  }
  static file(path: string): Uri {
    return new Uri(`file://${path}`);
  }
  static parse(text: string): Uri {
    return new Uri(text);
  }
  with({ path, authority }: { path?: string; authority?: string }): Uri {
    const moved = path === undefined ? this.text : this.text.replace(this.path, path);
    return new Uri(authority === undefined ? moved : moved.replace(this.authority, authority));
  }
  get scheme(): string {
    return /^[\w-]+/.exec(this.text)?.[0] ?? '';
  }
  get authority(): string {
    return /^[\w-]+:\/\/([^/]*)/.exec(this.text)?.[1] ?? '';
  }
  get path(): string {
    return this.text.replace(/^[\w-]+:(?:\/\/[^/]*)?/, '').replace(/\?undefined$/, '');
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return this.text;
  }
}

export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 };
const fileError = (code: string) => (what: unknown) => Object.assign(new Error(String(what)), { code });
export const FileSystemError = {
  FileNotFound: fileError('FileNotFound'),
  FileExists: fileError('FileExists'),
  FileIsADirectory: fileError('FileIsADirectory'),
  NoPermissions: fileError('NoPermissions'),
  Unavailable: fileError('Unavailable'),
};
