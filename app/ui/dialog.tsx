import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** What it sends is under way: it stays until there is an answer. */
  busy?: boolean;
  children: ReactNode;
}

/** The native `<dialog>`: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, open, onClose, busy = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open && element.current?.open === false) element.current.showModal();
    if (!open && element.current?.open === true) element.current.close();
  }, [open]);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (busy) event.preventDefault();
      }}
      // Browsers let nobody be held by the first Escape alone: a second one closes it all the same.
      onClose={() => (busy ? element.current?.showModal() : onClose())}
    >
      {open ? (
        <div className="grid gap-3 p-4">
          <h2 id={titleId} className="text-heading">
            {title}
          </h2>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}
