import { osFamily, staysRoot } from '../../../facts/base-images.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { pathAt, workdirAt } from '../../../facts/paths.ts';
import { effective, lineage, type Stage } from '../../../facts/stages.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { aboveComments, type Edit, followsBlankLine, likeKeyword, lineEnding } from '../../../text/edit.ts';
import { needsRepository } from '../git-users.ts';
import type { Refactoring } from '../refactoring.ts';
import { mayBeGivenFolders } from './given-folders.ts';
import { mayReadKeys } from './given-keys.ts';
import { copiesToOwn, foldersToOwn } from './own-files.ts';
import { isOwned, type Writable } from './owned-folders.ts';
import { writesAmongPackages } from './package-writes.ts';
import { isPlainRun } from './plain-runs.ts';
import { needsRoot } from './root-needs.ts';

/** Beyond the ids that distributions hand out themselves (Debian policy 9.2.2: up to 9,999 and from 60,000). */
const uid = 10001;

/** Adds a user, gives it what the program writes to, and switches to it at the end of the final stage. */
export const nonRoot: Refactoring = {
  id: 'non-root',
  title: 'Run as a user of its own',
  gain: 'Who breaks into the service is not root.',
  mends: 'final-stage-root',
  propose({ facts, sources, around }) {
    const { file, finalStage: stage } = facts;
    if (!stage || effective(stage, 'USER') || !staysRoot(stage)) return undefined;
    // A program that runs as root may leave models and the like in its home folder.
    const runs = lineage(stage).flatMap((one) => one.byKeyword.get('RUN') ?? []);
    if (!runs.every((run) => isPlainRun(facts, run))) return undefined;
    const start = startOfEnd(stage);
    if (!start || needsRoot(facts, stage, start, { sources, around })) return undefined;
    if (writesAmongPackages(facts, sources)) return undefined;
    const folders = foldersToOwn(facts, stage, start, sources);
    const paths = folders?.map(({ path }) => path) ?? [];
    const copies = copiesToOwn(facts, stage, paths, `${uid}:${uid}`);
    if (!folders || !copies) return undefined;
    // git reads no repository that belongs to another user than the one who runs it (git-config(1), `safe.directory`).
    if (copies.length > 0 && needsRepository(facts, sources)) return undefined;
    const newline = lineEnding(file.text);
    const keyword = (word: string) => likeKeyword(word, start.node.keywordWord.raw);
    const lines = [
      ...(paths.length > 0 ? [`${keyword('RUN')} ${owning(folders)}`] : []),
      `${keyword('USER')} ${uid}`,
    ];
    const at = aboveComments(file.text, start.span.start);
    return {
      spans: [stage.from.span],
      edits: [
        userAdded(facts, stage, start),
        ...copies,
        {
          span: { start: at, end: at },
          text:
            lines.map((line) => line + newline).join('') + (followsBlankLine(file.text, at) ? newline : ''),
        },
      ],
      assumes: taken(facts, stage, start, topmost(paths), {
        folders: mayBeGivenFolders(facts, stage, sources),
        keys: mayReadKeys(facts, { sources, around }),
      }),
    };
  },
};

/**
 * What is beside the program is where folders of the machine are mounted, and these keep their owners.
 * @param given what people may well give it, though no file tells of it
 */
function taken(
  { file }: FileFacts,
  stage: Stage,
  start: Instruction,
  paths: readonly string[],
  given: { readonly folders: boolean; readonly keys: boolean },
): string {
  const copied = stage.instructions.flatMap(
    (it) =>
      ('destination' in it.node && it.node.destination && pathAt(file, stage, it, it.node.destination)) || [],
  );
  const program = [workdirAt(file, stage, start) ?? '/', ...copied];
  const beside = paths.filter((path) => !program.some((one) => isOwned(one, [path]) || isOwned(path, [one])));
  const places = `the program writes to ${[...paths, '/tmp'].join(', ')} and its home folder only`;
  const where = beside.length > 0 ? `${given.folders ? ', as' : ''} at ${beside.join(', ')}` : '';
  const rights = [
    ...(given.folders || beside.length > 0
      ? [
          `write to ${beside.length > 0 ? 'what' : 'any folder that'} is mounted${where} (give it by \`chown ${uid}\`)`,
        ]
      : []),
    ...(given.keys ? ['read the key files that it is given'] : []),
  ];
  return rights.length === 0 ? places : `${places}, and user ${uid} may ${rights.join(' and ')}`;
}

/** The first instruction of a stage that says what it starts, behind all that needs root. */
function startOfEnd(stage: Stage): Instruction | undefined {
  const last = stage.instructions.findLast(({ node }) => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(node.keyword));
  return stage.instructions.find(
    ({ node, index }) => /^(?:CMD|ENTRYPOINT)$/.test(node.keyword) && index > (last?.index ?? -1),
  );
}

/** Gives the user the folders, not what lies in them: that would be in the image twice. */
function owning(folders: readonly Writable[]): string {
  const missing = folders.flatMap(({ path, isThere }) => (isThere ? [] : path));
  const make = missing.length > 0 ? `mkdir -p ${missing.join(' ')} && ` : '';
  return `${make}chown ${uid}:${uid} ${folders.map(({ path }) => path).join(' ')}`;
}

const topmost = (paths: readonly string[]) =>
  paths.filter((path) => !paths.some((other) => other !== path && isOwned(path, [other])));

function userAdded({ file }: FileFacts, stage: Stage, start: Instruction): Edit {
  // Early, as it never changes; and not beside another RUN, with which it would be one layer better.
  const besideNoRun = stage.instructions.find(
    ({ node }, i) => node.keyword !== 'RUN' && stage.instructions[i + 1]?.node.keyword !== 'RUN',
  );
  const isFree = stage.instructions[0]?.node.keyword !== 'RUN';
  // Behind what is copied it would run again at each change of that.
  const copied = stage.instructions.findIndex(({ node }) => /^(?:COPY|ADD)$/.test(node.keyword));
  const isLate = besideNoRun && copied >= 0 && besideNoRun.index >= (stage.instructions[copied]?.index ?? 0);
  const { end } = (
    isFree || isLate || !besideNoRun || besideNoRun.index >= start.index ? stage.from : besideNoRun
  ).span;
  const add =
    osFamily(stage) === 'alpine' ? `adduser -D -u ${uid} app` : `useradd --create-home --uid ${uid} app`;
  const keyword = likeKeyword('RUN', start.node.keywordWord.raw);
  const newline = lineEnding(file.text);
  const isApart = /^\r?\n[ \t]*\r?\n/.test(file.text.slice(end));
  return { span: { start: end, end }, text: `${newline}${isApart ? newline : ''}${keyword} ${add}` };
}
