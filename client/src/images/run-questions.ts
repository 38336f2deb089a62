// The choices of a run: one menu, each row a choice.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandLine } from '../runtime/command-line.ts';
import { type RunOptions, runContainer } from '../runtime/container-commands.ts';
import { ask, review } from '../ui/pickers.ts';
import type { Workbench } from '../ui/workbench.ts';
import {
  readMounts,
  readPairs,
  readPorts,
  splitWords,
  writeMounts,
  writePairs,
  writePorts,
} from './run-options.ts';

export type RunPlan = RunOptions & { readonly name: string };

export async function agreeOnRun(workbench: Workbench, first: RunPlan): Promise<RunPlan | undefined> {
  const title = t('Run Container');
  const engine = await workbench.engine.get();
  const row = (label: string, description: string, value: string) => ({
    label,
    description: description || t('none'),
    value,
  });
  return review(
    title,
    first,
    async (plan) => ({
      label: t('$(play) Run {0}', plan.image),
      commandLine: commandLine(await runContainer(engine, plan)),
      choices: [
        row(t('Name'), plan.name, 'name'),
        row(t('Ports'), writePorts(plan.ports), 'ports'),
        row(t('Environment'), Object.keys(plan.env ?? {}).join(', '), 'env'),
        row(t('Environment File'), plan.envFile ?? '', 'envFile'),
        row(t('Mounts'), writeMounts(plan.mounts), 'mounts'),
        ...(engine.gpu ? [row(t('GPU'), plan.gpu ? t('all') : '', 'gpu')] : []),
        row(t('Shared Memory'), plan.shmSize ?? '', 'shmSize'),
        row(t('Command'), plan.command?.join(' ') || t('that of the image'), 'command'),
        row(t('When It Ends'), plan.remove ? t('remove it') : t('keep it'), 'remove'),
      ],
    }),
    (plan, what) => change(title, plan, what),
  );
}

async function change(title: string, plan: RunPlan, what: string): Promise<RunPlan | undefined> {
  const type = async (
    label: string,
    prompt: string,
    value: string,
    check?: (text: string) => string | undefined,
  ) => {
    const answers = await ask(title, [
      () => ({ key: 'text', kind: 'input', title: label, prompt, value, check }),
    ]);
    return answers && String(answers.text).trim();
  };
  const bad = (read: (text: string) => unknown, message: string) => (text: string) =>
    read(text) === undefined ? message : undefined;
  switch (what) {
    case 'gpu':
      return { ...plan, gpu: !plan.gpu };
    case 'remove':
      return { ...plan, remove: !plan.remove };
    case 'name': {
      const name = await type(t('Name'), t('Name of the container'), plan.name, (text) =>
        /^[a-zA-Z0-9][\w.-]*$/.test(text) ? undefined : t('Letters, digits and . _ - only.'),
      );
      return name === undefined ? undefined : { ...plan, name };
    }
    case 'ports': {
      const text = await type(
        t('Ports'),
        t('host:container, separated by commas'),
        writePorts(plan.ports),
        bad(readPorts, t('Ports are written as 8080:80.')),
      );
      return text === undefined ? undefined : { ...plan, ports: readPorts(text) };
    }
    case 'env': {
      const prompt = t(
        'NAME=value, separated by commas. For secrets use an environment file: values typed here can be read on the command line.',
      );
      const text = await type(
        t('Environment'),
        prompt,
        writePairs(plan.env),
        bad(readPairs, t('Variables are written as NAME=value.')),
      );
      return text === undefined ? undefined : { ...plan, env: readPairs(text) };
    }
    case 'mounts': {
      const text = await type(
        t('Mounts'),
        t('source:destination or source:destination:ro, separated by commas'),
        writeMounts(plan.mounts),
        bad(readMounts, t('Mounts are written as /here:/there, with whole paths.')),
      );
      return text === undefined ? undefined : { ...plan, mounts: readMounts(text) };
    }
    case 'envFile': {
      const [file] = (await vscode.window.showOpenDialog({ title: t('Environment File') })) ?? [];
      return { ...plan, envFile: file?.fsPath };
    }
    case 'shmSize': {
      const size = await type(
        t('Shared Memory'),
        t('Such as 2g; data loaders with workers need more than the 64 MB of the engine'),
        plan.shmSize ?? '',
        (text) => (/^(?:\d+[bkmg]?)?$/i.test(text) ? undefined : t('A size is written as 512m or 2g.')),
      );
      return size === undefined ? undefined : { ...plan, shmSize: size || undefined };
    }
    default: {
      const text = await type(
        t('Command'),
        t('What the container runs; empty for what the image says'),
        plan.command?.join(' ') ?? '',
      );
      return text === undefined ? undefined : { ...plan, command: splitWords(text) };
    }
  }
}
