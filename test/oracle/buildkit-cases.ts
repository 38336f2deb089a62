import { createHash } from 'node:crypto';

/** A Dockerfile that one check of BuildKit reports, and no other. */
export interface Case {
  readonly check: string;
  readonly text: string;
  /** Files of the build context by path. */
  readonly context?: Readonly<Record<string, string>>;
}

/** An image of `architecture` alone, which `pushImage` makes; `REGISTRY` stands for the address of the registry. */
export const pushed = { repository: 'team/base', tag: '1-arm64', architecture: 'arm64' };

/** Sources and ignore files that BuildKit takes for a match, in forms that another reader could take otherwise. */
const ignored: readonly Case[] = [
  ['dir', 'dir/'],
  ['./dir', '/dir'],
  ['dir/*', 'dir'],
  ['a/../dir', '# kept out\n\n dir \r\n'],
  ['"dir/sub/x"', 'dir/*'],
  ['dir/secret.txt', '**/*.txt'],
  ['.', '*'],
  ['./', '**/*'],
  ['dir', '\ufeffd[i]r'],
].map(([source, ignoreFile]) => ({
  check: 'CopyIgnoredFile',
  text: `FROM scratch\nCOPY ${source} /x/\nCOPY --from=other ${source} /x/\n`,
  context: { '.dockerignore': ignoreFile ?? '' },
}));

/** BuildKit 0.34 knows these 22 checks (frontend/dockerfile/linter/ruleset.go). */
export const cases: readonly Case[] = [
  { check: 'ConsistentInstructionCasing', text: 'FROM scratch\nCOPY a b\ncopy c d\n' },
  {
    check: 'CopyIgnoredFile',
    text: 'FROM scratch\nCOPY secret.txt /\n',
    context: { '.dockerignore': 'secret.txt\n' },
  },
  ...ignored,
  { check: 'DuplicateStageName', text: 'FROM scratch AS a\nFROM scratch AS a\n' },
  { check: 'ExposeInvalidFormat', text: 'FROM scratch\nEXPOSE 8080:80\n' },
  { check: 'ExposeProtoCasing', text: 'FROM scratch\nEXPOSE 80/TCP\n' },
  { check: 'FromAsCasing', text: 'FROM scratch as a\n' },
  { check: 'FromPlatformFlagConstDisallowed', text: 'FROM --platform=linux/amd64 scratch\n' },
  {
    check: 'InvalidBaseImagePlatform',
    text: `FROM --platform=linux/amd64 REGISTRY/${pushed.repository}:${pushed.tag} AS linux\n`,
  },
  { check: 'InvalidDefaultArgInFrom', text: 'ARG TAG\nFROM busybox:$TAG\n' },
  {
    check: 'InvalidDefinitionDescription',
    text: '# check=experimental=InvalidDefinitionDescription\n# compiles\nFROM scratch AS build\n',
  },
  { check: 'JSONArgsRecommended', text: 'FROM scratch\nCMD python app.py\n' },
  { check: 'LegacyKeyValueFormat', text: 'FROM scratch\nENV A b\n' },
  { check: 'MaintainerDeprecated', text: 'FROM scratch\nMAINTAINER someone\n' },
  { check: 'MultipleInstructionsDisallowed', text: 'FROM scratch\nCMD ["a"]\nUSER b\nCMD ["c"]\n' },
  { check: 'NoEmptyContinuation', text: 'FROM scratch\nLABEL a=b \\\n\n  c=d\n' },
  { check: 'RedundantTargetPlatform', text: 'FROM --platform=$TARGETPLATFORM scratch\n' },
  { check: 'ReservedStageName', text: 'FROM scratch AS context\n' },
  { check: 'SecretsUsedInArgOrEnv', text: 'FROM scratch\nENV HF_TOKEN=s3cr3t-Value\n' },
  { check: 'StageNameCasing', text: 'FROM scratch AS Build\n' },
  { check: 'UndefinedArgInFrom', text: 'FROM busybox$SUFFIX\n' },
  { check: 'UndefinedVar', text: 'FROM scratch\nCOPY $MODEL /\n' },
  { check: 'WorkdirRelativePath', text: 'FROM scratch\nWORKDIR app\n' },
];

/** Pushes an image that holds nothing to a registry, by its API. */
export async function pushImage(registry: string): Promise<void> {
  const { repository, tag, architecture } = pushed;
  const base = `http://${registry}/v2/${repository}`;
  const upload = async (text: string) => {
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const begun = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
    const place = new URL(begun.headers.get('location') ?? '', base);
    place.searchParams.set('digest', digest);
    const sent = await fetch(place, { method: 'PUT', body: text });
    if (sent.status !== 201) throw new Error(`${registry} did not take a blob: ${sent.status}`);
    return { digest, size: text.length };
  };
  const vendor = 'application/vnd.docker';
  // No check unpacks a layer, so its bytes need be none.
  const layer = await upload('layer');
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = await upload(JSON.stringify({ architecture, os: 'linux', config: {}, rootfs }));
  const type = `${vendor}.distribution.manifest.v2+json`;
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: `${vendor}.container.image.v1+json`, ...config },
    layers: [{ mediaType: `${vendor}.image.rootfs.diff.tar`, ...layer }],
  };
  const body = JSON.stringify(manifest);
  const put = await fetch(`${base}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body,
  });
  if (put.status !== 201) throw new Error(`${registry} did not take the manifest: ${await put.text()}`);
}
