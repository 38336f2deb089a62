import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Member } from '../engine/compose-members.ts';
import { sizesInAMoment } from '../engine/volumes.ts';
import { failed } from '../runtime/failures.ts';
import { ask } from '../ui/pickers.ts';
import { confirm } from '../ui/say.ts';
import { isNode } from '../ui/tree.ts';
import { isAgreed, isVouched, vouch } from '../ui/vouched.ts';
import { formatBytes, listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import type { ComposeAction } from './actions.ts';
import { filesElsewhere, nothingToDo, notUp, viewLogs } from './failures.ts';
import { type ComposeFileValue, type ComposeRequest, chooseTargets, type Target } from './locate.ts';
import { type Loss, lossWords, unnamedVolumes } from './model.ts';
import { planOfContainers, planOfFiles } from './plans.ts';
import { composeTasks } from './tasks.ts';
import { createWaiting } from './waiting.ts';
import { down, lossOf, provide, stop, up } from './work.ts';

type Given = readonly [argument?: unknown, selection?: unknown];
/** Does it with one project; the title is that of its questions. */
type Does = (target: Target, request: ComposeRequest, argument: unknown) => Promise<unknown>;

/** What the view of containers shows of projects that are not up. */
export function registerCompose(workbench: Workbench): ReturnType<typeof createWaiting> {
  const each = async (
    title: string,
    needs: 'files' | 'containers',
    [argument, selection]: Given,
    does: Does,
  ) => {
    const targets = await chooseTargets(workbench, title, needs, argument, selection);
    const request = requestOf(argument);
    const results: unknown[] = [];
    for (const target of targets ?? []) results.push(await does(target, request, argument));
    return results.length > 1 ? results : results[0];
  };
  const ofFiles = (title: string, verb: 'up' | 'pull' | 'build', given: Given) =>
    each(title, 'files', given, async (target, request, argument) => {
      if (!(await mayRun(target, argument))) return undefined;
      const plan = await planOfFiles(workbench, title, target, request);
      if (!plan) return undefined;
      if (verb === 'up') return up(workbench, plan);
      const { config, services = [], compose, name } = plan;
      const wanted = config.services
        .filter((service) => !services.length || services.includes(service.name))
        .filter(({ image, built }) => !compose.full || (verb === 'build' ? built : image && !built));
      if (!wanted.length && config.services.length) throw failed(nothingToDo(name, verb));
      return provide(workbench, plan, verb, wanted);
    });
  const ofContainers = (
    title: string,
    given: Given,
    does: (plan: NonNullable<Awaited<ReturnType<typeof planOfContainers>>>) => unknown,
  ) =>
    each(title, 'containers', given, async (target, request) => {
      const plan = await planOfContainers(workbench, title, target, request, true);
      return plan && does(plan);
    });

  const handlers: Readonly<Record<ComposeAction, (...given: Given) => Promise<unknown>>> = {
    up: (...given) => ofFiles(t('Compose Up'), 'up', given),
    pull: (...given) => ofFiles(t('Compose Pull'), 'pull', given),
    build: (...given) => ofFiles(t('Compose Build'), 'build', given),
    stop: (...given) => ofContainers(t('Compose Stop'), given, (plan) => stop(workbench, plan)),
    restart: (...given) =>
      ofContainers(t('Compose Restart'), given, (plan) => up(workbench, plan, undefined, 'restart')),
    logs: (...given) =>
      ofContainers(t('Compose Logs'), given, ({ members }) => {
        const { command, arguments: args = [] } = viewLogs(members.map(({ id }) => id));
        return vscode.commands.executeCommand(command, ...args.map(vouch));
      }),
    openFile: (...given) =>
      each(t('Open Compose File'), 'files', given, async ({ name = '', isHere, told = [] }) => {
        if (!isHere) throw failed(filesElsewhere(name, told));
        for (const file of told)
          await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
        return { files: told };
      }),
    down: (...given) =>
      each(t('Compose Down'), 'containers', given, async (target, request, argument) => {
        const plan = await planOfContainers(workbench, t('Compose Down'), target, {}, false);
        if (!plan) return undefined;
        const loss = await lossOf(workbench, plan.members, plan.name);
        if (!lossWords({ ...loss, volumes: [] })) throw failed(notUp(plan.name, target.told));
        const volumes = await agreeToLoss(
          workbench,
          loss,
          plan.members,
          request,
          isAgreed(argument) && !(argument instanceof vscode.Uri),
        );
        if (volumes === undefined) return undefined;
        return down(workbench, plan, volumes, { ...loss, volumes: volumes ? loss.volumes : [] });
      }),
  };
  for (const [name, handler] of Object.entries(handlers))
    workbench.command(`wheelhouse.compose.${name}`, handler);
  for (const kind of composeTasks(workbench)) workbench.task(kind);
  return createWaiting(workbench);
}

function requestOf(argument: unknown): ComposeRequest {
  // A service's own node.
  if (isNode(argument)) {
    const { services, profiles } = (argument.value ?? {}) as Partial<ComposeFileValue>;
    return services ? { services, profiles } : {};
  }
  const isPlain =
    typeof argument === 'object' &&
    argument !== null &&
    !(argument instanceof vscode.Uri) &&
    !('context' in argument);
  return isPlain ? (argument as ComposeRequest) : {};
}

/**
 * Compose mounts what its files say. Those of labels, which anybody may have written, and those of a link are asked about;
 * what was picked here, or lies in this trusted workspace, is not.
 */
async function mayRun({ told = [], files = [], name, isHere }: Target, argument: unknown): Promise<boolean> {
  if (!isHere) return true;
  const paths = told.length ? told : files;
  const isOurs = argument instanceof vscode.Uri || isVouched(argument);
  const isInside = paths.every((file) => vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)));
  if (isOurs && (isInside || name === undefined)) return true;
  const detail = t(
    '{0}\n\nThey say which images run and which folders of this machine these see.',
    listNames(paths),
  );
  return confirm(t('Use these Compose files?'), detail, t('Use'));
}

/** Whether volumes go too; nothing where the person leaves. */
async function agreeToLoss(
  workbench: Workbench,
  loss: Loss,
  members: readonly Member[],
  { volumes: asked }: ComposeRequest,
  agreed: boolean,
): Promise<boolean | undefined> {
  if (agreed) return asked === true;
  const unnamed = unnamedVolumes(members).filter((name) => !loss.volumes.includes(name));
  const all = [...loss.volumes, ...unnamed];
  let volumes = all.length > 0 && asked === true;
  if (all.length && asked === undefined) {
    const answers = await ask(t('Compose Down'), [
      async () => ({
        key: 'volumes',
        kind: 'pick-many',
        title: t('Also Remove'),
        choices: [
          {
            label: all.length === 1 ? t('1 volume') : t('{0} volumes', all.length),
            description: await sizeWords(workbench, all),
            detail: listNames(all.map((name) => (unnamed.includes(name) ? name.slice(0, 12) : name))),
            value: 'volumes',
          },
        ],
      }),
    ]);
    if (!answers) return undefined;
    volumes = [answers.volumes ?? []].flat().includes('volumes');
  }
  const goes = lossWords({ ...loss, volumes: volumes ? all : [] });
  const names = [...loss.containers, ...loss.networks, ...(volumes ? loss.volumes : [])];
  const detail = [
    listNames(names),
    volumes
      ? t('What is in the volumes is lost, and what the containers wrote outside of them.')
      : t('What the containers wrote outside of their mounts is lost; volumes stay.'),
  ].join('\n\n');
  const yes = await confirm(t('Remove {0}: {1}?', loss.project, goes), detail, t('Remove'));
  return yes ? volumes : undefined;
}

async function sizeWords(workbench: Workbench, names: readonly string[]): Promise<string | undefined> {
  const sizes = await sizesInAMoment(workbench);
  const known = names.flatMap((name) => sizes?.get(name) ?? []);
  return known.length ? formatBytes(known.reduce((sum, bytes) => sum + bytes, 0)) : undefined;
}
