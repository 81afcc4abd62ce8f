/** How many days the balance may be drawn for. */
export const CHART_DAYS = [30, 90, 365] as const;
export const DEFAULT_DAYS = 90;
