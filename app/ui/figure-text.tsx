/*
 * Amounts of money and of credits come here as text that is already formatted: which currency has
 * how many decimals is not a widget's business.
 */
interface FigureProps {
  /** E.g. `$49.00` or `+5,000`. */
  children: string;
  tone?: 'plain' | 'quiet' | 'loss';
  title?: string;
}

const TONES = { plain: '', quiet: 'text-ink-quiet', loss: 'text-critical' };

/** A number that never wraps, in figures of one width. */
const Figure = ({ children, tone = 'plain', title }: FigureProps) => (
  <span className={`number ${TONES[tone]}`} title={title}>
    {children}
  </span>
);

export const MoneyText = Figure;
export const CreditsText = Figure;
