import type { ImageFacts } from '../project.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { composedNames } from './composed.ts';

/** So many names stand in a line. */
const most = 3;
const schemes =
  /\b(?:rediss?|amqps?|postgres(?:ql)?|mysql|mariadb|mongodb|kafka|mqtt|nats|bolt|neo4j|ldap)(?:\+\w+)?:\/\/(?:[^\s"'/@]{0,200}@)?([a-z][\w-]*)(?=[:/"'])(?![^\s"'/]{0,200}@)/g;
/** Clients that look at this machine where no host is told them (documentation of each). */
interface AtHome {
  readonly server: string;
  /** The call, up to its parenthesis. */
  readonly call: RegExp;
  /** Arguments that tell a host. */
  readonly hosts: RegExp;
  /** The first argument tells it where it has no name. */
  readonly isFirst: boolean;
  /** Without a host it looks nowhere. */
  readonly isAsked?: boolean;
}
const atHome: readonly AtHome[] = [
  {
    server: 'Redis',
    call: /\b(?:(?:Strict)?Redis|redis\.(?:asyncio\.)?(?:Blocking)?ConnectionPool)\(/g,
    hosts: /^(?:host|connection_pool|unix_socket_path|connection_class|path)$/,
    isFirst: true,
  },
  {
    server: 'MongoDB',
    call: /\b(?:(?:Async)?MongoClient|AsyncIOMotorClient)\(/g,
    hosts: /^host$/,
    isFirst: true,
  },
  { server: 'RabbitMQ', call: /\bpika\.ConnectionParameters\(/g, hosts: /^host$/, isFirst: true },
  { server: 'RabbitMQ', call: /\bBlockingConnection\(/g, hosts: /^parameters$/, isFirst: true },
  {
    server: 'Kafka',
    call: /\bKafka(?:Producer|Consumer|AdminClient)\(/g,
    hosts: /^bootstrap_servers$/,
    isFirst: false,
  },
  {
    server: 'MySQL',
    call: /\b(?:mysql\.connector|pymysql)\.connect\(/g,
    hosts: /^(?:host|unix_socket|option_files|read_default_file|dsn|pool_name)$/,
    isFirst: true,
  },
  { server: 'Chroma', call: /\bchromadb\.(?:Async)?HttpClient\(/g, hosts: /^host$/, isFirst: true },
  {
    server: 'Elasticsearch',
    call: /\b(?:Async)?(?:Elasticsearch|OpenSearch)\(/g,
    hosts: /^(?:hosts|cloud_id)$/,
    isFirst: true,
  },
  {
    server: 'Qdrant',
    call: /\b(?:Async)?QdrantClient\(/g,
    hosts: /^(?:host|url|location|path)$/,
    isFirst: true,
  },
  { server: 'MinIO', call: /\bMinio\(/g, hosts: /^endpoint$/, isFirst: true, isAsked: true },
  { server: 'Weaviate', call: /\bweaviate\.connect_to_local\(/g, hosts: /^host$/, isFirst: true },
];
/** Addresses without a host are those of this machine (Celery documentation, "Broker Connection"), and what Ollama's client and Channels are told. */
const others: readonly (readonly [server: string, pattern: RegExp])[] = [
  ['Redis', /["']rediss?:\/\/(?:["']|\/)/],
  ['RabbitMQ', /["'](?:py)?amqps?:\/\/["']|["']pyamqp:\/\/(?:[^\s"'/@]{0,60}@)?(?:localhost|127\.0\.0\.1)\b/],
  ['Redis', /\bhosts["']\s*:\s*\[\s*\(\s*["'](?:localhost|127\.0\.0\.1)["']/],
  ['Ollama', /\bollama\.(?:chat|generate|embeddings|list|pull)\(|\b(?:Chat)?Ollama(?:LLM|Embeddings)?\(/],
];

/** Whether some call of a client is told no host, or this machine by its name. */
const looksAtHome = (text: string, { call, hosts, isFirst, isAsked }: AtHome) =>
  [...text.matchAll(call)].some(({ 0: name, index }) => {
    if (/\b(?:class|def) +$/.test(text.slice(Math.max(index - 8, 0), index))) return false;
    const given = parts(argumentsIn(text.slice(index + name.length))).filter((one) => one !== '');
    if (given.some((one) => one.startsWith('*'))) return false;
    const named = (one: string) => /^(\w+)\s*=(?!=)/.exec(one)?.[1];
    const host =
      given.find((one) => hosts.test(named(one) ?? '')) ??
      (isFirst && given[0] !== undefined && named(given[0]) === undefined ? given[0] : undefined);
    if (host === undefined) return isAsked !== true;
    return /["'](?:https?:\/\/)?(?:localhost|127\.0\.0\.1)\b/.test(host) && !/\w\(|\bor\b|\bif\b/.test(host);
  });

/** Servers that the program is a client of, and what it keeps itself where none is told: a line for each. */
export function clientNotes(facts: ImageFacts, start: Start): string[] {
  const programs = programsOfStart(facts, start);
  const text = programs.map((one) => one.text).join('\n');
  const hosts = new Set([
    ...[...text.matchAll(schemes)].map(([, host = '']) => host),
    ...composedNames(facts, start),
  ]);
  const servers = [...hosts].filter((host) => host !== 'localhost').slice(0, most);
  const near = [
    ...new Set([
      ...atHome.filter((one) => looksAtHome(text, one)).map(({ server }) => server),
      ...others.filter(([, pattern]) => pattern.test(text)).map(([server]) => server),
    ]),
  ];
  return [
    servers.length > 0
      ? `${servers.join(', ')} ${servers.length === 1 ? 'is the name of a server' : 'are names of servers'} in the network of the container.`
      : undefined,
    near.length > 0 && !/\b(?:OLLAMA_HOST|REDIS_URL|base_url)\b/.test(text)
      ? `${near.join(', ')} ${near.length === 1 ? 'is' : 'are'} reached at localhost, which is the container itself, unless the program or its network says otherwise.`
      : undefined,
    ...kept(facts, text),
    ...installedLater(facts),
  ].filter((line) => line !== undefined);
}

/** What packages keep in files of the user where they are told of no server (documentation of ZenML and MLflow), and who calls it (documentation of Inngest, "Environment variables"). */
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
  const inngest = /\bInngest\(/.test(text)
    ? [
        `The functions of Inngest are called by its server, whose place INNGEST_DEV names (such as http://inngest:8288), as localhost is the container itself, or by its cloud with INNGEST_SIGNING_KEY${/\bis_production *= *(?!True|False)/.test(text) ? ', INNGEST_EVENT_KEY and what is_production asks for' : ' and INNGEST_EVENT_KEY'}.`,
      ]
    : [];
  return [...zenml, ...mlflow, ...inngest];
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
