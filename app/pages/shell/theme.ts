/** How the console looks: as the system does, or as this person wants it. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (text: string | null): text is Theme =>
  text !== null && (THEMES as readonly string[]).includes(text);
