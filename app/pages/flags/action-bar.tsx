import type { Role } from '#app/domain/access/roles.ts';
import { disabledReason } from '#app/pages/shared/flags/flag-rights.ts';
import type { FlagIntent, Target } from '#app/pages/shared/flags/flag-rights.ts';
import { useSelection } from '#app/pages/flags/selection.tsx';
import { Button } from '#app/ui/button.tsx';

interface ActionBarProps {
  role: Role;
  targets: readonly Target[];
  /** Flags that pass the filters, loaded or not. */
  total: number;
  /** New flags that would move the rows. */
  waiting: number;
  loadedIds: readonly string[];
  onIntent: (intent: FlagIntent) => void;
  onShowNew: () => void;
}

const INTENTS: readonly { intent: FlagIntent; words: string; key: string }[] = [
  { intent: 'assign', words: 'Assign…', key: 'a' },
  { intent: 'snooze', words: 'Snooze…', key: 's' },
  { intent: 'dismiss', words: 'Dismiss…', key: 'd' },
];

const flags = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'flag' : 'flags'}`;

/** How many flags there are, what is selected, and what can be done with it. */
export function ActionBar(props: ActionBarProps) {
  const { role, targets, total, waiting, loadedIds, onIntent, onShowNew } = props;
  const selection = useSelection();
  const selected = selection.ids.size;
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-hairline px-3 py-1.5">
      <p className="number">{flags(total)}</p>
      <output>
        {waiting === 0 ? null : (
          <Button look="primary" onClick={onShowNew}>
            {waiting} new {waiting === 1 ? 'flag' : 'flags'} Show
          </Button>
        )}
      </output>
      <span className="flex-1" />
      <p className="number text-ink-quiet">{selected === 0 ? null : `${selected} selected`}</p>
      {selected === 0 ? (
        <Button look="plain" onClick={() => selection.set(loadedIds)}>
          Select all shown
        </Button>
      ) : (
        <Button look="plain" onClick={() => selection.set([])}>
          Clear
        </Button>
      )}
      {INTENTS.map(({ intent, words, key }) => (
        <Button
          key={intent}
          aria-keyshortcuts={key}
          disabledReason={disabledReason(intent, role, targets)}
          onClick={() => onIntent(intent)}
        >
          {words}
        </Button>
      ))}
    </div>
  );
}
