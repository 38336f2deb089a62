import { commandChain } from '../../facts/command-chain.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { isInMount, isMountedAway } from '../../facts/mounts.ts';
import { mountOption } from '../../facts/package-caches.ts';
import { installsWithout } from '../../facts/package-installs.ts';
import { addWord, mountCaches } from '../../facts/run-edits.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';

const form = { programs: ['apk'], verbs: ['add'] };
/** Where apk keeps its index, and packages too where the second one exists (apk(8), "Caching"). */
const folder = '/var/cache/apk';
const folders = [folder, '/etc/apk/cache'];

export default defineRule({
  code: 'DL3019',
  name: 'apk-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: '2 of the 4 repositories in which it finds something silence it.',
  },
  family: 'apk',
  summary: 'apk leaves its package index in the image',
  why: 'apk keeps the index of each repository in `/var/cache/apk`, where it stays in the layer, is of no use at run time and goes stale within days. `--no-cache` fetches the index for this one command and keeps nothing (apk(8), `--no-cache`); `--update` and `apk update` are then not needed. A cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    updated:
      '`apk update` leaves the package index in the image, and so does `apk add`. Delete `apk update`, and write `apk add --no-cache`, which fetches the index by itself.',
    kept: 'apk keeps its index in the image. Write `apk add --no-cache`, or mount a cache at `/var/cache/apk`.',
  },
  options: {
    ...shippedOption(
      'FROM alpine:3.20 AS build\nRUN apk add bash~5.2\nFROM alpine:3.20\nCOPY --from=build /x /x\n',
    ),
    ...mountOption('FROM alpine:3.20\nRUN --mount=type=cache,target=/etc/apk/cache apk add bash~5.2\n'),
    acceptOffline: {
      default: true,
      description: 'Accept `--no-network`, which fetches nothing.',
      hadolint: {
        value: false,
        reason:
          'With `--no-network` apk fetches no index and leaves none. The official Python images use it behind `xargs`, where hadolint does not look.',
        example: 'FROM alpine:3.20\nRUN apk add --no-network --virtual .rundeps bash~5.2\n',
      },
    },
  },
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM alpine:3.20 AS build\nRUN apk add bash~5.2\nFROM alpine:3.20\nCOPY --from=build /x /x',
        note: 'the builder is not shipped',
      },
      { code: 'FROM alpine:3.20\nRUN apk add --no-cache bash' },
      { code: 'FROM alpine:3.20\nRUN apk --no-cache add bash' },
      { code: 'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add bash' },
      {
        code: 'FROM alpine:3.20\nRUN echo bash | xargs -rt apk add --no-network --virtual .rundeps',
        note: 'fetches nothing',
      },
      {
        code: 'FROM alpine:3.20\nRUN --mount=type=cache,target=/etc/apk/cache apk add bash',
        note: 'where this folder exists, it is the cache',
      },
    ],
    bad: [
      {
        code: 'FROM alpine:3.20\nRUN apk ⟦add⟧ bash',
        fixed: 'FROM alpine:3.20\nRUN apk add --no-cache bash',
      },
      {
        code: 'FROM alpine:3.20\nRUN apk update && \\\n    apk ⟦add⟧ bash && \\\n    apk add \\\n      git',
        fixed: 'FROM alpine:3.20\nRUN apk add --no-cache bash && \\\n    apk add --no-cache \\\n      git',
        note: 'one finding for all commands of a RUN, and one fix',
      },
      {
        code: 'FROM alpine:3.20\nRUN apk update && apk ⟦add⟧ bash && apk search vim',
        fixed: 'FROM alpine:3.20\nRUN apk update && apk add --no-cache bash && apk search vim',
        note: 'the index is read once more',
      },
      {
        code: 'FROM alpine:3.20\nRUN ["apk", ⟦"add"⟧, "bash"]',
        fixed: 'FROM alpine:3.20\nRUN ["apk", "add", "--no-cache", "bash"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      if (options.shippedOnly && !mayShip(facts, run)) return;
      const without = options.acceptOffline ? ['no-cache', 'no-network'] : ['no-cache'];
      const adds = installsWithout(facts, run, form, without);
      const first = adds[0];
      if (!first || isMountedAway(run.node, folder)) return;
      if (options.acceptMounts && isInMount(run.node, folders)) return;
      const update = updateBefore(facts, run, first.command);
      report(
        run.at(first.verb),
        update ? 'updated' : 'kept',
        undefined,
        () => [
          {
            title: 'Add --no-cache',
            safety: 'safe',
            edits: [
              ...(update ? [{ span: run.at({ from: update.from, to: first.command.from }), text: '' }] : []),
              ...adds.map(({ verb }) => addWord(run, verb, '--no-cache')),
            ],
          },
          { title: `Mount a cache at ${folder}`, safety: 'unsafe', edits: [mountCaches(run, [folder])] },
        ],
        { repair: { name: 'cache' } },
      );
    },
  }),
});

/** An `apk update` that only this command goes on from. */
function updateBefore(facts: FileFacts, run: Instruction<Run>, add: ShellCommand): ShellCommand | undefined {
  const chain = commandChain(facts, run);
  const at = chain.findIndex(({ command }) => command === add);
  const before = chain[at - 1];
  if (chain[at]?.joint !== '&&' || !before || before.command.wrappers.length > 0) return undefined;
  const { command } = before;
  const isUpdate =
    command.name === 'apk' && command.args.every(({ value }) => /^(?:update|-q|--quiet)$/.test(value));
  // Others, such as `apk search`, read the index that it leaves.
  const isForOthers = chain.some(
    (one) =>
      one.command.name === 'apk' && !one.command.args.some(({ value }) => /^(?:update|add|del)$/.test(value)),
  );
  return isUpdate && !isForOthers && !run.node.text.slice(command.to, add.from).includes('#')
    ? command
    : undefined;
}
