/** A list in parts short enough that one statement's parameters stay below either database's limit. */
export function* chunks<T>(items: readonly T[], size = 500): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
