import { forwardRef, useId } from 'react';
import type { ButtonHTMLAttributes } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'normal' | 'primary' | 'plain';
  tall?: boolean;
  /** Why it cannot be pressed now; shown on hover and read aloud. The button stays reachable by keys. */
  disabledReason?: string | null;
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { look = 'normal', tall = false, disabledReason = null, className = '', onClick, ...rest },
  ref,
) {
  const id = useId();
  const names = `button ${look === 'normal' ? '' : look} ${tall ? 'tall' : ''} ${className}`;
  const off = disabledReason !== null;
  // One element in either state: a press that has begun, and the focus, stay with it.
  return (
    <>
      <button
        ref={ref}
        {...rest}
        type={off ? 'button' : (rest.type ?? 'button')}
        className={names}
        onClick={off ? undefined : onClick}
        aria-disabled={off || undefined}
        aria-describedby={off ? id : rest['aria-describedby']}
        title={disabledReason ?? rest.title}
      />
      {off ? (
        <span id={id} hidden>
          {disabledReason}
        </span>
      ) : null}
    </>
  );
});
