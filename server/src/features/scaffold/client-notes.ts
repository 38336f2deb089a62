import { composedNames } from './composed.ts';
import { programsOfStart } from './program-file.ts';
import type { ImageFacts } from './project.ts';
import type { Start } from './start.ts';

/** So many names stand in a line. */
const most = 3;
const schemes =
  /\b(?:rediss?|amqps?|postgres(?:ql)?|mysql|mariadb|mongodb|kafka|mqtt|nats|bolt|neo4j|ldap)(?:\+\w+)?:\/\/(?:[^\s"'/@]{0,60}@)?([a-z][\w-]*)(?=[:/"'])(?![^\s"'/]{0,60}@)/g;
/** Clients that look at this machine where nothing is told them (documentation of each). */
const atHome: readonly (readonly [server: string, call: RegExp])[] = [
  [
    'Redis',
    /\b(?:Strict)?Redis\(\s*(?:\)|db\s*=|decode_responses\s*=|(?:host\s*=\s*)?["'](?:localhost|127\.0\.0\.1)["'])/,
  ],
  ['MongoDB', /\b(?:Async)?MongoClient\(\s*(?:\)|(?:host\s*=\s*)?["'](?:localhost|127\.0\.0\.1)["'])/],
  ['Elasticsearch', /\bElasticsearch\(\s*\)/],
  ['Ollama', /\bollama\.(?:chat|generate|embeddings|list|pull)\(|\b(?:Chat)?Ollama(?:LLM|Embeddings)?\(/],
];

/** Servers that the program is a client of, and what it keeps itself where none is told: a line for each. */
export function clientNotes(facts: ImageFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const text = programs.map((one) => one.text).join('\n');
  const hosts = new Set([
    ...[...text.matchAll(schemes)].map(([, host = '']) => host),
    ...composedNames(facts, start),
  ]);
  const others = [...hosts].filter((host) => host !== 'localhost').slice(0, most);
  const near = atHome.filter(([, call]) => call.test(text)).map(([server]) => server);
  return [
    others.length > 0
      ? `${others.join(', ')} ${others.length === 1 ? 'is the name of a server' : 'are names of servers'} in the network of the container.`
      : undefined,
    near.length > 0 && !/\b(?:OLLAMA_HOST|REDIS_URL|base_url)\b/.test(text)
      ? `${near.join(', ')} ${near.length === 1 ? 'is' : 'are'} reached at localhost, which is the container itself, unless the program or its network says otherwise.`
      : undefined,
    ...kept(facts, text),
    ...installedLater(facts),
  ].filter((line) => line !== undefined);
}

/** What packages keep in files of the user where they are told of no server (documentation of ZenML and MLflow). */
function kept({ direct }: ImageFacts, text: string): string[] {
  const zenml = direct.has('zenml')
    ? [
        'What ZenML keeps, and models and stacks of before, lie in the container, unless ZENML_STORE_URL and ZENML_STORE_API_KEY name a server.',
      ]
    : [];
  const mlflow =
    /\bmlflow\.(?:start_run|log_\w+|autolog|set_experiment)\(/.test(text) &&
    !/\bset_tracking_uri\(/.test(text)
      ? [
          'The runs of MLflow lie in the container, unless MLFLOW_TRACKING_URI names a server or a volume is mounted.',
        ]
      : [];
  return [...zenml, ...mlflow];
}

/** Commands of README that install more than the lists name. */
function installedLater({ texts }: ImageFacts): string[] {
  const readme = [...texts].find(([path]) => /^readme/i.test(path))?.[1] ?? '';
  const found = readme.split(/[\n`]/).flatMap((line) => {
    const command = line.trim().replace(/^[$>%#] */, '');
    return /^(?:zenml integration install|python3? -m spacy download|playwright install)\b/.test(command)
      ? [command.replace(/ -y$/, '').slice(0, 80)]
      : [];
  });
  const all = [...new Set(found)].slice(0, most);
  return all.length === 0
    ? []
    : [`The program does without what ${all.map((one) => `"${one}"`).join(', ')} of README installs.`];
}
