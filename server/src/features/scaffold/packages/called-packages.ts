import { broughtPackages } from '../../../data/brought-packages.ts';
import { type CalledEngine, calledEngines } from '../../../data/called-engines.ts';
import { type Requirement, readRequirement } from '../../../facts/requirements.ts';
import type { ImageFacts } from '../project.ts';
import { serverBeside } from '../servers/added-server.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { driversBeside } from './database-drivers.ts';
import { broughtBeside } from './unlisted-imports.ts';
import { leavesIn } from './wheels-for-pythons.ts';

/** Packages without which calls of the programs end, as no list names one that they take. */
function enginesBeside(facts: ImageFacts, start: Start, server: readonly Requirement[]): string[] {
  const { dependencies, context, packages } = facts;
  if (dependencies.source === 'setup' || context.project?.isDynamic || dependencies.hasRepositories)
    return [];
  const programs = programsOfStart(facts, start).map(({ text }) => text);
  const more = [...server, ...(dependencies.held ?? [])];
  const there = installed(facts, more);
  const all = [...dependencies.asked, ...more];
  const found: string[] = [...driversBeside(facts, start), ...broughtBeside(facts, start)];
  for (const { name } of found.flatMap((one) => readRequirement(one) ?? [])) there.add(name);
  for (const { of, before, calls, any } of calledEngines) {
    if (any.some((one) => there.has(nameOf(one)) || isLocked(facts, nameOf(one)))) continue;
    const bounded = before === undefined ? [] : all.filter(({ name }) => name === of);
    if (before !== undefined && (bounded.length === 0 || bounded.some((one) => leavesIn(before, one))))
      continue;
    const texts = of === 'django' ? ownTexts(facts) : programs;
    if (!texts.some((text) => isCalled(text, of, calls))) continue;
    for (const one of any[0]?.split('&') ?? []) {
      const isBound = one.includes('<') && all.some(({ name }) => name === nameOf(one));
      if (!isBound && (there.has(nameOf(one)) || packages.has(nameOf(one)))) continue;
      if (all.some(({ name, exact }) => name === nameOf(one) && exact !== undefined)) continue;
      found.push(one);
      there.add(nameOf(one));
    }
  }
  return [...new Set(found)];
}

const nameOf = (word: string) => word.split(/[[<&]/, 1)[0] ?? '';

/** The applications of Django are found by their names alone. */
const ownTexts = ({ texts }: ImageFacts): string[] =>
  [...texts].flatMap(([path, text]) =>
    path.endsWith('.py') && !besideProgram.test(path) ? withoutComments(code(text)) : [],
  );

/** Whether a program calls it, other than to try whether it is there. */
function isCalled(text: string, of: string, calls: CalledEngine['calls']): boolean {
  if (!text.includes(of)) return false;
  const plain = text.replaceAll("'", '"');
  return calls.some((call) => {
    if (typeof call !== 'string') return call.test(text);
    const at = plain.indexOf(call);
    return at >= 0 && !/\btry:\s*$/.test(plain.slice(0, plain.lastIndexOf('\n', at) + 1).slice(-60));
  });
}

/** The names of all that is installed, as far as it is known what brings what. */
function installed({ packages, dependencies }: ImageFacts, more: readonly Requirement[]): Set<string> {
  const extras = [...dependencies.asked, ...more].flatMap((one) =>
    one.extras.map((extra) => `${one.name}[${extra}]`),
  );
  const all = new Set([...packages, ...more.map(({ name }) => name), ...extras]);
  for (const one of all) for (const other of broughtPackages.get(one) ?? []) all.add(other);
  return all;
}

/** A lock file may be too large to be read as text. */
function isLocked({ dependencies, texts }: ImageFacts, name: string): boolean {
  if (!/^(?:poetry|pipenv)$/.test(dependencies.source)) return false;
  const lock = texts.get(dependencies.files[0] ?? '');
  return lock === undefined || lock.includes(`"${name}"`);
}

/** An image with the server that its start needs among what is installed, and with what its programs call. */
export function withServer(facts: ImageFacts, start: Start): ImageFacts {
  const server = [serverBeside(facts, start) ?? ''].flatMap((one) => readRequirement(one) ?? []);
  const called = enginesBeside(facts, start, server).flatMap((one) => readRequirement(one) ?? []);
  const found = [...server, ...called];
  const { dependencies } = facts;
  return found.length > 0
    ? {
        ...facts,
        called: called.map(({ name }) => name),
        dependencies: { ...dependencies, held: [...(dependencies.held ?? []), ...found] },
      }
    : facts;
}

/** That packages are installed which the programs call and no list names, in a sentence. */
export function enginesNote({ dependencies, called = [] }: ImageFacts): string | undefined {
  const isOne = called.length === 1;
  const list = dependencies.files[0];
  const names = called.join(', ');
  if (called.length === 0) return undefined;
  return list === undefined
    ? `${names}, which the programs call for, ${isOne ? 'is' : 'are'} installed beside what they import.`
    : `${names}, which the programs call for and ${list} does not name, ${isOne ? 'is' : 'are'} installed beside that.`;
}
