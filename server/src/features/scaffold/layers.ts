/** The stages and instructions of a Dockerfile, parted by empty lines. */
export type Blocks = readonly (string | undefined)[];

export const run = (...parts: readonly string[]) => `RUN ${parts.join(' \\\n    ')}`;
export const lines = (...parts: Blocks) =>
  parts.filter((part) => part !== undefined && part !== '').join('\n');
export const blocks = (all: Blocks) =>
  `${all.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
export const comment = (text: string | undefined) => text && `# ${text}`;
export const json = (words: readonly string[]) => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
export const env = (variables: Readonly<Record<string, string>>) => {
  const pairs = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `ENV ${pairs.join(' \\\n    ')}` : undefined;
};
export const cache = '--mount=type=cache,target=/root/.cache/uv';
export const bind = (file: string) => `--mount=type=bind,source=${file},target=${file}`;
/** Names of the project's own Dockerfile come without versions. */
const unpinned = '# hadolint ignore=DL3008\n';
export const apt = (packages: readonly string[]) =>
  packages.length === 0
    ? undefined
    : `${packages.every((one) => one.includes('=')) ? '' : unpinned}RUN apt-get update \\\n    && apt-get install -y --no-install-recommends \\\n        ${packages.join(' \\\n        ')} \\\n    && rm -rf /var/lib/apt/lists/*`;
