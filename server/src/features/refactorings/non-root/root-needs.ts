import { rootDaemons } from '../../../data/root-daemons.ts';
import { baseImage } from '../../../facts/base-images.ts';
import { basePython } from '../../../facts/base-python.ts';
import { fetchedPythons } from '../../../facts/fetched-python.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { readMounts } from '../../../facts/mounts.ts';
import { isWorkbench } from '../../../facts/python-project.ts';
import { resolveWord } from '../../../facts/scope.ts';
import { isSwitchedOn, settingAt } from '../../../facts/settings.ts';
import { lineage, rootStage, type Stage } from '../../../facts/stages.ts';
import { startedPrograms, startOf } from '../../../facts/start-command.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { runningPrograms } from '../project-programs.ts';
import type { Subject } from '../refactoring.ts';
import { containerRuns } from './container-runs.ts';
import { givesClosed, givesKeys } from './given-keys.ts';

/** What drops root itself when the container starts, needs to be root, has a user already, or lies in root's folder. */
const forRoot = /\b(?:gosu|su-exec|setpriv|sshd|supervisord?|cron|useradd|adduser)\b|\/root\b|(?:^|[\s=])~\//;
/** SageMaker mounts its folders for root (SageMaker documentation, "How Amazon SageMaker Processing Runs Your Container"). */
const ofPlatform = /\/opt\/ml\b/;
/** Images without `useradd`, or with another one; as known 2026-11. */
const bareImages = /-micro|minimal|busybox|amazonlinux|amzn|photon|mariner|wolfi|distroless|oraclelinux/;
/** What installs below the home folder of root. */
const installsAtHome = /\buv (?:tool|python) install\b|\bpipx\b|--user\b|\bpoetry\b|\bpipenv\b|\bpdm\b/;
/** Tools that make or mend an environment before they start a program in it. */
export const makesEnvironment =
  /\b(?:poetry|pipenv|pdm|hatch|rye|pixi|tox|nox)\b["', ]{1,4}run\b|\bmake\b|\buvx\b|\bpip[\d.]*["', ]{1,4}install\b|\buv["', ]{1,4}(?:sync|pip|add|tool)\b/;
/** A port below 1024 where a server is told to listen. */
const lowPort =
  /(?:\bport|\bbind|(?<![\w-])-p)["',:= ]{1,4}(?:(?:\[::\]|[\w.*-]{0,40}):)?(?:[1-9]\d{0,2}|10[01]\d|102[0-3])(?![\w.:])|(?<![\w-])-b["',= ]{1,4}[\w.*-]{0,40}:[1-9]\d{0,2}(?![\w.:])|(?:0\.0\.0\.0|\[::\]|localhost|\*|["' =]):[1-9]\d{0,2}(?![\w.:])/i;
/** What a script does that root alone can do. */
const scriptForRoot =
  /\b(?:chown|chgrp|usermod|groupmod|sudo|apt-get|apt|apk|service|crond?|crontab|nginx|mount|modprobe|sysctl|iptables|ldconfig|update-ca-certificates|npm (?:i|ci|install))\b|\bchmod\b|>>? {0,2}\/(?!dev\/|tmp\/|proc\/self\/)/;
/** What a program does that root alone can do: devices, raw packets, other users, root's home folder. */
const programForRoot =
  /\/dev\/(?!null|shm|u?random|std(?:in|out|err)|fd|tty\b|zero)|^[ \t]*(?:import|from)[ \t]+(?:RPi|gpiozero|smbus2?|serial|scapy|pcapy|usb|bluetooth|docker)\b|\bSOCK_RAW\b|\bAF_PACKET\b|\bos\.(?:geteuid|set[eu]?[ug]id|chown|chroot|mknod)\b|getuid\(\) *[!=]=|docker\.sock|["'`]\/root\//m;

/** Whether an image, or how the project runs it, needs root, as far as its files tell. */
export function needsRoot(
  facts: FileFacts,
  stage: Stage,
  start: Instruction,
  { sources, around }: Pick<Subject, 'sources' | 'around'>,
): boolean {
  const instructions = lineage(stage).flatMap((one) => one.instructions);
  // The mounts of a RUN are there for the build alone.
  const texts = instructions.map(({ node }) => node.text.slice(node.keyword === 'RUN' ? node.body.from : 0));
  if (instructions.some(leavesFolder)) return true;
  // Who builds on it would do that as the user.
  if (instructions.some(({ node, onbuild }) => onbuild || node.keyword === 'ONBUILD')) return true;
  if (texts.some((text) => forRoot.test(text) || ofPlatform.test(text)) || lacksUseradd(stage)) return true;
  if (
    texts.some((text) => installsAtHome.test(text)) ||
    instructions.some((it) => leavesOthersOut(facts, it))
  )
    return true;
  if (isWorkbench(stage) || startsNothing(facts, stage) || isAction(sources)) return true;
  if (isBuiltOn(facts, sources)) return true;
  if (hasForeignPython(facts, stage)) return true;
  const runs = containerRuns(facts, around);
  if (runs.some((one) => one.mountsWritable || one.givesRights || one.publishesLowPort)) return true;
  if (runs.some(({ text }) => givesKeys(text) || givesClosed(text, around))) return true;
  const scripts = startScripts(stage, sources);
  if (!scripts || scripts.some((text) => scriptForRoot.test(text) || forRoot.test(text))) return true;
  const { entrypoint, cmd } = startOf(stage);
  const starts = [entrypoint, cmd].flatMap((one) => (one ? [one.node.text] : []));
  const all = [...starts, ...scripts, ...runs.map(({ text }) => text)];
  if (all.some((text) => makesEnvironment.test(text) || lowPort.test(text))) return true;
  const isSettled = isSwitchedOn(facts, start, 'UV_NO_SYNC');
  if (all.some((text) => startsByUv(text) && !isSettled && !text.includes('--no-sync'))) return true;
  return (
    exposesLowPort(facts, stage) ||
    [...runningPrograms(facts, sources).values()].some(
      (text) => programForRoot.test(text) || portOfProgram.test(text),
    )
  );
}

/** A mount in a home other than that of root leaves folders of root there. */
const leavesFolder = ({ node }: Instruction) =>
  readMounts(node).some(({ target = '' }) => target.includes('/.cache') && !target.startsWith('/root/'));

const wordsOf = (text: string) => text.match(/[\w./=-]+/g) ?? [];

/** Whether a text starts something by `uv run`, flags of uv between the two. */
export const startsByUv = (text: string) =>
  wordsOf(text).some((word, i, all) => /(?:^|\/)uv$/.test(word) && all.slice(i + 1, i + 8).includes('run'));

/** Whether rights are given by which another user than root cannot read a file: `700`, `u+x`, `o-r`. */
function leavesOthersOut(facts: FileFacts, it: Instruction): boolean {
  const isShut = (mode = '') => /^0?[0-7]{2}[0-3]$|^[ug]+[+=]|o-/.test(mode);
  const flag = it.node.flags.find(({ name }) => name === 'chmod')?.value?.value;
  return (
    isShut(flag) ||
    facts
      .commands(it)
      .some(
        ({ name, args }) =>
          name === 'chmod' && isShut(args.find(({ value }) => !/^-[A-Zcfv]/.test(value))?.value),
      )
  );
}

const portOfProgram = /\bport *= *([1-9]\d{0,2})(?![\w.])/;

const lacksUseradd = (stage: Stage) => bareImages.test(rootStage(stage).base.text);

/** An image whose program is a daemon that drops root itself, or that starts nothing but a shell or an interpreter. */
function startsNothing(facts: FileFacts, stage: Stage): boolean {
  const programs = startedPrograms(facts, stage);
  return programs.some(
    ({ name, args }) =>
      rootDaemons.test(name) ||
      (/^(?:ba|da|z|fi|k)?sh$|^i?python[\d.]*$|^(?:sleep|tail|jupyter\S*|code-server)$/.test(name) &&
        args.length === 0),
  );
}

/** GitHub runs such a container on files of root, and asks for root (GitHub documentation, "Dockerfile support for GitHub Actions"). */
const isAction = (sources: SourceTexts | undefined) =>
  [...(sources ?? [])].some(
    ([path, text]) => /(?:^|\/)action\.ya?ml$/.test(path) && /using:[ \t]*["']?docker\b/.test(text),
  );

/** Whether another Dockerfile of the project begins with what may be this image, by a name that the project or this file has. */
function isBuiltOn({ file, context }: FileFacts, sources: SourceTexts | undefined): boolean {
  const own = new Set([context?.project?.name ?? '', ...wordsOf(file.text.toLowerCase())]);
  return [...(sources ?? [])].some(
    ([path, text]) =>
      /(?:docker|container)file/i.test(path) &&
      text !== file.text &&
      [...text.matchAll(/^FROM[ \t]+(?:[\w.:-]+\/)+([\w.-]+)/gim)].some(
        ([image, name = '']) =>
          !file.text.includes(image) && (own.has(name) || own.has(image.slice(5).trim())),
      ),
  );
}

/** Whether the environment rests on a Python that uv put below the home folder of root, or may have. */
function hasForeignPython(facts: FileFacts, stage: Stage): boolean {
  const [last] = stage.instructions.slice(-1);
  if (last && settingAt(facts, last, 'UV_PYTHON_INSTALL_DIR') !== 'unset') return false;
  if (fetchedPythons(facts, stage).length > 0) return true;
  const makes = lineage(stage).some((one) =>
    (one.byKeyword.get('RUN') ?? []).some(({ node }) => /\buv (?:sync|venv)\b/.test(node.text)),
  );
  const hasPython = basePython(stage) ?? /(?:^|\/)(?:python|pypy)$/.test(baseImage(stage).repository);
  return makes && !hasPython;
}

/** The scripts that a container starts with; undefined where one is not among the project's own, so that nothing is known of it. */
export function startScripts(stage: Stage, sources: SourceTexts | undefined): string[] | undefined {
  const { entrypoint, cmd } = startOf(stage);
  const words = [entrypoint, cmd].flatMap((one) =>
    wordsOf(one?.node.text ?? '').filter((word) => /\.(?:ba)?sh$|entrypoint$/.test(word)),
  );
  const texts = words.map((word) => {
    const name = word.slice(word.lastIndexOf('/') + 1);
    return [...(sources ?? [])].flatMap(([path, text]) => (`/${path}`.endsWith(`/${name}`) ? [text] : []));
  });
  return texts.every((found) => found.length > 0) ? texts.flat() : undefined;
}

function exposesLowPort(facts: FileFacts, stage: Stage): boolean {
  return lineage(stage).some((one) =>
    (one.byKeyword.get('EXPOSE') ?? []).some((it) =>
      it.node.args.some((word) => {
        const port = Number.parseInt(resolveWord(facts.file, one, it, word) ?? '0', 10);
        return port > 0 && port < 1024;
      }),
    ),
  );
}
