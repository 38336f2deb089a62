// A port of this machine that is taken: another one is asked for, and nothing else that was chosen before is lost.
import { createServer } from 'node:net';
import * as l10n from '@vscode/l10n';
import { listContainers, type Published, type RunOptions } from '../runtime/container-commands.ts';
import type { Action, Failure } from '../runtime/failures.ts';
import { ask } from '../ui/pickers.ts';
import type { Workbench } from '../ui/workbench.ts';
import { requireImage } from './failures.ts';
import { recreateCommand, recreating } from './recreate.ts';
import { agreeOnRun, type RunPlan } from './run-questions.ts';

/** Typed variables may be secret, and a failure with all that its button holds is told to others. */
const plans = new WeakMap<object, RunPlan>();

/** With a button that asks for another port, where it is known which one of the plan it is for. */
export function offeringPort(failure: Failure, plan: RunPlan): Failure {
  const port = Number(/\d+/.exec(failure.message)?.[0] ?? plan.ports?.[0]?.host);
  if (failure.id !== 'port-taken' || !isPublished(plan, port)) return failure;
  const request = { image: plan.image, port };
  plans.set(request, plan);
  const action: Action = {
    label: l10n.t('Choose Another Port…'),
    command: 'wheelhouse.images.choosePort',
    arguments: [request],
  };
  return { ...failure, action };
}

const isPublished = ({ ports = [] }: RunPlan, port: number) => ports.some(({ host }) => host === port);

type Request = { readonly container?: unknown; readonly image?: unknown; readonly port?: unknown };
export type PortRuns = {
  readonly run: (plan: RunPlan) => Promise<unknown>;
  /** With all questions. */
  readonly ask: (image: string) => Promise<unknown>;
};

/** Of a run that failed, or of a container that is there, which is made anew then. */
export async function choosePort(workbench: Workbench, argument: unknown, { run, ask }: PortRuns) {
  const { container, image, port } = (argument ?? {}) as Request;
  const taken = Number(port);
  if (typeof container === 'string')
    return recreateCommand(workbench, { container: requireImage(container) }, (plan) =>
      // One that is published in a way of its own stands in the form.
      isPublished(plan, taken)
        ? withOther(workbench, l10n.t('Recreate Container'), plan, taken)
        : agreeOnRun(workbench, plan, { wording: recreating() }),
    );
  const plan = plans.get(argument as object);
  if (!plan) return typeof image === 'string' ? ask(requireImage(image)) : undefined;
  const other = await withOther(workbench, l10n.t('Run Container'), plan, taken);
  return other && run(other);
}

async function withOther<P extends RunPlan>(
  workbench: Workbench,
  title: string,
  plan: P,
  taken: number,
): Promise<P | undefined> {
  const { ports = [] } = plan;
  const inside = ports.find(({ host }) => host === taken)?.container ?? taken;
  const value = `${await freePort(workbench, taken, ports)}`;
  const answers = await ask(title, [
    () => ({
      key: 'port',
      kind: 'input',
      title: l10n.t('Port'),
      prompt: l10n.t('Port of this machine for port {0} of the container, in place of {1}', inside, taken),
      value,
      check: (text) => checkPort(text.trim(), ports),
    }),
  ]);
  if (!answers) return undefined;
  const host = Number(answers.port);
  return { ...plan, ports: ports.map((each) => (each.host === taken ? { ...each, host } : each)) };
}

function checkPort(text: string, ports: RunOptions['ports'] = []): string | undefined {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) return l10n.t('A port is a number from 1 to 65535.');
  return ports.some(({ host }) => host === port)
    ? l10n.t('Port {0} is asked for by this container already.', port)
    : undefined;
}

/** Those of the system are left alone. */
const first = (taken: number) => (taken < 1024 ? taken + 8000 : taken + 1);
const mostTried = 100;

/** The next one that neither this machine nor a container of the engine holds, which may be another machine. */
async function freePort(workbench: Workbench, taken: number, own: readonly Published[]): Promise<number> {
  const list = await listContainers(await workbench.engine.get());
  const step = l10n.t('Looking for a free port');
  const all = await workbench.run(list, { step, tool: 'engine' }).catch(() => []);
  const held = new Set([
    ...all.flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)),
    ...own.map(({ host }) => host),
  ]);
  for (let port = first(taken); port < Math.min(first(taken) + mostTried, 65_536); port++)
    if (!held.has(port) && (await canListen(port))) return port;
  return first(taken);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
