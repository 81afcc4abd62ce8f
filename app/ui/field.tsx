import { useId } from 'react';
import type {
  InputHTMLAttributes,
  ReactNode,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from 'react';
import { ErrorText } from '#app/ui/error-text.tsx';

interface FrameProps {
  label: string;
  hint?: string;
  /** What is wrong with what was entered. */
  error?: string | null;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

function Frame(props: FrameProps & { children: (wiring: Wiring) => ReactNode }) {
  const { label, hint, error = null, children } = props;
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === null ? '' : `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error === null ? undefined : true,
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-small text-ink-quiet">
          {hint}
        </p>
      )}
      {error === null ? null : <ErrorText id={`${id}-error`}>{error}</ErrorText>}
    </div>
  );
}

type TextFieldProps = FrameProps & InputHTMLAttributes<HTMLInputElement>;

/** A label, an input of one line, its hint and its error, wired together for screen readers. */
export const TextField = ({ label, hint, error, className = '', ...input }: TextFieldProps) => (
  <Frame label={label} hint={hint} error={error}>
    {(wiring) => <input {...wiring} {...input} className={`input ${className}`} />}
  </Frame>
);

type TextAreaFieldProps = FrameProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

export const TextAreaField = ({ label, hint, error, ...input }: TextAreaFieldProps) => (
  <Frame label={label} hint={hint} error={error}>
    {(wiring) => <textarea rows={3} {...wiring} {...input} className="input" />}
  </Frame>
);

type SelectFieldProps = FrameProps &
  SelectHTMLAttributes<HTMLSelectElement> & {
    options: readonly { value: string; label: string }[];
  };

export const SelectField = ({ label, hint, error, options, ...select }: SelectFieldProps) => (
  <Frame label={label} hint={hint} error={error}>
    {(wiring) => (
      <select {...wiring} {...select} className="input">
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Frame>
);
