import { t } from '@vscode/l10n';
import { failed } from '../runtime/failures.ts';
import { logoutRegistry } from '../runtime/registry-commands.ts';
import { registryHost } from '../runtime/registry-host.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { registerHandlers } from '../ui/handlers.ts';
import { ask } from '../ui/pickers.ts';
import { quietJob } from '../ui/quiet-job.ts';
import { isNode, type Tree } from '../ui/tree.ts';
import { agreed, isVouched } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { type LoginAction, loginActions } from './actions.ts';
import { nothingToLogOut, stillLoggedIn } from './failures.ts';
import { type LoginRequest, logIn } from './login.ts';
import { stateWords } from './model.ts';
import { pinImages } from './pin.ts';
import { forgetSecret, isRegistrySecret, loadRegistries, readEngineLogins } from './store.ts';
import { registerTags } from './tags.ts';
import { loadRegistryNodes, type RegistryValue } from './tree.ts';

const viewId = 'wheelhouse.registries';

export function registerRegistries(workbench: Workbench, askServer: AskServer): void {
  workbench.command('wheelhouse.registries.pinImages', (argument) =>
    pinImages(workbench, askServer, argument),
  );
  const tree: Tree = workbench.tree(viewId, ['registry'], () =>
    loadRegistryNodes(workbench, (changes) => tree.patch(changes)),
  );
  registerTags(workbench, tree);
  registerHandlers<LoginAction>(workbench, loginActions, tree, {
    async login(argument) {
      const request = requestOf(argument);
      return (await agreedToLogin(argument, request)) ? logIn(workbench, request) : undefined;
    },
    async logout(argument) {
      const { registry } = requestOf(argument);
      return (await agreedToLogout(argument, registry)) ? logOut(workbench, registry) : undefined;
    },
  });
  workbench.command('wheelhouse.registries.refresh', () => workbench.changed('registry'));
  workbench.own(
    // Another window may have logged in or out.
    workbench.secrets.onDidChange(({ key }) => {
      if (isRegistrySecret(key)) workbench.changed('registry');
    }),
  );
}

/** A registry that something else than our own views names may be one that collects tokens. */
function agreedToLogin(argument: unknown, { registry, username }: LoginRequest): Promise<boolean> {
  if (registry === undefined && username === undefined) return Promise.resolve(true);
  const question = t('Log in to {0}?', registry ?? username ?? '');
  const detail = t(
    'This was not asked for in a view of Wheelhouse. The registry gets the token that you type.',
  );
  return agreed(argument, question, detail, t('Log In'));
}

function agreedToLogout(argument: unknown, registry: string | undefined): Promise<boolean> {
  if (registry === undefined) return Promise.resolve(true);
  const detail = t('This was not asked for in a view of Wheelhouse.');
  return agreed(argument, t('Log out of {0}?', registry), detail, t('Log Out'));
}

function requestOf(argument: unknown): LoginRequest {
  const given = (isNode(argument) ? argument.value : argument) as
    | Partial<RegistryValue & LoginRequest>
    | undefined;
  return {
    registry: typeof given?.registry === 'string' ? given.registry : undefined,
    username: typeof given?.username === 'string' ? given.username : undefined,
    suggested: typeof given?.suggested === 'string' ? given.suggested : undefined,
    // Of nobody else than a button of ours, as it runs without a question.
    next: isVouched(argument) ? given?.next : undefined,
  };
}

async function logOut(
  workbench: Workbench,
  given: string | undefined,
): Promise<{ registry: string } | undefined> {
  const registry = given === undefined ? await chooseLogin(workbench) : registryHost(given);
  if (registry === undefined) return undefined;
  return quietJob(workbench, viewId, {
    kind: 'registries.logout',
    title: t('Log out of {0}', registry),
    async work() {
      // First of all, and without an engine too: what is ours to keep is ours to forget.
      await forgetSecret(workbench, registry);
      try {
        const keeps = async () =>
          (await readEngineLogins(workbench)).some(({ host, helper }) => host === registry && !helper);
        if (!(await keeps())) throw failed(nothingToLogOut(registry));
        const facts = { step: t('The logout from {0}', registry), tool: 'engine', registry } as const;
        await workbench.run(await logoutRegistry(await workbench.engine.get(), registry), facts);
        if (await keeps()) throw failed(stillLoggedIn(registry));
        return { value: { registry }, message: t('Logged out of {0}.', registry) };
      } finally {
        workbench.changed('registry');
      }
    },
  });
}

async function chooseLogin(workbench: Workbench): Promise<string | undefined> {
  const logins = (await loadRegistries(workbench)).filter(({ state }) => state === 'logged-in');
  if (!logins.length) throw failed(nothingToLogOut());
  if (logins.length === 1) return logins[0]?.host;
  const choices = logins.map((registry) => ({
    label: registry.host,
    description: stateWords(registry),
    value: registry.host,
  }));
  const answers = await ask(t('Log Out'), [
    () => ({ key: 'registry', kind: 'pick', title: t('Registry'), choices }),
  ]);
  return answers && String(answers.registry);
}
