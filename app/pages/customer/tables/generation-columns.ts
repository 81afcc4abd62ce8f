import { formatCredits } from '#app/domain/money/credits.ts';
import { codeLabel, joined, numberWidth, widest } from '#app/pages/shared/record-labels.ts';
import type { GenerationRow } from '#app/services/customers/load-generation-rows.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';

export const generationKey = (row: GenerationRow): string => `generation:${row.id}`;

/** `image 2K×3 pro`, `video 8 s standard`, `training`. */
function size({ kind, resolution, count, seconds, tier }: GenerationRow): string {
  if (kind === 'training') return 'training';
  if (kind === 'video') return `video ${seconds === null ? '? s' : `${seconds} s`} ${tier}`;
  const times = count === null || count === 1 ? '' : `×${count}`;
  return `image ${resolution ?? ''}${times} ${tier}`.replaceAll('  ', ' ');
}

const what = (row: GenerationRow): string =>
  joined(size(row), row.error && codeLabel(row.error), row.model, row.member);

const netOf = ({ charged, returned }: GenerationRow): number => charged - returned;

/** Credits beyond the rate card that a finished generation cost. */
const excess = (row: GenerationRow): number =>
  row.status === 'succeeded' && row.price !== null ? Math.max(0, netOf(row) - row.price) : 0;

const card = ({ price }: GenerationRow): string => (price === null ? '?' : formatCredits(price));

const cost = (row: GenerationRow): string => `${formatCredits(netOf(row))} / ${card(row)}`;

/** Charged more than the card says, or charged for a failure. */
const isWrong = (row: GenerationRow): boolean =>
  excess(row) > 0 || (row.status === 'failed' && netOf(row) > 0);

/** @param now the page's own, from the loader. @param rows those that the page came with. */
export const generationColumns = (
  now: number,
  rows: readonly GenerationRow[],
): TableColumn<GenerationRow>[] => [
  {
    id: 'time',
    header: 'Time, UTC',
    width: 108,
    at: ({ at }) => at,
    text: ({ at }) => shortUtc(at, now),
  },
  { id: 'what', header: 'What', text: what },
  { id: 'status', header: 'Status', width: 78, text: ({ status }) => status },
  {
    id: 'net',
    header: 'Net / card',
    headerTitle: 'Credits charged less credits returned, and what the rate card says',
    kind: 'n',
    width: numberWidth('Net / card', widest(rows, netOf, cost)) + 16,
    tone: (row) => (isWrong(row) ? 'wrong' : undefined),
    // The sign says the same as the colour.
    text: (row) => (isWrong(row) ? `▲ ${cost(row)}` : cost(row)),
  },
];
