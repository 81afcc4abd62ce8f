/** The value of one cookie in a `Cookie` header; null where it is absent or given twice. */
export const readCookie = (header: string | undefined, name: string): string | null => {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
};

/** A `Set-Cookie` line that scripts cannot read; `maxAge` in seconds, absent: until the browser ends. */
export const cookieLine = (
  name: string,
  value: string,
  options: { secure: boolean; maxAge?: number; path?: string },
): string =>
  [
    `${name}=${value}`,
    `Path=${options.path ?? '/'}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(options.secure ? ['Secure'] : []),
    ...(options.maxAge === undefined ? [] : [`Max-Age=${options.maxAge}`]),
  ].join('; ');
