export type Page<Item> = { items: Item[]; nextCursor: string | null };

/**
 * One page of a keyset query that asked for one row more than the page holds, so that the last page knows that it is
 * the last. The cursor is what `cursorOf` says of the last row shown.
 */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

/** The cursor of lists that page by id. */
export const byId = ({ id }: { id: string }): string => id;
