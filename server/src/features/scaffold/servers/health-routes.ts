import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import type { Application } from '../sources/applications.ts';
import { code } from '../sources/modules.ts';
import { reachOf } from '../sources/reach.ts';

/** A route by the names that are usual for whether a service is well. */
const route =
  /^[ \t]*@(\w+)\.(?:get|route|api_route)\(\s*(?:path\s*=\s*)?["']((?:\/[\w-]+){0,3}\/(?:health(?:[-_]?check)?|healthz|livez?|liveness|alive|readyz?|ready|readiness|ping|status|heartbeat))\/?["']/gm;

/** So many lines of a call are read. */
const mostLines = 20;

/** Where a service says that it is well; undefined where no such route is known for certain. */
export function healthOf(facts: ProjectFacts, application: Application): string | undefined {
  const { tree, direct, files } = facts;
  const { path, variable, isFactory } = application;
  const text = code(tree.texts.get(path) ?? '');
  const own = [...text.matchAll(route)].find(([, name]) => isFactory || name === variable);
  if (own?.[2] !== undefined && isOfApplication(own[1] ?? '', variable, text)) return own[2];
  const reached = [...reachOf(path, tree, files.isLeftOut).files].map((file) => ({
    file,
    text: file === path ? text : code(tree.texts.get(file) ?? ''),
  }));
  const all = reached.map((one) => one.text).join('\n');
  for (const one of reached)
    for (const [, name = '', below = ''] of one.text.matchAll(route)) {
      const prefix = prefixOf(name, one.text, nameOf(one.file).replace(/\.py$/, ''), all);
      if (prefix !== undefined) return `${prefix}${below}`;
    }
  const isHidden = [...tree.texts.values()].some((one) => /\bopenapi_url\b|\broot_path\b/.test(one));
  return direct.has('fastapi') && !isHidden && /\bFastAPI\(/.test(text) ? '/openapi.json' : undefined;
}

/** In a factory a name may be that of a part. */
const isOfApplication = (name: string, variable: string, text: string) =>
  name === variable || !partsOf(text).has(name);

/**
 * What stands before the routes of an APIRouter or a Blueprint: its own prefix, where it is taken in once, without another
 * one (FastAPI documentation, "Bigger Applications"; Flask, "Modular Applications with Blueprints").
 */
function prefixOf(name: string, text: string, module: string, all: string): string | undefined {
  const made = partsOf(text).get(name);
  if (made === undefined) return undefined;
  const takes = all
    .split(/\b(?:include_router|register_blueprint)\(/)
    .slice(1)
    .map((part) => (part.split(')', 1)[0] ?? '').trim());
  const isThis = (said: string) => {
    const taken = (said.split(',', 1)[0] ?? '').trim().split('.');
    return taken.length > 1 ? taken.at(-2) === module && taken.at(-1) === name : taken[0] === name;
  };
  const [only, ...others] = takes.filter(isThis);
  // One that is taken into another one has the prefix of that as well.
  const takers = [...all.matchAll(/\b(\w+)\.(?:include_router|register_blueprint)\(/g)].map(
    ([, taker = '']) => taker,
  );
  const parts = partsOf(all);
  const isNested = takers.some((taker) => parts.has(taker));
  if (only === undefined || others.length > 0 || isNested || /prefix\s*=|\*/.test(only)) return undefined;
  const said = /\b(?:url_)?prefix\s*=\s*(?:["']([\w/-]*)["'])?/.exec(made);
  return said ? said[1] : '';
}

/** The parts of an application that a text makes, by their names, with what they are made with. */
const partsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line, at, lines) => {
      const equals = line.indexOf('=');
      const name = /^\w+/.exec(line.slice(0, equals).trim())?.[0];
      const value = line.slice(equals + 1).trimStart();
      if (equals < 0 || name === undefined || !/^(?:APIRouter|Blueprint)\(/.test(value)) return [];
      const call = [value, ...lines.slice(at + 1, at + mostLines)].join('\n');
      return [[name, call.slice(call.indexOf('(') + 1).split(')', 1)[0] ?? '']];
    }),
  );
