// A devcontainer.json from an image or a Dockerfile, without VS Code. What stands in it: https://containers.dev/implementors/json_reference/
import { instructions } from '../runtime/dockerfile-instructions.ts';

export type Base = {
  /** An image, or a Dockerfile and its context as seen from the file. */
  readonly from: { readonly image: string } | { readonly dockerfile: string; readonly context: string };
  readonly user?: string;
  readonly ports: readonly number[];
  readonly hasUv: boolean;
  readonly cuda: boolean;
};

export type Traits = Omit<Base, 'from'>;

/** Of Python, of ruff, and this one. */
export const extensions: readonly string[] = [
  'ms-python.python',
  'charliermarsh.ruff',
  'wheelhouse.wheelhouse',
];

/** @param locked the way from the folder that opens to the one with uv.lock; undefined where there is none */
export function renderDevContainer(name: string, base: Base, locked: string | undefined): string {
  const { from, user, ports, hasUv, cuda } = base;
  // An array runs without a shell, so that a folder may have any name.
  const sync = locked ? ['uv', 'sync', '--directory', locked] : 'uv sync';
  const content = {
    name,
    ...('image' in from ? { image: from.image } : { build: from }),
    ...(cuda ? { hostRequirements: { gpu: 'optional' } } : {}),
    ...(user ? { remoteUser: user } : {}),
    ...(ports.length ? { forwardPorts: ports } : {}),
    ...(hasUv && locked !== undefined ? { postCreateCommand: sync } : {}),
    customizations: { vscode: { extensions } },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const cudaImage = /(?:^|\/)nvidia\/cuda\b|^nvcr\.io\/nvidia\/|^pytorch\/pytorch:\S*cuda/i;
const uvImage = /(?:^|\/)astral-sh\/uv\b|^astral\/uv\b/i;
const installsUv = (line: string) =>
  /astral\.sh\/uv/i.test(line) || (/\bpipx? install\b/.test(line) && /[\s"']uv(?:[=<>~!"'\s[]|$)/.test(line));

type Stage = { readonly base: string; readonly name?: string; readonly lines: string[] };

/** What the last stage comes to, with the stages of the file that it begins from. */
export function traitsOfDockerfile(text: string): Traits {
  const stages: Stage[] = [];
  const args = new Map<string, string>();
  const put = (word: string) =>
    word.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => args.get(braced ?? bare) ?? whole);
  for (const { text: line } of instructions(text)) {
    const [keyword = '', ...words] = line.split(/\s+/);
    if (/^from$/i.test(keyword)) {
      const [base = '', , name] = words.filter((word) => !word.startsWith('--'));
      stages.push({ base: put(base), name: name?.toLowerCase(), lines: [] });
    } else if (stages.length) stages.at(-1)?.lines.push(line);
    else if (/^arg$/i.test(keyword))
      for (const word of words) {
        const at = word.indexOf('=');
        if (at > 0) args.set(word.slice(0, at), word.slice(at + 1).replace(/^["']|["']$/g, ''));
      }
  }
  const chain: Stage[] = [];
  for (let at = stages.length - 1; at >= 0; ) {
    const stage = stages[at] as Stage;
    chain.unshift(stage);
    at = stages.findLastIndex(({ name }, before) => before < at && name === stage.base.toLowerCase());
  }
  const lines = chain.flatMap((stage) => stage.lines);
  const rest = (keyword: RegExp) =>
    lines.filter((line) => keyword.test(line)).map((line) => line.replace(/^\S+\s+/, ''));
  const outer = chain[0]?.base ?? '';
  return {
    user: userOf(rest(/^user\s/i).at(-1)),
    ports: portsOf(rest(/^expose\s/i).flatMap((ports) => ports.split(/\s+/))),
    hasUv:
      uvImage.test(outer) ||
      rest(/^copy\s/i).some((line) => uvImage.test(/--from=(\S+)/.exec(line)?.[1] ?? '')) ||
      rest(/^run\s/i).some(installsUv),
    cuda: cudaImage.test(outer),
  };
}

/** Of what `inspect` says of an image; whether it has uv is to be tried. */
export function traitsOfImage(config: {
  readonly User?: string | null;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Env?: readonly string[] | null;
}): Omit<Traits, 'hasUv'> {
  return {
    user: userOf(config.User ?? undefined),
    ports: portsOf(Object.keys(config.ExposedPorts ?? {})),
    cuda: (config.Env ?? []).some((variable) => /^(?:CUDA_VERSION|NVIDIA_REQUIRE_CUDA)=/.test(variable)),
  };
}

/** Root needs no word, and a variable is not known. */
function userOf(user: string | undefined): string | undefined {
  const name = user?.trim().split(':')[0];
  return name && /^[a-z0-9_][\w.-]*$/i.test(name) && !['root', '0'].includes(name) ? name : undefined;
}

function portsOf(words: readonly string[]): readonly number[] {
  const ports = words.flatMap((word) => (/^\d{1,5}(?:\/tcp)?$/i.test(word) ? Number.parseInt(word, 10) : []));
  return [...new Set(ports)].filter((port) => port > 0 && port < 65_536);
}
