/*
 * Loaded into a server before its own code (`node --import`): tells, when asked, for how long its event
 * loop was held at most since it was asked to begin. It counts the processor's time, so that what else
 * runs on the machine does not count.
 */
let worst = 0;
let before = 0;
let watching = false;

const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const turn = () => {
  if (!watching) return;
  const now = spent();
  worst = Math.max(worst, now - before);
  before = now;
  setImmediate(turn);
};

process.on('message', (what) => {
  if (what === 'begin') {
    worst = 0;
    before = spent();
    if (!watching) setImmediate(turn);
    watching = true;
    process.send?.({ began: true });
  } else if (what === 'end') {
    // The turn that is under way counts.
    worst = Math.max(worst, spent() - before);
    watching = false;
    process.send?.({ held: worst });
  }
});
// The channel alone does not keep the server alive.
process.channel?.unref();
