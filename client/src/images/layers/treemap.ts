// Where the rectangles of a treemap lie: each part as large as its share, as near to a square as it comes (Bruls, Huizing and
// van Wijk, "Squarified Treemaps").

export type Rectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** In percent of a picture of `width` and `height`; the sizes from the largest to the smallest. */
export function rectangles(sizes: readonly number[], width: number, height: number): readonly Rectangle[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (!total) return [];
  const areas = sizes.map((size) => (size / total) * width * height);
  const placed: Rectangle[] = [];
  let room = { left: 0, top: 0, width, height };
  for (let from = 0; from < areas.length; ) {
    const side = Math.min(room.width, room.height);
    let to = from + 1;
    while (to < areas.length && worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side))
      to++;
    const row = areas.slice(from, to);
    const depth = side ? row.reduce((sum, area) => sum + area, 0) / side : 0;
    const across = room.width < room.height;
    let along = 0;
    for (const area of row) {
      const length = depth ? area / depth : 0;
      placed.push(
        across
          ? { left: room.left + along, top: room.top, width: length, height: depth }
          : { left: room.left, top: room.top + along, width: depth, height: length },
      );
      along += length;
    }
    room = across
      ? { ...room, top: room.top + depth, height: Math.max(0, room.height - depth) }
      : { ...room, left: room.left + depth, width: Math.max(0, room.width - depth) };
    from = to;
  }
  return placed.map(({ left, top, ...size }) => ({
    left: (100 * left) / width,
    top: (100 * top) / height,
    width: (100 * size.width) / width,
    height: (100 * size.height) / height,
  }));
}

/** How far from a square the least square of a row is. */
function worst(row: readonly number[], side: number): number {
  const sum = row.reduce((total, area) => total + area, 0);
  const squares = (side * side) / (sum * sum);
  return Math.max(Math.max(...row) * squares, 1 / (Math.min(...row) * squares));
}
