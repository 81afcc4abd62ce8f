import { dialect } from '#db/dialect/dialect.ts';
import { decodeText, decodeJson } from '#db/dialect/text-encoding.ts';

/*
 * The separator cannot be part of a value. Stored text holds no NUL, and U+FDD0 only before four
 * hexadecimal digits (see stored-text.ts); PostgreSQL knows no NUL, so there it is U+FDD0 and an x.
 */
const SEPARATOR = dialect === 'sqlite' ? '\0' : '\ufdd0x';
export const SEPARATOR_SQL = dialect === 'sqlite' ? 'char(0)' : "(chr(64976) || 'x')";
const MARKED = /\ufdd0[0-9a-f]{4}/;

/** The values of a customer's rows one after another, as text; '' is null. */
export class Cells {
  readonly #cells: string[];
  readonly #marked: boolean;

  constructor(packed: string) {
    this.#cells = packed.split(SEPARATOR);
    this.#marked = packed.includes('\ufdd0') && MARKED.test(packed);
  }

  get count(): number {
    return this.#cells.length;
  }

  /** Text that is never null; '' stays ''. */
  text(at: number): string {
    // The rows have as many values as the query selects columns, so there is one at every index asked.
    const cell = this.#cells[at] as string;
    return this.#marked ? decodeText(cell) : cell;
  }

  /** Ids and words of a list are never '', so that '' can stand for null. */
  textOrNull(at: number): string | null {
    return this.#cells[at] === '' ? null : this.text(at);
  }

  number(at: number): number {
    return Number(this.#cells[at]);
  }

  numberOrNull(at: number): number | null {
    return this.#cells[at] === '' ? null : Number(this.#cells[at]);
  }

  /** Of a column packed as `anyText`, in which '' and null differ. */
  anyTextOrNull(at: number): string | null {
    return this.#cells[at] === '' ? null : this.text(at).slice(1);
  }

  json(at: number): unknown {
    // Parsed before marks are undone: a NUL is no valid part of a JSON text.
    return decodeJson(this.#cells[at]);
  }
}
