/** So many lines below a question about a variable are read. */
const below = 5;
const ends =
  /^\s*raise\b|\b(?:sys\.exit|exit|quit|st\.stop|SystemExit|abort)\s*\(|^\s*return\b(?!.*\w\()(?!\s*(?:\{\}|\[\]|\(\)|""|''))/;
const name = '["\']([A-Z][A-Z0-9_]{2,})["\']';
/** Looked up without a default: `x = os.getenv("X")`, `self.x = x or os.environ.get("X")`. */
const looked = new RegExp(
  `^\\s*(?:self\\.|cls\\.)?(\\w+)\\s*(?::[^=]*)?=\\s*(?:\\w+ or )?(?:os\\.)?(?:getenv|environ\\.get)\\(\\s*${name}\\s*\\)(?!\\s*or\\b)`,
);
/** Asked for where it is looked up: `if not os.getenv("X")`, `if "X" not in os.environ`. */
const asked = new RegExp(
  `^\\s*(?:if|assert)\\b.*(?:(?:getenv|environ\\.get)\\(\\s*${name}|${name} (?:not )?in (?:os\\.)?environ)`,
);
/** The first lines of what stands deeper than a line, below it. */
function blockBelow(lines: readonly string[], at: number): readonly string[] {
  const depth = (line: string) => line.length - line.trimStart().length;
  const behind = lines.slice(at + 1, at + 1 + below);
  const end = behind.findIndex((line) => line.trim() !== '' && depth(line) <= depth(lines[at] ?? ''));
  return end < 0 ? behind : behind.slice(0, end);
}

/** Whether something else is taken where a line fails that stands below `try:`. */
export function isCaught(lines: readonly string[], at: number): boolean {
  const depth = (line: string) => line.length - line.trimStart().length;
  const own = depth(lines[at] ?? '');
  const head = lines.findLastIndex((line, place) => place < at && line.trim() !== '' && depth(line) < own);
  if (!/^\s*try:/.test(lines[head] ?? '')) return false;
  const indent = depth(lines[head] ?? '');
  const caught = lines.findIndex((line, place) => place > at && line.trim() !== '' && depth(line) <= indent);
  return (
    /^\s*except(?:\s*:|.*\b(?:KeyError|LookupError|Exception)\b)/.test(lines[caught] ?? '') &&
    !blockBelow(lines, caught).some((line) => ends.test(line))
  );
}

/** The variables whose absence a program looks for, and ends then or does nothing. */
export function checkedSettings(text: string): string[] {
  const lines = text.split('\n');
  const isEnd = (at: number) =>
    ends.test((lines[at] ?? '').split(':').slice(1).join(':')) ||
    blockBelow(lines, at).some((line) => ends.test(line));
  const found = lines.flatMap((line, at) => {
    const direct = asked.exec(line);
    const isMissed = /\bnot\b|\bis None\b|==\s*["']["']/.test(line);
    if (direct && (/^\s*assert\b/.test(line) || (isMissed && isEnd(at)))) return direct[1] ?? direct[2] ?? [];
    const [, variable, setting] = looked.exec(line) ?? [];
    if (variable === undefined || setting === undefined) return [];
    const check = lines.findIndex(
      (one, place) => place > at && isAbsence(one, variable) && (/^\s*assert\b/.test(one) || isEnd(place)),
    );
    return check < 0 ? [] : setting;
  });
  const run = new Set(
    text
      .split('.run(')
      .slice(1)
      .map((rest) => /^\s*(\w+)/.exec(rest)?.[1] ?? ''),
  );
  const used = lines.flatMap((line, at) =>
    /getenv|environ/.test(line) && !/\bif\b/.test(line) && !isCaught(lines, at)
      ? usedAtOnce(line, text, run)
      : [],
  );
  return [
    ...found,
    ...used,
    ...listed(text),
    ...ofDictionaries(text),
    ...ofFunctions(text),
    ...demanded(text),
  ];
}

const lookUp = `(?:os\\.)?(?:getenv|environ\\.get)\\(\\s*${name}\\s*\\)`;
/** What takes no None: `int(os.getenv("X"))`, `os.getenv("X").split(",")`, `os.environ["Y"] = os.getenv("X")`. */
const takesText = [
  new RegExp(`\\b(?:int|float|Path|loads|literal_eval|b64decode)\\(\\s*${lookUp}\\s*[,)]`, 'g'),
  new RegExp(`${lookUp}[.[]`, 'g'),
  new RegExp(`\\benviron\\[[^\\]\\n]{1,80}\\]\\s*=\\s*${lookUp}\\s*$`, 'g'),
];

/** The variables of a line without which it fails, and those of a bot that is run with them. */
function usedAtOnce(line: string, text: string, run: ReadonlySet<string>): string[] {
  const found = takesText.flatMap((one) => [...line.matchAll(one)].map(([, setting = '']) => setting));
  const [, variable = '', setting] = looked.exec(line) ?? [];
  return setting !== undefined && run.has(variable) && !asksFor(text, variable) ? [...found, setting] : found;
}

const asksFor = (text: string, variable: string) =>
  text.split('\n').some((line) => /^\s*(?:el)?if\b/.test(line) && line.split(/\W+/).includes(variable));

/** `for key, value in names.items():`, with an error below it where a value is None. */
function ofDictionaries(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const [, value = '', dictionary = ''] = /^\s*for \w+, ?(\w+) in (\w+)\.items\(\)\s*:/.exec(line) ?? [];
    if (dictionary === '') return [];
    const check = lines.findIndex((one, place) => place > at && place <= at + 2 && isAbsence(one, value));
    if (check < 0 || !blockBelow(lines, check).some((one) => /^\s*raise\b/.test(one))) return [];
    const from = lines.findIndex((one) => one.trimStart().startsWith(`${dictionary} = {`));
    const made = from < 0 ? '' : lines.slice(from).join('\n');
    return [...(made.split('}', 1)[0] ?? '').matchAll(new RegExp(lookUp, 'g'))].map(
      ([, setting = '']) => setting,
    );
  });
}

/** So many characters behind `raise` are read. */
const longest = 200;
/** Behind a name no value stands that a program could go on with. */
const isNothing = /^\s*(?:\)|,\s*(?:(?:default|cast)\s*=\s*)?(?:None|""|''|str|bool|int)\s*[,)])/;
/** What some of its starts alone have to have. */
const isOfSome = /^\s*(?:el)?if\b.*(?:\bDEBUG\b|\bENV|_ENV\b|prod)/i;

/** What the words of an error ask for, and a call looks up: `raise ImproperlyConfigured("SECRET_KEY must be set")`. */
const demanded = (text: string) =>
  text.split(/^[ \t]+raise[ \t]/m).flatMap((rest, at, all) => {
    if (at === 0) return [];
    const condition = all[at - 1]?.trimEnd().split('\n').at(-1) ?? '';
    const words = (rest.slice(0, longest).split(/["']\s*\)/, 1)[0] ?? '').matchAll(
      /(?<![\w{])[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g,
    );
    return [...words]
      .map(([name]) => name)
      .filter((one) =>
        ['config', 'env', 'getenv', 'environ.get'].some((call) =>
          [`${call}("${one}"`, `${call}('${one}'`].some((said) =>
            text
              .split(said)
              .slice(1)
              .some((behind) => !isOfSome.test(condition) || isNothing.test(behind)),
          ),
        ),
      );
  });

/** `if not x:`, `if x is None`, `if not (x and y)`, `assert x`. */
const isAbsence = (line: string, variable: string) =>
  /^\s*(?:if|elif|assert)\b/.test(line) &&
  line.split(/\W+/).includes(variable) &&
  /\bnot\b|\bis None\b|==\s*["']["']|^\s*assert\b/.test(line);

/** `required_vars = ["X", "Y"]` and `required.append("X")`: what stands up to the next closing bracket. */
const listed = (text: string) =>
  text
    .split(/\brequired/i)
    .slice(1)
    .filter((rest) => /^\w*(?: ?[=:]|\.append\(|\.add\()/.test(rest))
    .flatMap((rest) => [
      ...(rest.split(/[\])}]/, 1)[0] ?? '').matchAll(/["']([A-Z][A-Z0-9]*_[A-Z0-9_]+)["']/g),
    ])
    .map(([, name = '']) => name);

/** What functions are given that look a variable up and end without it. */
function ofFunctions(text: string): string[] {
  const functions = text.split(/^(?=[ \t]*def )/m).flatMap((part) => {
    const called = /^[ \t]*def (\w+)\(/.exec(part)?.[1];
    const body = part.split('\n').slice(1, 12);
    const looksUp = body.some((line) => /\b(?:getenv\(|environ\.get\(|environ\[)\s*[a-z]/.test(line));
    return called !== undefined && looksUp && body.some((line) => /^\s*raise\b|\bsys\.exit\(/.test(line))
      ? [called]
      : [];
  });
  return functions.flatMap((one) =>
    text.split(`${one}(`).flatMap((rest) => /^\s*["']([A-Z][A-Z0-9_]{2,})["']\s*\)/.exec(rest)?.[1] ?? []),
  );
}
