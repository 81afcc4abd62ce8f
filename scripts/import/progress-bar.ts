const WIDTH = 30;
const EVERY_MS = 100;

export interface ProgressBar {
  /** `fraction` 0 to 1, or null where the end is not known. */
  show(fraction: number | null, text: string): void;
  /** Takes the bar off the screen. */
  clear(): void;
}

/** One line that is drawn over and over; nothing where the stream is no terminal. */
export const progressBar = (stream: NodeJS.WriteStream): ProgressBar => {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shownAt = 0;
  return {
    show: (fraction, text) => {
      const now = performance.now();
      if (now - shownAt < EVERY_MS) return;
      shownAt = now;
      const full = Math.round(Math.min(1, fraction ?? 0) * WIDTH);
      const bar = fraction === null ? '' : `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} `;
      const line = `${bar}${text}`.slice(0, (stream.columns || 80) - 1);
      stream.write(`\r\u001b[K${line}`);
    },
    clear: () => void stream.write('\r\u001b[K'),
  };
};
