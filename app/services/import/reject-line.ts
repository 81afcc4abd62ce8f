/** A line that was refused: its number in the file from 1, why, and what it was. */
export interface Refusal {
  line: number;
  reason: string;
  text: string;
}

/** What an earlier reject file put in front of a line. */
const EARLIER = /^\{"line":\d+,"refused":"(?:[^"\\]|\\.)*",?/;

const isJsonObject = (text: string): boolean => {
  if (!/^[ \t\r\n]*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * A refusal as the reject file holds it: one line of JSON that is loaded once it is put right. An
 * object gets `line` and `refused` put in front of its fields, which keep their spelling; any other
 * text stands in `text`, from where it is read again.
 */
export const toRejectLine = ({ line, reason, text }: Refusal): string => {
  const note = `{"line":${line},"refused":${JSON.stringify(reason)}`;
  const wrap = (raw: string): string => `${note},"text":${JSON.stringify(raw)}}\n`;
  if (!isJsonObject(text)) return wrap(text);
  const own = text.trim().replace(EARLIER, '{').slice(1).trimStart();
  const earlier: unknown = JSON.parse(text);
  // A line that an earlier reject file has wrapped stays wrapped once.
  const raw = (earlier as { type?: unknown; text?: unknown }).text;
  if (!Object.hasOwn(earlier as object, 'type') && EARLIER.test(text) && typeof raw === 'string') {
    return wrap(raw);
  }
  return `${note}${own === '}' ? '' : ','}${own}\n`;
};
