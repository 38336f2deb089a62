// The choices of a run: one menu, each row a choice.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandLine } from '../runtime/command-line.ts';
import { type RunOptions, runContainer } from '../runtime/container-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { ask, review } from '../ui/pickers.ts';
import { shortImage } from '../ui/short.ts';
import type { Workbench } from '../ui/workbench.ts';
import { askMounts } from './mount-questions.ts';
import { changeOptions } from './other-options.ts';
import { readPairs, readPorts, splitWords, writeMounts, writePairs, writePorts } from './run-options.ts';
import { changeOwn, mountsOf, otherOptions, ownValue, pairsAsMeant, withMounts } from './run-rows.ts';
import { changeEnd, changeGpu } from './run-switches.ts';

export type RunPlan = RunOptions & {
  readonly name: string;
  /** Variables of the last run, whose values were not kept. */
  readonly envNames?: readonly string[];
};

export type Wording = {
  readonly title: string;
  readonly label: (plan: RunPlan) => string;
  readonly of: (plan: RunPlan) => string;
};

const usual = (): Wording => ({
  title: l10n.t('Run Container'),
  label: ({ image }) => l10n.t('Run {0}', shortImage(image)),
  of: ({ image }) => shortImage(image),
});

/** @param changed hears of the plan whenever something of it was changed */
export async function agreeOnRun<P extends RunPlan>(
  workbench: Workbench,
  first: P,
  { wording = usual(), changed }: { wording?: Wording; changed?: ((plan: P) => void) | undefined } = {},
): Promise<P | undefined> {
  const { title, label, of } = wording;
  const engine = await workbench.engine.get();
  const row = (label: string, description: string, value: string) => ({
    label,
    description: description || l10n.t('none'),
    value,
  });
  return review(
    title,
    first,
    async (plan) => ({
      icon: 'play',
      label: label(plan),
      of: of(plan),
      commandLine: commandLine(await runContainer(engine, plan)),
      choices: [
        row(l10n.t('Name'), plan.name, 'name'),
        row(l10n.t('Ports'), writePorts(plan.ports), 'ports'),
        row(l10n.t('Environment'), environmentWords(plan), 'env'),
        row(l10n.t('Environment File'), plan.envFile ?? '', 'envFile'),
        row(l10n.t('Mounts'), mountWords(plan), 'mounts'),
        row(l10n.t('GPU'), gpuWords(plan, engine), 'gpu'),
        row(l10n.t('Memory Limit'), ownValue('memory', plan.options), 'memory'),
        row(l10n.t('Shared Memory'), plan.shmSize ?? '', 'shmSize'),
        row(l10n.t('Network'), ownValue('network', plan.options) || l10n.t('that of the engine'), 'network'),
        row(l10n.t('Restart'), ownValue('restart', plan.options) || l10n.t('never'), 'restart'),
        row(l10n.t('Command'), plan.command?.join(' ') || l10n.t('that of the image'), 'command'),
        row(l10n.t('When It Ends'), plan.remove ? l10n.t('remove it') : l10n.t('keep it'), 'remove'),
        // Of a container that is there already.
        ...('connections' in plan ? [row(l10n.t('Image'), plan.image, 'image')] : []),
        row(
          l10n.t('Other Options'),
          otherOptions(plan.options)
            .map((words) => words.join(' '))
            .join(' '),
          'options',
        ),
      ],
    }),
    async (plan, what) => {
      const answer = await change(workbench, title, plan, what);
      const made = answer && { ...plan, ...answer };
      if (made) changed?.(made);
      return made;
    },
  );
}

function gpuWords({ gpu }: RunPlan, engine: Engine): string {
  if (gpu) return l10n.t('all');
  return engine.gpu ? '' : l10n.t('none; this engine names no GPU');
}

function mountWords(plan: RunPlan): string {
  const { mounts, unread } = mountsOf(plan);
  return [writeMounts(mounts), ...unread].filter(Boolean).join(', ');
}

const blanks = (names: readonly string[] = []) => Object.fromEntries(names.map((name) => [name, '']));

/** Names alone; of the last run they are a reminder, as a variable without its value is not set. */
function environmentWords({ env, envNames = [] }: RunPlan): string {
  const typed = Object.keys(env ?? {}).join(', ');
  return typed || !envNames.length ? typed : l10n.t('{0}: type the values again', envNames.join(', '));
}

async function change(
  workbench: Workbench,
  title: string,
  plan: RunPlan,
  what: string,
): Promise<RunPlan | undefined> {
  const type = async (
    label: string,
    prompt: string,
    value: string,
    check?: (text: string) => string | undefined,
    hidden = false,
  ) => {
    const answers = await ask(title, [
      () => ({ key: 'text', kind: 'input', title: label, prompt, value, check, hidden }),
    ]);
    return answers && String(answers.text).trim();
  };
  const bad = (read: (text: string) => unknown, message: string) => (text: string) =>
    read(text) === undefined ? message : undefined;
  switch (what) {
    case 'gpu':
      return changeGpu(title, plan);
    case 'remove':
      return changeEnd(title, plan);
    case 'memory':
    case 'network':
    case 'restart':
      return changeOwn(workbench, title, plan, what);
    case 'name': {
      const name = await type(l10n.t('Name'), l10n.t('Name of the container'), plan.name, (text) =>
        /^[a-zA-Z0-9][\w.-]*$/.test(text) ? undefined : l10n.t('Letters, digits and . _ - only.'),
      );
      return name === undefined ? undefined : { ...plan, name };
    }
    case 'ports': {
      const text = await type(
        l10n.t('Ports'),
        l10n.t('host:container, such as 8080:80 or 127.0.0.1:8080:80, separated by commas'),
        writePorts(plan.ports),
        bad(readPorts, l10n.t('Ports are written as 8080:80 or 127.0.0.1:8080:80.')),
      );
      return text === undefined ? undefined : { ...plan, ports: readPorts(text) };
    }
    case 'env': {
      const prompt = l10n.t(
        'NAME=value, separated by commas. They reach the container in a private file, and can be read by whoever may inspect it.',
      );
      const text = await type(
        l10n.t('Environment'),
        prompt,
        writePairs({ ...blanks(plan.envNames), ...plan.env }),
        bad(readPairs, l10n.t('Variables are written as NAME=value.')),
        Object.keys(plan.env ?? {}).length > 0,
      );
      const env = text === undefined ? undefined : await pairsAsMeant(title, text);
      return env && { ...plan, env, envNames: undefined };
    }
    case 'mounts': {
      const mounts = await askMounts(workbench, title, mountsOf(plan).mounts);
      return mounts && withMounts(plan, mounts);
    }
    case 'image': {
      const image = await type(l10n.t('Image'), l10n.t('Name and tag of the image'), plan.image, (text) =>
        /^[^\s-]\S*$/.test(text) ? undefined : l10n.t('A name of an image has no spaces.'),
      );
      return image === undefined ? undefined : { ...plan, image };
    }
    case 'options':
      return changeOptions(title, plan);
    case 'envFile': {
      const [file] = (await vscode.window.showOpenDialog({ title: l10n.t('Environment File') })) ?? [];
      return { ...plan, envFile: file?.fsPath };
    }
    case 'shmSize': {
      const size = await type(
        l10n.t('Shared Memory'),
        l10n.t('Such as 2g; data loaders with workers need more than the 64 MB of the engine'),
        plan.shmSize ?? '',
        (text) => (/^(?:\d+[bkmg]?)?$/i.test(text) ? undefined : l10n.t('A size is written as 512m or 2g.')),
      );
      return size === undefined ? undefined : { ...plan, shmSize: size || undefined };
    }
    default: {
      const text = await type(
        l10n.t('Command'),
        l10n.t('What the container runs; empty for what the image says'),
        plan.command?.join(' ') ?? '',
      );
      return text === undefined ? undefined : { ...plan, command: splitWords(text) };
    }
  }
}
