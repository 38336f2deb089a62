import { readMounts } from '../../facts/mounts.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const manifest =
  /(?:^|\/)(?:package(?:-lock|-\*|\*)?\.json|package\*|yarn\.lock|pnpm-lock\.yaml|npm-shrinkwrap\.json)$/;

export default defineRule({
  code: 'npm-source-before-deps',
  name: 'npm-source-before-deps',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'npm',
  summary: 'npm installs behind the COPY of all sources',
  why: 'A RUN is taken from the cache while nothing above it changed. Behind `COPY . .` each edit of a source file fetches all packages again; behind a COPY of `package.json` and the lock file alone, only a change of those does (Docker documentation, "Optimize cache usage in builds"). `npm ci` installs what the lock file says, and fails where it does not fit, while `npm install` may change it.',
  messages: {
    early:
      'Each change of a source file installs all packages again, as this COPY stands above. Copy `package.json` and the lock file alone, install, and copy the rest below.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM node:22\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build' },
      {
        code: 'FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\nCOPY . .\nRUN yarn install --offline',
      },
      { code: 'FROM node:22\nCOPY . .\nRUN npm install -g serve@14' },
      {
        code: 'FROM node:22\nCOPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci --prefer-offline',
        note: 'the cache mount keeps the packages',
      },
      {
        code: 'FROM node:22 AS build\nCOPY . .\nRUN npm ci\nFROM node:22\nCOPY --from=build /dist /dist',
        note: 'the install itself builds, by a script of the package',
      },
      {
        code: 'FROM node:22\nCOPY . .\nRUN git clone https://example.org/x.git /x && cd /x && npm ci',
        note: 'another project',
      },
    ],
    bad: [
      { code: 'FROM node:22\nWORKDIR /app\nCOPY ⟦.⟧ .\nRUN npm install' },
      { code: 'FROM node:22\nADD ⟦./⟧ /app\nRUN cd /app && npm ci --omit=dev && npm run build' },
      { code: 'FROM node:22\nCOPY ⟦.⟧ /app\nRUN corepack enable\nRUN yarn' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      for (const stage of facts.stages) {
        let copy: Instruction<Copy> | undefined;
        for (const it of stage.instructions) {
          const { node } = it;
          if (node.keyword === 'COPY' || node.keyword === 'ADD') {
            if (node.flags.some(({ name }) => name === 'from')) continue;
            if (!copy && node.sources.some(({ value }) => manifest.test(value))) break;
            if (node.sources.some(isWhole)) copy ??= it as Instruction<Copy>;
          }
          if (node.keyword !== 'RUN' || !/\b(?:npm|yarn|pnpm)\b/.test(node.text)) continue;
          if (/\bgit\sclone\b/.test(node.text) || readMounts(node).some(({ type }) => type === 'cache'))
            break;
          if (!facts.commands(it).some(installsAll)) continue;
          const source = copy?.node.sources.find(isWhole);
          const isBuiltSo = stage !== facts.finalStage && stage.instructions.at(-1) === it;
          if (copy && source && !isBuiltSo) report(copy.at(source), 'early');
          break;
        }
      }
    },
  }),
});

const isWhole = ({ value }: { readonly value: string }) => /^(?:\.\/?|(?:\.\/)?\*|\/)$/.test(value);

/** `npm ci`, `npm install`, `yarn` and `pnpm install` without the name of a package. */
function installsAll({ name, args }: ShellCommand): boolean {
  const words = args.map(({ value }) => value);
  const [verb, ...rest] = words.filter((word) => !word.startsWith('-'));
  if (words.some((word) => /^(?:-g|--global|--prefix|--cwd|-C|--dir)(?:=|$)/.test(word)) || rest.length > 0)
    return false;
  if (name === 'npm') return /^(?:i|install|ci|clean-install)$/.test(verb ?? '');
  if (name === 'yarn')
    return verb === undefined ? !words.some((word) => /version|help/.test(word)) : verb === 'install';
  return name === 'pnpm' && /^(?:i|install)$/.test(verb ?? '');
}
