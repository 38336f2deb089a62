import { t } from '@vscode/l10n';
import { inspectContext, type NewContext } from '../runtime/context-commands.ts';
import { failed } from '../runtime/failures.ts';
import { choose, type Kind } from '../ui/choose.ts';
import { copy } from '../ui/copy.ts';
import { type Given, registerHandlers } from '../ui/handlers.ts';
import { offer } from '../ui/jobs.ts';
import { ask, type Step } from '../ui/pickers.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { confirm } from '../ui/say.ts';
import { agreed, isAgreed } from '../ui/vouched.ts';
import { listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type ContextAction, contextActions } from './actions.ts';
import { create, release, remove, use } from './changes.ts';
import {
  badContext,
  contextGone,
  contextPatterns,
  contextStays,
  noContext,
  notReadable,
} from './failures.ts';
import { type Context, checkAddress, checkContextName, isRemovable, nameOf } from './model.ts';
import { showInStatusBar } from './status.ts';
import { choiceOf, contextNodes, loadContexts, programOf, reachWords, refOf } from './tree.ts';

export function registerContexts(workbench: Workbench): void {
  const tree = workbench.tree('wheelhouse.contexts', ['context'], contextNodes(workbench), {
    selectMany: true,
  });
  showInStatusBar(workbench);
  const kind: Kind<Context> = {
    key: 'name',
    title: t('Context'),
    load: () => loadContexts(workbench),
    refs: (context) => [refOf(context), context.label],
    choice: choiceOf,
    none: noContext,
    gone: contextGone,
  };
  const one = async (title: string, given: Given, fits?: (context: Context) => boolean) =>
    (await choose(kind, { title, fits }, ...tree.meant(...given)))?.[0];
  const handlers: Readonly<Record<ContextAction, (...given: Given) => Promise<unknown>>> = {
    async use(...given) {
      const context = await one(t('Use Context'), given);
      return context && useAsked(workbench, context, given[0]);
    },
    release: async () => release(workbench),
    async copyName(...given) {
      const wanted = { title: t('Copy Name of Context'), many: true };
      return copy((await choose(kind, wanted, ...tree.meant(...given)))?.map(({ label }) => label));
    },
    async inspect(...given) {
      const [context] =
        (await choose(
          kind,
          { title: t('Inspect Context'), fits: isReadable, unfit: notReadable },
          ...tree.meant(...given),
        )) ?? [];
      return context && inspect(workbench, context);
    },
    async remove(...given) {
      const wanted = { title: t('Remove Context'), many: true };
      const named = await choose(kind, wanted, ...tree.meant(...given));
      if (!named?.length) return undefined;
      const going = named.filter(isRemovable);
      const [kept] = named.filter((context) => !isRemovable(context));
      if (!going.length && kept) throw failed(contextStays(kept));
      return isAgreed(given[0]) || (await confirmRemoval(going)) ? remove(workbench, going) : undefined;
    },
  };
  registerHandlers(workbench, contextActions, tree, handlers);
  workbench.command('wheelhouse.contexts.choose', (...given) => chooseOne(workbench, kind, given));
  workbench.command('wheelhouse.contexts.create', (argument) => createCommand(workbench, argument));
  // Looks for the engine anew, and shows the contexts also where none answers.
  workbench.command('wheelhouse.contexts.refresh', () => {
    workbench.engine.forget();
    workbench.changed('context');
  });
}

const isReadable = ({ isKept, place }: Context) => isKept && place.kind === 'docker';
/** No ref of a context has two blanks. */
const machines = 'the  machine';

/** The picker of the status bar: all that can be used, and the way back to what the machine uses by itself. */
async function chooseOne(
  workbench: Workbench,
  kind: Kind<Context>,
  given: readonly unknown[],
): Promise<unknown> {
  const { name: named } = (given[0] ?? {}) as { name?: unknown };
  const all = await kind.load(true);
  if (!all.length) throw failed(noContext());
  const chosen = workbench.place() !== undefined;
  const back = {
    label: t('Choice of the Machine'),
    description: t('what the command line uses by itself'),
    value: machines,
  };
  const answers =
    typeof named === 'string'
      ? { ref: named }
      : await ask(t('Choose Context'), [
          () => ({
            key: 'ref',
            kind: 'pick',
            title: t('For This Workspace'),
            choices: [
              ...(chosen ? [back] : []),
              ...all.map((context) => ({ ...choiceOf(context), value: refOf(context) })),
            ],
          }),
        ]);
  if (!answers?.ref) return undefined;
  if (answers.ref === machines) return release(workbench);
  const context = all.find((each) => kind.refs(each).includes(String(answers.ref)));
  if (!context) throw failed(contextGone(String(answers.ref)));
  return useAsked(workbench, context, given[0]);
}

/** What is built and pushed goes to its engine, so nothing but a person leads there. */
async function useAsked(workbench: Workbench, context: Context, argument: unknown): Promise<unknown> {
  if (context.chosen) return { name: context.label };
  const question = t('Use the context {0} in this workspace?', context.label);
  return (await agreed(argument, question, reachWords(context), t('Use')))
    ? use(workbench, context)
    : undefined;
}

async function inspect(workbench: Workbench, { label }: Context): Promise<unknown> {
  const facts = { step: t('Inspecting {0}', label), tool: 'engine', patterns: contextPatterns } as const;
  const raw = await workbench.run(inspectContext(programOf('docker'), label), facts);
  await showRawJson(label, raw);
  return raw;
}

function confirmRemoval(contexts: readonly Context[]): Promise<boolean> {
  const [only, ...others] = contexts;
  const question = others.length
    ? t('Remove {0} contexts?', contexts.length)
    : t('Remove the context {0}?', only?.label ?? '');
  const detail = [
    listNames(contexts.map(reachWords)),
    t(
      'Its address goes, with the certificates that it holds, for all programs of this machine. The engine itself and what it has stay.',
    ),
  ];
  return confirm(question, detail.join('\n\n'), t('Remove'));
}

const steps = (given: Partial<Record<keyof NewContext, string>>): readonly Step[] => [
  () =>
    given.address === undefined
      ? {
          key: 'address',
          kind: 'input',
          title: t('Address'),
          prompt: t('Where the engine listens, as ssh://user@host or tcp://host:2376.'),
          value: 'ssh://',
          check: checkAddress,
        }
      : undefined,
  ({ address = given.address }) =>
    given.name === undefined
      ? {
          key: 'name',
          kind: 'input',
          title: t('Name'),
          prompt: t('Letters, digits, and _ . + - after the first.'),
          value: nameOf(String(address)),
          check: checkContextName,
        }
      : undefined,
  ({ address = given.address }) =>
    given.address === undefined && String(address).startsWith('tcp:')
      ? {
          key: 'certificates',
          kind: 'input',
          title: t('Certificates'),
          prompt: t('The folder with ca.pem, cert.pem and key.pem; nothing where the engine asks for none.'),
        }
      : undefined,
];

async function createCommand(workbench: Workbench, argument: unknown): Promise<unknown> {
  const given = Object.fromEntries(
    Object.entries((argument ?? {}) as object).filter(([, value]) => typeof value === 'string'),
  ) as Partial<Record<keyof NewContext, string>>;
  const answers = await ask(t('Create Context'), steps(given));
  if (!answers) return undefined;
  const { name = '', address = '', certificates, description } = { ...given, ...answers } as typeof given;
  const complaint = checkAddress(address) ?? checkContextName(name);
  if (complaint) throw failed(badContext(complaint));
  const question = t('Create the context {0}?', name);
  if (!(await agreed(argument, question, address, t('Create')))) return undefined;
  const made = await create(workbench, {
    name,
    address,
    description,
    certificates: certificates || undefined,
  });
  const use = {
    label: t('Use in This Workspace'),
    command: 'wheelhouse.contexts.use',
    arguments: [{ name }],
  };
  if (made) void offer('info', t('The context {0} was created.', name), [use]);
  return made;
}
