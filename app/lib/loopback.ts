/** Names of this machine that nobody else can answer to. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

export const isLoopback = (hostname: string): boolean => LOOPBACK.has(hostname);

/** Whether an address, if it is one, leads to this machine. */
export const leadsToLoopback = (address: string): boolean =>
  URL.canParse(address) && isLoopback(new URL(address).hostname);

/** Whether a console with these settings can be reached from this machine only, as far as they say. */
export const runsOnLoopback = ({
  HOST,
  BASE_URL,
}: {
  HOST: string;
  BASE_URL?: string | undefined;
}): boolean => isLoopback(HOST) && (BASE_URL === undefined || leadsToLoopback(BASE_URL));
