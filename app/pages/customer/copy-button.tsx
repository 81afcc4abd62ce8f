import { useState } from 'react';

/** An id that can be copied by pressing it; selecting it works as ever. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without a secure context there is no clipboard: the id can still be selected.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <code className="one-line max-w-[30ch] font-mono text-small" title={text}>
        {text}
      </code>
      <button
        type="button"
        className="button plain"
        aria-label={`Copy ${text.slice(0, 60)}`}
        onClick={copy}
        onBlur={() => setCopied(false)}
      >
        <span role="status">{copied ? 'copied' : 'copy'}</span>
      </button>
    </span>
  );
}
