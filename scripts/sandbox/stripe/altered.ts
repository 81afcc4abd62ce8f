const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withChange = (given: object, change: object): object => {
  const before = new Map(Object.entries(given));
  const put = Object.entries(change).map(([name, value]: [string, unknown]) => {
    const old: unknown = before.get(name);
    return [name, isObject(value) && isObject(old) ? withChange(old, value) : value] as const;
  });
  return { ...given, ...Object.fromEntries(put) };
};

/** An answer that says something else: of a list each row, of anything else the whole. */
export const altered = (body: object, change: object): object =>
  'data' in body && Array.isArray(body.data)
    ? { ...body, data: body.data.map((row: object) => withChange(row, change)) }
    : withChange(body, change);
