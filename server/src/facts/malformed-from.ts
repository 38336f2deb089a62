import type { From } from '../syntax/tree.ts';

/** Whether a FROM is neither `FROM image` nor `FROM image AS name`, so that which image was meant is not known. */
export function isMalformedFrom({ args }: From): boolean {
  return args.length >= 2 && !(args.length === 3 && /^as$/i.test(args[1]?.raw ?? ''));
}

/** The FROM that somebody probably meant, without its flags; undefined where several are as likely. */
export function meantFrom({ args }: From, as: string): string | undefined {
  const words = args.map(({ raw }) => raw);
  // `FROM python : 3.12` is one reference.
  const joined = words[1] === ':' ? [words[0], words.slice(1, 3).join(''), ...words.slice(3)] : words;
  const [image = '', second = '', ...rest] = joined;
  if (!/^[\w./:@${}-]+$/.test(image)) return undefined;
  const hasTag = /[:@$]/.test(image.replace(/^.*\//s, ''));
  const isTag = /^:?(?:\d[\w.-]*|v\d[\w.-]*|latest|slim|alpine)$/.test(second);
  const name = /^as$/i.test(rest[0] ?? '') ? rest.slice(1) : rest;
  if (isTag && !hasTag && name.length < 2 && isStageName(name[0] ?? 'a')) {
    const reference = `${image.toLowerCase()}:${second.replace(/^:/, '')}`;
    return name[0] === undefined ? reference : `${reference} ${as} ${name[0]}`;
  }
  if (rest.length === 0 && isStageName(second) && !/^as$/i.test(second)) return `${image} ${as} ${second}`;
  return rest.length === 1 && isStageName(rest[0] ?? '') ? `${image} ${as} ${rest[0]}` : undefined;
}

const isStageName = (text: string) => /^[A-Za-z][\w.-]*$/.test(text);
