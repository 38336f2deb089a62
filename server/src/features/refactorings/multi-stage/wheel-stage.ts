import type { FileFacts } from '../../../facts/file-facts.ts';
import { type PipInstall, readPipInstall, readPipTargets } from '../../../facts/pip.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { type Edit, removeWord } from '../../../text/edit.ts';

/** An install by pip that becomes one of wheels. */
export interface WheelStage {
  /** Let the build stage make wheels where it installed. */
  readonly edits: readonly Edit[];
}

const folder = '/wheels';
/** Flags that `pip wheel` takes as `pip install` does (pip 25 `pip wheel --help`), and those that it does without. */
const shared =
  /^(?:-[rcifqv]|-r.+|--(?:requirement|constraint|index-url|extra-index-url|find-links|pre|prefer-binary|no-cache-dir|only-binary|require-hashes|trusted-host|no-deps|progress-bar|timeout|default-timeout|retries|quiet|verbose|disable-pip-version-check|no-input)(?:=.*)?)$/;
const installing =
  /^(?:-U|--(?:upgrade|no-compile|no-warn-script-location|root-user-action=.*|break-system-packages))$/;

/**
 * The one install of dependencies as the making of wheels, which the final stage installs where they were before: what
 * packages unpack to is written once, and nothing lies elsewhere. Undefined where it cannot be done: several installs may
 * choose several versions of one package.
 */
export function wheelStage(
  facts: FileFacts,
  above: readonly Instruction[],
  callsPipBelow: boolean,
): WheelStage | undefined {
  if (facts.file.text.includes(folder)) return undefined;
  const installs = above.flatMap((it) =>
    facts.commands(it).flatMap((command) => {
      const install = readPipInstall(command);
      return install ? [{ it, install }] : [];
    }),
  );
  const real = installs.filter(({ install }) => !servesInstalls(install, callsPipBelow));
  const [one] = real;
  if (!one || real.length > 1 || one.install.command.wrappers.length > 0) return undefined;
  const { it, install } = one;
  const flags = install.args.filter(({ value }) => value.startsWith('-'));
  const idle = flags.filter(({ value }) => installing.test(value));
  if (flags.some((flag) => !shared.test(flag.value) && !idle.includes(flag))) return undefined;
  const verb = { span: it.at(install.verb), text: `wheel --wheel-dir=${folder}` };
  return {
    edits: [verb, ...idle.map((word) => removeWord(facts.file.text, it.at(word)))],
  };
}

/** Whether an install brings the tools of later ones alone, which the final stage does not have to have. */
function servesInstalls({ args }: PipInstall, callsPipBelow: boolean): boolean {
  const { packages, requirementFiles, editables } = readPipTargets(args);
  if (requirementFiles.length + editables.length > 0) return false;
  return packages.every(({ value }) => {
    const [name = ''] = /^[\w.-]+/.exec(value) ?? [];
    const isBare = name === value || !callsPipBelow;
    return isBare && /^(?:pip|wheel|build)$/.test(normalizeName(name));
  });
}

/** The RUN by which the final stage installs the wheels, of which pip keeps none in its cache. */
export const installWheels = (stage: string): string =>
  `--mount=type=bind,from=${stage},source=${folder},target=${folder} pip install --no-cache-dir --no-index --no-deps ${folder}/*.whl`;
