// What is left open of a request is asked: profiles where the files have some, and services where there are several.
import path from 'node:path';
import { t } from '@vscode/l10n';
import { composeMembers, type Member } from '../engine/compose-members.ts';
import {
  type Compose,
  type ComposeConfig,
  type ComposeProject,
  listProfiles,
  readConfig,
  type Service,
} from '../runtime/compose-commands.ts';
import type { Command } from '../runtime/exec.ts';
import { failed } from '../runtime/failures.ts';
import { ask, type Question } from '../ui/pickers.ts';
import { listNames } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { filesElsewhere, notUp } from './failures.ts';
import { findCompose } from './find.ts';
import type { ComposeRequest, Target } from './locate.ts';
import { serviceOf } from './model.ts';
import { composePatterns } from './patterns.ts';
import type { Plan } from './work.ts';

const rememberedProfiles = 'compose.profiles';

export type FilePlan = Plan & { readonly config: ComposeConfig };

/** For what Compose makes from files. Nothing where the person leaves. */
export async function planOfFiles(
  workbench: Workbench,
  title: string,
  target: Target,
  request: ComposeRequest,
): Promise<FilePlan | undefined> {
  if (!target.isHere) throw failed(filesElsewhere(target.name ?? '', target.told ?? []));
  const compose = await findCompose(workbench);
  const read = reading(workbench, target);
  const key = target.folder ?? '';
  const remembered = workbench.memory.get<Readonly<Record<string, readonly string[]>>>(
    rememberedProfiles,
    {},
  );
  let config: ComposeConfig | undefined;
  const readFor = async (profiles: readonly string[]) => {
    config = await read(readConfig(compose, target, profiles));
    return config.services;
  };
  const { services: asked, profiles: wanted } = request;
  const answers =
    asked || wanted
      ? { profiles: wanted ?? [] }
      : await ask(title, [
          async () => {
            const profiles = compose.full ? await read(listProfiles(compose, target)) : [];
            if (!profiles.length) return undefined;
            const { services } = await read(readConfig(compose, target, profiles));
            return profileQuestion(profiles, services, remembered[key] ?? []);
          },
          async ({ profiles }) => serviceQuestion(await readFor([profiles ?? []].flat())),
        ]);
  if (!answers) return undefined;
  const profiles = [answers.profiles ?? []].flat();
  if (!asked && !wanted && String(profiles) !== String(remembered[key] ?? []))
    await workbench.memory.update(rememberedProfiles, { ...remembered, [key]: profiles });
  if (!config) await readFor(profiles);
  const all = config?.services.map(({ name }) => name) ?? [];
  const services = answers.services === undefined ? (asked ?? []) : chosen(answers.services, all);
  if (!services) return undefined;
  const name = target.name ?? config?.name;
  return {
    compose,
    project: target,
    config: config ?? { services: [] },
    name: name ?? path.basename(target.folder ?? ''),
    isOurs: ours(name, target),
    profiles,
    services,
    request: requestOf(target),
  };
}

/** For what is done with the containers that there are. */
export async function planOfContainers(
  workbench: Workbench,
  title: string,
  target: Target,
  request: ComposeRequest,
  asks: boolean,
): Promise<(Plan & { readonly members: readonly Member[] }) | undefined> {
  const compose = await findCompose(workbench);
  const name = target.name ?? (await nameOf(workbench, compose, target));
  const isOurs = ours(name, target);
  const members = (target.members ?? (await composeMembers(workbench))).filter(isOurs);
  const [first] = members;
  const shown = name ?? first?.compose.project ?? path.basename(target.folder ?? '');
  if (!first && asks) throw failed(notUp(shown, target.told));
  const named = { name: first?.compose.project ?? name };
  if (!compose.full && !target.isHere) throw failed(filesElsewhere(shown, target.told ?? []));
  const all = [...new Set(members.map(serviceOf))].toSorted();
  const question = asks && !request.services ? serviceQuestion(all.map(asService)) : undefined;
  const answers = question && (await ask(title, [() => question]));
  const services = question ? answers && chosen(answers.services ?? [], all) : (request.services ?? []);
  if (!services) return undefined;
  return {
    compose,
    // By its name alone it is what the engine has, whatever has become of its files.
    project: compose.full ? named : { ...target, ...named },
    name: shown,
    isOurs,
    services,
    members: services.length ? members.filter((member) => services.includes(serviceOf(member))) : members,
    request: requestOf(target),
  };
}

const asService = (name: string): Service => ({ name, built: false, profiles: [] });

const requestOf = ({ name, told }: Target): ComposeRequest =>
  name === undefined ? { files: told } : { project: name };

function ours(name: string | undefined, { folder }: ComposeProject): Plan['isOurs'] {
  return ({ compose }) => (name === undefined ? compose.folder === folder : compose.project === name);
}

/** Of files that cannot be read any more there may be containers all the same. */
async function nameOf(workbench: Workbench, compose: Compose, target: Target): Promise<string | undefined> {
  if (!compose.full) return undefined;
  return reading(
    workbench,
    target,
  )(readConfig(compose, target, [])).then(
    ({ name }) => name,
    () => undefined,
  );
}

export function reading(workbench: Workbench, { folder }: ComposeProject) {
  const facts = { step: t('Reading the Compose file'), tool: 'engine', patterns: composePatterns } as const;
  return <T>(command: Command<T>) => workbench.run(command, { ...facts, cwd: folder });
}

/** Each with what it adds to the services that are there without any. */
function profileQuestion(
  profiles: readonly string[],
  services: readonly Service[],
  values: readonly string[],
): Question {
  const named = (some: readonly Service[]) => listNames(some.map(({ name }) => name));
  const choices = profiles.map((profile) => ({
    label: profile,
    description: t('adds {0}', named(services.filter((service) => service.profiles.includes(profile)))),
    value: profile,
  }));
  const always = services.filter((service) => !service.profiles.length);
  const placeholder = always.length
    ? t('With none of them: {0}.', named(always))
    : t('With none of them there is no service.');
  return { key: 'profiles', kind: 'pick-many', title: t('Profiles'), placeholder, choices, values };
}

function serviceQuestion(services: readonly Service[]): Question | undefined {
  if (services.length < 2) return undefined;
  const choices = services.map(({ name, image, built, profiles }) => ({
    label: name,
    description: [built ? t('built here') : image, ...profiles].filter(Boolean).join(' · ') || undefined,
    value: name,
  }));
  const values = services.map(({ name }) => name);
  return { key: 'services', kind: 'pick-many', title: t('Services'), choices, values };
}

/** Empty for the whole project; nothing where none was picked. */
function chosen(picked: string | readonly string[], all: readonly string[]): readonly string[] | undefined {
  const names = [picked].flat();
  if (!names.length) return undefined;
  return names.length === all.length && all.every((name) => names.includes(name)) ? [] : names;
}
