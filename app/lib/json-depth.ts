/** Objects and lists within each other, as far as anything that comes from outside may go. */
export const DEEPEST_JSON = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where the string that begins at `at` ends; the text's length where it does not. */
const endOfString = (text: string, at: number): number => {
  let end = at + 1;
  for (; end < text.length; end += 1) {
    const unit = text.charCodeAt(end);
    if (unit === BACKSLASH) end += 1;
    else if (unit === QUOTE) break;
  }
  return end;
};

/** Most records hold nothing but fields: two searches tell, which cost next to nothing. */
const isFlat = (text: string): boolean =>
  !text.includes('[') && text.indexOf('{') === text.lastIndexOf('{');

/**
 * Whether JSON text goes deeper than `DEEPEST_JSON`, found by reading it once and before it is parsed.
 * Text that is no JSON gets some answer: whoever parses it finds out.
 */
export const isTooDeep = (text: string): boolean => {
  if (isFlat(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEEPEST_JSON) return true;
    } else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth -= 1;
  }
  return false;
};
