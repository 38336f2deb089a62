import type { KnownProject } from '../known-project.ts';
import type { ReleaseLimit } from '../releases/releases.ts';
import type { Dependencies } from './dependencies.ts';

/** The first release of Spark that runs on Java 17, and the month that it came in (Spark 3.3.0, "Overview" and release notes). */
const first = { release: '3.3', month: '2022-06' };

/** Why PySpark cannot run on the Java of the image, in a sentence: Debian 12 has Java 17 alone. */
export function javaFault(
  { context, dependencies }: KnownProject & { readonly dependencies: Dependencies },
  limit: ReleaseLimit | null,
): string | undefined {
  const { asked, locked = [], source } = dependencies;
  const spark = asked.find(({ name }) => name === 'pyspark');
  const held =
    source === 'lock'
      ? context.lock?.packages.find(({ name }) => name === 'pyspark')?.version
      : (locked.find(({ name }) => name === 'pyspark') ?? spark)?.exact;
  const said = held === undefined ? (spark?.specifier ?? '') : `==${held}`;
  const [, sign, most = ''] = /(<|[<=~]=) *(\d+\.\d+)/.exec(said) ?? [];
  const isOld =
    most === ''
      ? spark !== undefined && limit !== null && limit.date < first.month
      : isBefore(most, first.release) || (sign === '<' && most === first.release);
  return isOld
    ? `pyspark ${most === '' ? `of ${limit?.date}` : (held ?? said)} runs on Java 8 and 11, and Debian 12 has Java 17: take pyspark ${first.release} or newer, or write that Dockerfile by hand.`
    : undefined;
}

const isBefore = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) < 0;
