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
  if (disabledReason === null) {
    return <button ref={ref} type="button" className={names} onClick={onClick} {...rest} />;
  }
  return (
    <>
      <button
        ref={ref}
        {...rest}
        type="button"
        className={names}
        aria-disabled
        aria-describedby={id}
        title={disabledReason}
      />
      <span id={id} hidden>
        {disabledReason}
      </span>
    </>
  );
});
