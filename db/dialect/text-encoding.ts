/**
 * Any JavaScript string must come back from either database as it was. Two things in a JSON string are
 * no valid database text: NUL (PostgreSQL refuses it) and lone surrogates (no UTF-8 form exists, so
 * drivers turn them into U+FFFD and two ids could become one). They are stored as the noncharacter
 * U+FDD0 followed by four hex digits; U+FDD0 itself likewise. All other text is stored as it is.
 */
const MARK = '\ufdd0';
/** Without the u flag, which is slow: every surrogate, also one of a pair. */
const SUSPECT = /[\0\ufdd0\ud800-\udfff]/;
const UNSTORABLE = /[\0\ufdd0\ud800-\udfff]/gu;
const MARKED = /\ufdd0([0-9a-f]{4})/g;

/** The form of `text` that both databases keep unchanged. */
export const encodeText = (text: string): string =>
  SUSPECT.test(text)
    ? text.replace(UNSTORABLE, (unit) => MARK + unit.charCodeAt(0).toString(16).padStart(4, '0'))
    : text;

/** The text that `toStored` was given. */
export const decodeText = (stored: string): string =>
  stored.includes(MARK)
    ? stored.replace(MARKED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : stored;

const mapStrings = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [map(key), mapStrings(item, map)]),
  );
};

/** JSON text that PostgreSQL's jsonb accepts; SQLite keeps the same form, so that both read alike. */
export const encodeJson = (value: unknown): string => {
  const text = JSON.stringify(value);
  return /\\u0000|\\ud[89a-f]|\ufdd0/.test(text)
    ? JSON.stringify(mapStrings(value, encodeText))
    : text;
};

/** Takes JSON text (SQLite) or the value that pg has already parsed. */
export const decodeJson = (stored: unknown): unknown => {
  const text = typeof stored === 'string' ? stored : null;
  const value: unknown = text === null ? stored : JSON.parse(text);
  const marked = text === null ? JSON.stringify(value).includes(MARK) : text.includes(MARK);
  return marked ? mapStrings(value, decodeText) : value;
};
