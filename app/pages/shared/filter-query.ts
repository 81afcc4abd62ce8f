/*
 * Filters of a list stand in its address, so that a view can be sent to a colleague and found again.
 */

/** The query with some filters changed: in a fixed order, without those that are not set, without the place. */
export function filterQuery<Name extends string>(
  names: readonly Name[],
  current: URLSearchParams,
  change: Partial<Record<Name, string | null>>,
): string {
  const query = new URLSearchParams();
  for (const name of names) {
    const value = name in change ? change[name] : current.get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}

/** The address of a list with such a query. */
export const withQuery = (path: string, query: string): string =>
  query === '' ? path : `${path}?${query}`;

/** What a form of filters asks for: an address says nothing where nothing was chosen. */
export function withoutEmpty(form: HTMLFormElement): FormData {
  const chosen = new FormData();
  for (const [name, value] of new FormData(form)) if (value !== '') chosen.append(name, value);
  return chosen;
}
