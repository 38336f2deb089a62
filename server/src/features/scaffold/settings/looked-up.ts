import { bodyOf } from './required-settings.ts';

/** `os.getenv("X")`, `environ.get("X", "")` and `get("X", None)`: nothing stands behind the name that a program could use. */
const lookedUp = /\b(?:getenv|environ\.get)\(\s*["']([A-Za-z]\w+)["']\s*(?:,\s*(?:""|''|None)\s*)?\)/g;
/** `MONGO_URI: str = ""`, `key: Optional[str] = Field(default=None)`: a field of settings without a value that is one. */
const emptyField =
  /^(\w+)[ \t]*:[^=#]+=[ \t]*(?:Field\([ \t]*(?:default[ \t]*=[ \t]*)?)?(?:""|''|None)[ \t]*(?:[,)#].*)?$/;
const secret = /(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS|_URL|_URI|_DSN|_HOST|_ENDPOINT|_ID)$/;

/** Every machine has these, or the image sets them. */
const everywhere =
  /^(?:PATH|PWD|HOME|USER|SHELL|PYTHONPATH|VIRTUAL_ENV|PORT|DEBUG|LOG_LEVEL|FLASK_ENV|DISPLAY|CI|LOCALAPPDATA|APPDATA|\w+_proxy)$/;

/** The variables that a program looks up in the environment without a default that it could go on with. */
export function lookedUpSettings(text: string): string[] {
  const lines = text.split('\n');
  const called = lines.flatMap((line, at) =>
    [...line.matchAll(lookedUp)].flatMap(({ 0: call, 1: name = '', index }) => {
      const before = line.slice(0, index);
      const isAnswered =
        // None is as good as any other value that is not the one which is asked for.
        /^\s*(?:(?:or|if|in|not in)\b|[=!]=)/.test(line.slice(index + call.length)) ||
        (index + call.length === line.length && /^\s+or\b/.test(lines[at + 1] ?? '')) ||
        /^\s*(?:if|elif|while|assert)\b|\bif\s/.test(before);
      const variable = /^\s*(\w+)\s*(?::[^=]*)?=/.exec(before)?.[1];
      const isAsked =
        variable !== undefined &&
        [`if ${variable}:`, `if ${variable} `, `if not ${variable}:`, `if ${variable} is None:`].some((one) =>
          text.includes(one),
        );
      // `x = x or "a"`, and `if not x:` with `x = "a"` below it.
      const isReplaced =
        variable !== undefined &&
        lines.some(
          (one, place) =>
            place > at &&
            one.trimStart().startsWith(`${variable} = `) &&
            (/\b(?:or|if)\b/.test(one.slice(one.indexOf('='))) || (isAsked && /^\s/.test(one))),
        );
      // What is put into other words does as well when it is empty.
      const isEmpty = /,\s*(?:""|'')\s*\)$/.test(call) && !secret.test(name);
      return isAnswered || isReplaced || everywhere.test(name) || isEmpty || (isAsked && !secret.test(name))
        ? []
        : [name];
    }),
  );
  const classes = text.split(/^(?=class[ \t])/m).filter((part) => /^class \w+\(.*Settings/.test(part));
  const fields = classes.flatMap(bodyOf).flatMap((line) => emptyField.exec(line)?.[1]?.toUpperCase() ?? []);
  return [...called, ...fields.filter((name) => secret.test(name))];
}

/** What a page of Streamlit takes from its file of secrets: `st.secrets["X"]`, `st.secrets.get("X")`, `st.secrets.x`. */
export function pageSecrets(text: string): string[] {
  const found = [
    ...text.matchAll(/\bst\.secrets(?:\[\s*["']([\w.-]+)["']|\.get\(\s*["']([\w.-]+)["']|\.([A-Za-z_]\w*))/g),
  ];
  return found
    .map(([, index, got, field]) => index ?? got ?? field ?? '')
    .filter((name) => !/^(?:get|keys|items|values|to_dict|load_if_toml_exists|has_key)$/.test(name));
}

/** `".streamlit/secrets.toml"`, `Path(".streamlit") / "secrets.toml"`. */
const secretsFile =
  /\.streamlit\/secrets\.toml["']|["']\.streamlit["']\)?\s{0,9}[,/]\s{0,9}["']secrets\.toml["']/;
const readsFile = /\b(?:load|loads|open|read_text|read_bytes|parse)\(|\.(?:open|read_text|read_bytes)\(/;

/** What a program takes from that file where it opens it itself, without asking first whether it is there; undefined where it does not. */
export function openedSecrets(text: string): string[] | undefined {
  const lines = text.split('\n');
  const named = lines.filter((line) => secretsFile.test(line));
  const variables = named.flatMap((line) => /^\s*(\w+)\s*=/.exec(line)?.[1] ?? []);
  const uses = lines.filter(
    (line) => named.includes(line) || variables.some((name) => line.split(/\W+/).includes(name)),
  );
  const isAsked = /\b(?:exists|is_file|isfile)\(|["'][wax]b?\+?["']|\bwrite_\w+\(/;
  if (!uses.some((line) => readsFile.test(line)) || uses.some((line) => isAsked.test(line))) return undefined;
  if (/\bexcept\b[^:\n]{0,80}(?:FileNotFoundError|OSError|IOError)/.test(text)) return undefined;
  const keys = [...text.matchAll(/\b(\w+)(?:\[["']([\w.-]+)["']|\.get\(\s*["']([\w.-]+)["'])/g)];
  return keys.flatMap(([, of = '', index, got]) => (variables.includes(of) ? (index ?? got ?? []) : []));
}
