import { admitsPython } from './version-specifiers.ts';

/** What markers of CPython on Linux and x86-64 are compared with (PEP 508, "Environment Markers"). */
const onLinux: Readonly<Record<string, string>> = {
  sys_platform: 'linux',
  platform_system: 'Linux',
  os_name: 'posix',
  platform_machine: 'x86_64',
  implementation_name: 'cpython',
  platform_python_implementation: 'CPython',
};
const token = /"[^"]*"|'[^']*'|[()]|[<>=!~]+|[\w.]+/g;

const mostWords = 200;

/** Whether a requirement with a marker may count on Linux, of a Python such as `3.12` where one is given; what is not understood may. */
export function mayHold(marker: string, python?: string): boolean {
  const words = marker.match(token) ?? [];
  // No marker of a person is as long, and parentheses are read one within the other.
  if (words.length === 0 || words.length > mostWords) return true;
  let at = 0;
  const next = () => words[at++] ?? '';
  const joined = (word: string, part: () => boolean): boolean => {
    const all = [part()];
    while (words[at] === word) {
      at++;
      all.push(part());
    }
    return word === 'or' ? all.some(Boolean) : all.every(Boolean);
  };
  const either = (): boolean => joined('or', () => joined('and', one));
  const one = (): boolean => {
    if (words[at] !== '(') {
      const [left, operator] = [next(), next()];
      return holds(left, operator === 'not' ? `not ${next()}` : operator, next(), python);
    }
    at++;
    const found = either();
    at++;
    return found;
  };
  return either();
}

function holds(left: string, operator: string, right: string, python: string | undefined): boolean {
  const isSwapped = /^["']/.test(left);
  const [name, value] = (isSwapped ? [right, left] : [left, right]).map((word) =>
    word.replace(/^["']|["']$/g, ''),
  );
  if (name === undefined || value === undefined) return true;
  if (name === 'python_version') {
    const minor = Number(python?.split('.')[1]);
    if (python === undefined || isSwapped || !/^[<>=!~]/.test(operator)) return true;
    return operator === '>'
      ? newer(python, value)
      : admitsPython(operator + value, { major: 3, minor }) !== false;
  }
  const here = Object.hasOwn(onLinux, name) ? onLinux[name] : undefined;
  if (here === undefined) return true;
  if (operator === '==' || operator === '===') return here === value;
  if (operator === '!=') return here !== value;
  const isIn = isSwapped ? here.includes(value) : value.includes(here);
  return operator === 'in' ? isIn : operator === 'not in' ? !isIn : true;
}

const newer = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) > 0;
