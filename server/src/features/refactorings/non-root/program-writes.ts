import type { SourceTexts } from '../../../project/source-texts.ts';

/** A line of a program that makes or changes files. */
const makes =
  /\bmkdir\(|\bmakedirs\(|FileHandler\(|basicConfig\([^)]{0,80}filename|sqlite3?\.connect\(|\bsqlite:\/\/\/(?!:memory)|\bsqlite\+\w{1,12}:\/\/\/|\.to_(?:csv|parquet|pickle|json|excel|sql)\(|\.save(?:_pretrained|fig)?\(|write_(?:text|bytes)\(/;
/** Those of libraries for pictures, sound and numbers. */
const makesMedia =
  /\b(?:imwrite|VideoWriter|save(?:txt|z|z_compressed)|urlretrieve|extractall|(?:sf|soundfile|wavfile)\.write)\(/;
const mode = /["'][wax]b?\+?t?["']/;
const writes = (line: string) =>
  makes.test(line) || makesMedia.test(line) || (line.includes('open(') && mode.test(line));
/** An absolute path that a program names, as `"/data/rides.db"` or `sqlite:////data/rides.db`. */
const absolute = /(?:(?<!\+ ?)["']|\bsqlite\S{0,12}:\/\/\/)(\/[\w-][\w./-]*)/g;
/** What holds a folder or file by its name: `DATA_DIR = "/data"`, `getenv("MODEL_PATH", "/models")`. */
const namesFolder = /\b\w*(?:DIR|PATH|FOLDER|ROOT|HOME|CACHE|DB|OUTPUT|UPLOADS?)\b/i;
/** What stands before a path of a URL: `@app.post("/upload")`, `redirect("/upload")`, `url_prefix="/data"`, `UPLOAD_URL = "/upload"`. */
const beforeUrl =
  /(?:\b(?:route|get|post|put|patch|delete|head|options|request|websocket|api_route|add_\w*(?:rule|route)|redirect|RedirectResponse|HttpResponseRedirect|url_for|render_template|render|TemplateResponse|fetch|mount|urljoin|startswith|page_link|switch_page)\( ?|(?:(?<!(?:database|db|storage|tracking|registry)_)url|href|endpoint|route|\b(?:url_|router\( ?)prefix|root_path)["']?(?:: ?\w+)? ?[=:]{1,2} ?|\.path ?== ?)[rbf]?$/i;

/** Folders that people make for data at the top of an image. */
const forData =
  /^\/(?:data|datasets?|db|models?|outputs?|results?|logs?|cache|checkpoints?|uploads?|downloads?|storage|artifacts?|workspace|work|media|state|persist(?:ent)?|shared|volumes?)(?:\/|$)/;

/** Where programs write, as far as their lines tell. */
interface Writes {
  /** Something is written to a path that counts from the folder where the program runs, or that is not in sight. */
  readonly isRelative: boolean;
  /** Something is written beside the program's own files. */
  readonly isBesideCode: boolean;
  readonly paths: readonly string[];
}

export function writesOf(programs: SourceTexts): Writes {
  let isRelative = false;
  let isBesideCode = false;
  const paths = new Set<string>();
  /** Folders whose making fails where they are there already. */
  const made: string[] = [];
  for (const text of programs.values()) {
    const lines = text.split('\n');
    for (const [i, line] of lines.entries()) {
      const isWrite = writes(line);
      // A call may have its arguments in lines of their own.
      const above = (lines[i - 1] ?? '').trimEnd();
      const before = above.endsWith('(') ? above : '';
      const isUrl = (at: number) => beforeUrl.test((before + line.slice(0, at)).replace(/\s+/g, ' '));
      const named = [...line.matchAll(absolute)].flatMap(({ 1: path, index }) =>
        path === undefined || isUrl(index) ? [] : path,
      );
      const makesNew = /\bmkdir\(|\bmakedirs\(/.test(line) && !line.includes('exist_ok');
      if (isWrite && named.length === 0) isRelative = true;
      for (const path of named)
        if (isWrite || (namesFolder.test(line) && forData.test(path))) {
          paths.add(path);
          if (makesNew) made.push(path);
        }
    }
    if (/\b__file__\b/.test(text) && text.split('\n').some(writes)) isBesideCode = true;
  }
  const own = [...paths].map((path) => {
    const folder = made.find((one) => path === one || path.startsWith(`${one}/`));
    return folder === undefined ? path : folder.replace(/\/[^/]+\/?$/, '') || '/';
  });
  return { isRelative, isBesideCode, paths: own };
}
