/** From each place where it may begin, such a pattern reads so much at most. */
const reads = (characters: number) => `it reads ${characters} characters at most from where it may begin`;
const isEnough =
  'what is repeated is the last part, so it fails only where less stands there than it needs, and that is bounded';

/** Patterns that the checker does not show to be linear, as they are written, with the reason why they are. */
export const exceptions: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/process "(?:\/bin\/sh -c )?([\s\S]{1,200}?)" did not complete successfully: exit code: (\d+)/i`,
    reads(300),
  ],
  [String.raw`/executor failed running \[(?:\/bin\/sh -c )?([^\]]{1,200})\]: exit code: (\d+)/i`, reads(300)],
  [
    String.raw`/The command '(?:\/bin\/sh -c )?([\s\S]{1,200}?)' returned a non-zero code: (\d+)/i`,
    reads(300),
  ],
  [String.raw`/\bxox[abeoprs]-\d{8,}-[\w-]{16,}/g`, `${isEnough}; the digits before it hold no beginning`],
  [
    String.raw`/(?<=^|[^\w-]|%[0-9A-Fa-f]{2}|\\[bfnrt]|\x1b\[[\d;]{0,20}m)eyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g`,
    'it begins once in a run of letters, and reads that run and the one behind it',
  ],
]);

/** Patterns that are made while the program runs, by file and expression, with the reason why none is slow. */
export const built: Readonly<Record<string, string>> = {
  "client/src/runtime/redact.ts: new RegExp(`${begin.source}(?:${shapes.map(({ source }) => source).join('|')})`, 'g')":
    isEnough,
  "client/src/containers/logs/filter.ts: new RegExp(pattern, matchCase ? 'g' : 'gi')":
    'of the person; broken off after a moment, with words',
  "server/src/data/ml-artifacts.ts: new RegExp(`\\\\.(?:${weightsEnds.join('|')})$`, 'i')":
    'of constants; a literal that must end the text',
  "server/src/data/secret-names.ts: new RegExp( [ 'api_key|client_key|password|private|secret|token|username', '^(?:AWS_ACCESS_KEY_ID|CI_DEPLOY_USER|DOCKER_EMAIL|FACEBOOK_APP_ID|HEROKU_API_USER|STRIPE_DEVICE_NAME)$', '^OKTA_(?:AUTHN_GROUPID|CLIENT_ORGURL|OAUTH2_CLIENTID)$', '^TRAVIS_(?:OS_NAME|SECURE_ENV_VARS|SUDO)$', ].join('|'), 'i', )":
    'of constants; no repetition',
  'server/src/facts/accounts.ts: new RegExp(`(?<![\\\\w/.-])${name}(?![\\\\w./-])`)':
    'no repetition; the name has at most 64 letters, digits, _ and -',
  'server/src/facts/base-python.ts: new RegExp(`(?:${named})(?=$|[-_])`)': 'of constants; no repetition',
  'server/src/facts/base-python.ts: new RegExp(`(?:^|/)(?:${distribution}|buildpack-deps)$`)':
    'of constants; no repetition',
  'server/src/facts/base-python.ts: new RegExp(`^(?:${version}|${codename})(?=$|[-.])`)':
    'of constants; no repetition',
  "server/src/facts/managed-python.ts: new RegExp(`(?:^|[-_])(?:${managedCodenames.join('|')})(?=$|[-_])`)":
    'of constants; no repetition',
  'server/src/facts/removals.ts: new RegExp(`(?:^|/)\\\\.cache(?:/+(?:\\\\*|${program}(?:/+\\\\*?)?)?)?$`)':
    'the program is a constant; each run of slashes stands behind one literal, so it is read once',
  'server/src/facts/settings.ts: new RegExp(`(?<![\\\\w$])${name}=["\']?([^\\\\s"\';&|]*)`)':
    'the name is a constant; what is repeated stands last and may be empty, so nothing is read twice',
  'server/src/facts/tag-edits.ts: new RegExp(`(?<=[:-](?:python)?)${major}\\\\.${minor}(?:\\\\.\\\\d+)?(?=$|-)`)':
    'of two numbers; digits are read behind such a release only',
  'server/src/features/scaffold/files/cache-folders.ts: new RegExp(`\\\\b${one.slice(0, -1)}["\']? *[=:]`)':
    'the name is a constant; blanks are read behind it only',
  "server/src/features/scaffold/files/cache-folders.ts: new RegExp(`(?<!\\\\w)${told.slice(0, -1)}[\"']? ?[=:](?!=) ?`, 'g')":
    'the name is a constant; no repetition',
  'server/src/features/scaffold/files/cache-folders.ts: new RegExp(`\\\\benviron(?:\\\\.setdefault\\\\(|\\\\[) ?["\']${told}["\'](?:\\\\] ?=(?!=)|,) ?`)':
    'the name is a constant; no repetition',
  'server/src/features/scaffold/files/cache-folders.ts: new RegExp(`[(,] ?${name} ?(?::[^=,(]*)?= ?`)':
    'of a name of Python, which has letters only; what is repeated ends where the next one may begin',
  "server/src/features/scaffold/servers/routed.ts: new RegExp(`^@${variable}\\\\.(?:route|get|post|websocket)\\\\(`, 'm')":
    'of a name of Python, which has letters only; no repetition',
  'server/src/syntax/glob.ts: new RegExp(part)': 'one class, which is tried on one character',
};
