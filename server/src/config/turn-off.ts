import { isMap, isScalar, isSeq, type Pair } from 'yaml';
import { readYaml } from '../syntax/yaml.ts';
import { lineEnding } from '../text/edit.ts';
import { readHadolintYaml } from './hadolint-yaml.ts';

/**
 * The text of a `.hadolint.yaml` with one more id in `ignored`, all else as it stands; undefined where the file would not turn
 * the rule off then.
 */
export function withIgnored(text: string, id: string): string | undefined {
  const made = insertInto(text, id);
  if (made === undefined) return undefined;
  const [before, after] = [readHadolintYaml(text), readHadolintYaml(made)];
  const isOff = after.configuration.levels.get(id) === 'off';
  return isOff && after.problems.length <= before.problems.length ? made : undefined;
}

function insertInto(text: string, id: string): string | undefined {
  const { document, fault } = readYaml(text, false);
  const newline = lineEnding(text);
  const at = (place: number, inserted: string) => text.slice(0, place) + inserted + text.slice(place);
  const asKey = () =>
    `${text}${text && !text.endsWith('\n') ? newline : ''}ignored:${newline}  - ${id}${newline}`;
  if (fault?.isSyntax) return undefined;
  const contents = document?.contents;
  if (!contents || (isScalar(contents) && contents.value === null)) return asKey();
  if (!isMap(contents) || contents.flow) return undefined;
  const pair = (contents.items as Pair[]).find(({ key }) => isScalar(key) && key.value === 'ignored');
  if (!pair) return asKey();
  const { key, value } = pair;
  if (!value || (isScalar(value) && value.value === null)) {
    const colon = isScalar(key) && key.range ? text.indexOf(':', key.range[1]) : -1;
    return colon < 0 ? undefined : at(colon + 1, `${newline}  - ${id}`);
  }
  if (!isSeq(value) || !value.range) return undefined;
  const last = value.items.at(-1);
  const [start, end] = (isScalar(last) && last.range) || [];
  if (value.flow) return end === undefined ? at(value.range[0] + 1, id) : at(end, `, ${id}`);
  if (start === undefined || end === undefined) return undefined;
  const line = text.lastIndexOf('\n', start) + 1;
  const rest = text.slice(end).search(/\r?\n|$/);
  return at(end + rest, `${newline}${text.slice(line, start)}${id}`);
}
