// What comes into rows that are drawn, so that none of them moves.

const looks = ['label', 'description', 'tooltip', 'icon', 'color', 'context'] as const;

type Row<R> = Readonly<Partial<Record<(typeof looks)[number], string>>> & {
  readonly id: string;
  readonly children?: readonly R[] | (() => unknown);
};

/**
 * Brings rows that are drawn to what is told of them now, each in its place.
 * @returns those that look different now, or nothing where other rows are to be shown than those
 */
export function settle<R extends Row<R>>(rows: readonly R[], now: readonly R[]): readonly R[] | undefined {
  const byId = new Map(now.map((node) => [node.id, node]));
  if (byId.size !== rows.length || !rows.every(({ id }) => byId.has(id))) return undefined;
  return rows.flatMap((row) => {
    const { children, ...told } = byId.get(row.id) ?? row;
    const below =
      Array.isArray(row.children) && Array.isArray(children) ? settle(row.children, children) : undefined;
    const hasOthers = !below && typeof children !== 'function' && row.children !== children;
    const isOther = hasOthers || looks.some((what) => row[what] !== told[what]);
    Object.assign(row, told, below ? {} : { children });
    return [...(isOther ? [row] : []), ...(below ?? [])];
  });
}
