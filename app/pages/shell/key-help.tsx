import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Kbd } from '#app/ui/kbd.tsx';
import { isTyping, useHotkeys } from '#app/ui/use-hotkeys.ts';

const KEYS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['⌘ K', 'Ctrl K', '/'], does: 'Search: name, e-mail, id, invoice, amount and card' },
  { keys: ['1', '2', '3'], does: 'Ledger, payments, generations of a customer' },
  { keys: ['j', 'k'], does: 'Next and previous row; also the arrow keys' },
  { keys: ['Enter'], does: 'Open the row; on a customer: go to the related record' },
  { keys: ['x'], does: 'Flags: select or deselect the row' },
  { keys: ['a', 's', 'd'], does: 'Flags: assign, snooze, dismiss' },
  { keys: ['a', 'r', 'b', 'e'], does: 'Requests: approve, reject, send back, edit' },
  { keys: ['Esc'], does: 'Deselect; close what is open' },
  { keys: ['?'], does: 'This help' },
];

/** The `?` button and key, and the list of keys behind them. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useHotkeys((event) => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    setOpen(true);
  });
  return (
    <>
      <Button aria-label="Keyboard help" title="Keyboard help (?)" onClick={() => setOpen(true)}>
        ?
      </Button>
      <Dialog title="Keys" open={open} onClose={() => setOpen(false)}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
          {KEYS.map(({ keys, does }) => (
            <div key={does} className="contents">
              <dt className="flex gap-1">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <div className="flex justify-end">
          <Button onClick={() => setOpen(false)}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}
