/** Rows of one shape with their field names once: a page carries a hundred of them as JSON. */
export interface Packed<Row> {
  fields: (keyof Row & string)[];
  values: Row[keyof Row & string][][];
}

/** Every row must have the fields of the first. */
export function pack<Row extends object>(rows: readonly Row[]): Packed<Row> {
  // The keys of a plain object are the keys of its type.
  const fields = Object.keys(rows[0] ?? {}) as (keyof Row & string)[];
  return { fields, values: rows.map((row) => fields.map((field) => row[field])) };
}

export const unpack = <Row extends object>({ fields, values }: Packed<Row>): Row[] =>
  values.map((row) => {
    const whole: Partial<Row> = {};
    for (const [i, field] of fields.entries()) whole[field] = row[i];
    // `pack` took the values apart in the order of the fields.
    return whole as Row;
  });
