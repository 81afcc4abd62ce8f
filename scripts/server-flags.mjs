/*
 * How the server's Node is started. Pages make much garbage at once: left alone, V8 gives the nursery
 * three times 16 MiB, which buys no time here.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=8'];
