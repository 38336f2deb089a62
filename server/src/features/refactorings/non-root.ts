import { osFamily, staysRoot } from '../../facts/base-images.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { effective, lineage } from '../../facts/stages.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import { likeKeyword, lineEnding } from '../../text/edit.ts';
import type { Refactoring } from './refactoring.ts';

/** Beyond the ids that distributions hand out themselves (Debian policy 9.2.2: up to 9,999 and from 60,000). */
const uid = 10001;
/** What drops root itself when the container starts, needs to be root, has a user already, or lies in root's folder. */
const needsRoot =
  /\b(?:gosu|su-exec|setpriv|sshd|supervisord?|cron|useradd|adduser)\b|(?<!cache,target=)\/root\b|(?:^|[\s=])~\//;
/** Programs that leave nothing in the home folder of root that is read later. */
const plain =
  /^(?:apt|apt-get|apk|rm|mkdir|chmod|chown|cp|mv|ln|echo|set|cd|pip[\d.]*|uv|true|sed|touch|install|update-ca-certificates)$/;

/** Adds a user and switches to it at the end of the final stage. */
export const nonRoot: Refactoring = {
  id: 'non-root',
  title: 'Run as a user of its own',
  gain: 'Who breaks into the service is not root, and files that it writes to a mount do not belong to root.',
  propose({ facts }) {
    const { file, finalStage: stage } = facts;
    if (!stage || effective(stage, 'USER') || !staysRoot(stage)) return undefined;
    const instructions = lineage(stage).flatMap((one) => one.instructions);
    if (instructions.some(({ node }) => needsRoot.test(node.text))) return undefined;
    // A program that runs as root may leave models and the like in its home folder.
    const runs = lineage(stage).flatMap((one) => one.byKeyword.get('RUN') ?? []);
    const isPlain = (command: ShellCommand) =>
      plain.test(command.name) || readPipInstall(command) !== undefined;
    if (!runs.every((run) => facts.commands(run).every(isPlain))) return undefined;
    // Ports below 1024 are for root alone where the engine does not allow otherwise.
    const ports = (stage.byKeyword.get('EXPOSE') ?? []).flatMap(({ node }) => node.args);
    if (ports.some(({ value }) => Number.parseInt(value, 10) < 1024)) return undefined;
    const starts = ['CMD', 'ENTRYPOINT'] as const;
    const last = stage.instructions.findLast(({ node }) => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(node.keyword));
    const start = stage.instructions.find(
      ({ node, index }) => starts.some((one) => one === node.keyword) && index > (last?.index ?? -1),
    );
    if (!start) return undefined;
    const newline = lineEnding(file.text);
    const keyword = (word: string) => likeKeyword(word, start.node.keywordWord.raw);
    // Early, as it never changes; and not beside another RUN, with which it would be one layer better.
    const besideNoRun = stage.instructions.find(
      ({ node }, i) => node.keyword !== 'RUN' && stage.instructions[i + 1]?.node.keyword !== 'RUN',
    );
    const isFree = stage.instructions[0]?.node.keyword !== 'RUN';
    const { end } = (isFree || !besideNoRun || besideNoRun.index >= start.index ? stage.from : besideNoRun)
      .span;
    const add =
      osFamily(stage) === 'alpine' ? `adduser -D -u ${uid} app` : `useradd --create-home --uid ${uid} app`;
    return {
      spans: [stage.from.span],
      edits: [
        { span: { start: end, end }, text: `${newline}${keyword('RUN')} ${add}` },
        {
          span: { start: start.span.start, end: start.span.start },
          text: `${keyword('USER')} ${uid}${newline}`,
        },
      ],
    };
  },
};
