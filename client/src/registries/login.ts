import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Action, failed, failureOf } from '../runtime/failures.ts';
import { forgeRegistry } from '../runtime/git-remote.ts';
import { loginRegistry } from '../runtime/registry-commands.ts';
import { registryHost } from '../runtime/registry-host.ts';
import { brokenLoginFile, lastRegistry } from '../runtime/registry-logins.ts';
import { ask } from '../ui/pickers.ts';
import { vouch } from '../ui/vouched.ts';
import type { Workbench } from '../ui/workbench.ts';
import { originOf } from '../ui/workspace.ts';
import { brokenConfiguration, invalidLogin, loginPatterns, withTryAgain } from './failures.ts';
import { checkHost, checkUsername, offeredHosts, secretPrompt, stateWords } from './model.ts';
import { loadRegistries, remember, rememberedUsers } from './store.ts';

/** What may be given beforehand. The token never is: commands and their arguments are seen by others. */
export type LoginRequest = {
  readonly registry?: string;
  readonly username?: string;
  /** Stands in the box that asks for the user name. */
  readonly suggested?: string;
  /** What asked for the login, and goes on with it. */
  readonly next?: Action;
};
export type LoggedIn = { readonly registry: string; readonly username: string };

type Login = LoggedIn & { readonly secret: string };

export async function logIn(workbench: Workbench, request: LoginRequest): Promise<LoggedIn | undefined> {
  const complaint =
    (request.registry === undefined ? undefined : checkHost(request.registry)) ??
    (request.username === undefined ? undefined : checkUsername(request.username));
  if (complaint) throw failed(invalidLogin(complaint));
  const login = await askLogin(workbench, request);
  const made = login && (await performLogin(workbench, login, request.next));
  const { command, arguments: given = [] } = request.next ?? {};
  if (made && command) await vscode.commands.executeCommand(command, ...given.map(vouch));
  return made;
}

/** No registry is called so: what is typed is one. */
const another = 'another registry';

async function askLogin(workbench: Workbench, request: LoginRequest): Promise<Login | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const remote = folder && (await originOf(folder));
  const forge = remote && forgeRegistry(remote);
  const title = t('Log In');
  const answers = await ask(title, [
    async () => {
      if (request.registry !== undefined) return undefined;
      const known = await loadRegistries(workbench);
      const hosts = offeredHosts(forge, lastRegistry(workbench.globalMemory), known).map((host) => {
        const registry = known.find((registry) => registry.host === host);
        return { label: host, description: registry && stateWords(registry), value: host };
      });
      const choices = [...hosts, { label: t('Another Registry…'), value: another }];
      return {
        key: 'picked',
        kind: 'pick',
        title: t('Registry'),
        placeholder: t('Choose a registry, or type the address of another'),
        choices,
        typed(text) {
          if (checkHost(text) || hosts.some(({ value }) => value === text.trim())) return undefined;
          const host = registryHost(text);
          return { label: t('Log in to {0}', host), value: host };
        },
      };
    },
    ({ picked }) =>
      picked === another
        ? {
            key: 'typed',
            kind: 'input',
            title: t('Registry'),
            prompt: t('Host name of the registry'),
            placeholder: 'registry.example.org:5000',
            check: checkHost,
          }
        : undefined,
    (answers) => {
      const host = hostOf(answers, request);
      const owner = host === forge ? remote?.owner.split('/')[0] : undefined;
      return request.username !== undefined
        ? undefined
        : {
            key: 'username',
            kind: 'input',
            title: host,
            prompt: t('User name'),
            value: request.suggested ?? rememberedUsers(workbench)[host] ?? owner,
            check: checkUsername,
          };
    },
    (answers) => {
      const host = hostOf(answers, request);
      return {
        key: 'secret',
        kind: 'input',
        title: host,
        prompt: secretPrompt(host),
        secret: true,
        check: (text) => (text.trim() ? undefined : t('A login needs a token or a password.')),
      };
    },
  ]);
  return (
    answers && {
      registry: hostOf(answers, request),
      username: String(answers.username ?? request.username).trim(),
      // Copied tokens often bring a line end.
      secret: String(answers.secret).trim(),
    }
  );
}

function hostOf(answers: { readonly [key: string]: unknown }, { registry }: LoginRequest): string {
  return registryHost(String(registry ?? answers.typed ?? answers.picked));
}

function performLogin(
  workbench: Workbench,
  { registry, username, secret }: Login,
  next: Action | undefined,
): Promise<LoggedIn | undefined> {
  return workbench.job<LoggedIn>({
    kind: 'registries.login',
    title: t('Log in to {0}', registry),
    tab: t('{0}: log in', registry),
    async work(job) {
      const engine = await workbench.engine.get();
      const broken = await brokenLoginFile(engine.kind);
      if (broken) throw failed(brokenConfiguration(broken));
      try {
        await job.run(await loginRegistry(engine, registry, username), {
          step: t('The login to {0}', registry),
          tool: 'engine',
          registry,
          stdin: secret,
          patterns: loginPatterns,
        });
      } catch (error) {
        const failure = failureOf(error);
        throw failure && !job.signal.aborted
          ? failed(withTryAgain(failure, { registry, suggested: username, ...(next && { next }) }))
          : error;
      }
      await remember(workbench, registry, { username, secret });
      workbench.changed('registry');
      return { value: { registry, username }, message: t('Logged in to {0} as {1}.', registry, username) };
    },
  });
}
