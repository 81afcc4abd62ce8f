import type { ReactNode } from 'react';

const TONES = {
  notice: 'border-accent bg-partner',
  warning: 'border-high bg-raised',
};

interface BannerProps {
  tone?: keyof typeof TONES;
  /** What the banner is about, for screen readers. */
  label: string;
  children: ReactNode;
}

/** A line across the page that changes how everything under it is to be read. */
export const Banner = ({ tone = 'notice', label, children }: BannerProps) => (
  <section
    aria-label={label}
    className={`flex flex-wrap items-center gap-x-4 gap-y-1 border-s-4 px-3 py-1.5 ${TONES[tone]}`}
  >
    {children}
  </section>
);
