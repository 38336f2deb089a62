import { isMountedAway } from '../../facts/mounts.ts';
import { appendCommand, mountCaches } from '../../facts/run-edits.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** Where yarn 1 keeps its cache as root. */
const folder = '/usr/local/share/.cache/yarn';

export default defineRule({
  code: 'DL3060',
  name: 'yarn-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'info',
  family: 'yarn',
  summary: 'yarn leaves its cache in the image',
  why: 'yarn keeps every package that it downloads in a cache, besides the copy in `node_modules`; in the layer it is of no use at run time. `yarn cache clean` in the same RUN keeps it out; a cache mount keeps it out as well and spares the download in the next build. Builder stages that nothing builds on are left alone.',
  messages: {
    kept: 'yarn keeps its downloads in this layer. Append `&& yarn cache clean` to this RUN, or mount a cache: `RUN --mount=type=cache,target=/usr/local/share/.cache/yarn …`.',
  },
  options: {
    ...shippedOption(
      'FROM node:22 AS base\nFROM base AS build\nRUN yarn install\nFROM build AS test\nFROM nginx:1.29\nCOPY --from=build /dist /usr/share/nginx/html\n',
    ),
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM node:22\nRUN yarn install && yarn cache clean' },
      { code: `FROM node:22\nRUN --mount=type=cache,target=${folder} yarn install` },
      {
        code: 'FROM node:22 AS build\nRUN yarn install\nFROM nginx:1.29\nCOPY --from=build /dist /usr/share/nginx/html',
        note: 'the builder is not shipped',
      },
      { code: 'FROM node:22\nRUN yarn build' },
    ],
    bad: [
      {
        code: 'FROM node:22\nRUN yarn ⟦install⟧ --frozen-lockfile',
        fixed: 'FROM node:22\nRUN yarn install --frozen-lockfile && yarn cache clean',
      },
      {
        code: 'FROM node:22\nRUN yarn ⟦install⟧ \\\n && yarn build',
        fixed: 'FROM node:22\nRUN yarn install \\\n && yarn build \\\n && yarn cache clean',
      },
      {
        code: 'FROM node:22\nRUN yarn cache clean && yarn ⟦install⟧',
        fixed: 'FROM node:22\nRUN yarn cache clean && yarn install && yarn cache clean',
        note: 'cleaned too early',
      },
      { code: 'FROM node:22 AS base\nRUN ["yarn", ⟦"install"⟧]\nFROM base\nRUN yarn build' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      if (options.shippedOnly && !mayShip(facts, run)) return;
      const commands = facts.commands(run);
      const at = commands.findIndex((command) => isYarn(command, ['install']));
      const verb = commands[at]?.args.find(({ value }) => value === 'install');
      if (!verb || commands.slice(at + 1).some((command) => isYarn(command, ['cache', 'clean']))) return;
      if (isMountedAway(run.node, '.cache/yarn')) return;
      const stage = facts.stageOf(run);
      if (stage && !stage.isFinal && facts.stages.every(({ parent }) => parent !== stage)) return;
      report(
        run.at(verb),
        'kept',
        undefined,
        (): Fix[] => {
          const clean = appendCommand(facts, run, 'yarn cache clean');
          const mount = mountCaches(run, [folder]);
          return [
            ...(clean ? [{ title: 'Add yarn cache clean', safety: 'safe' as const, edits: [clean] }] : []),
            { title: 'Mount a cache for yarn', safety: 'unsafe', edits: [mount] },
          ];
        },
        { repair: { name: 'cache' } },
      );
    },
  }),
});

function isYarn({ name, args }: ShellCommand, words: readonly string[]): boolean {
  return name === 'yarn' && args.some(({ value }) => words.includes(value));
}
