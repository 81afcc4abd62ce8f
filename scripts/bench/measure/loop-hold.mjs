/*
 * Loaded into a server before its own code (`node --import`): tells, when asked, for how long its event
 * loop was held at most since it was asked to begin. It counts the time on the wall and the processor's
 * time, of which what else runs on the machine is no part.
 */
let watching = false;
let worst = { cpu: 0, wall: 0, held: 0 };
let before = { cpu: 0, wall: 0 };

const clocks = () => {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1000, wall: performance.now() };
};

const note = () => {
  const now = clocks();
  const [cpu, wall] = [now.cpu - before.cpu, now.wall - before.wall];
  worst.cpu = Math.max(worst.cpu, cpu);
  worst.wall = Math.max(worst.wall, wall);
  // What other threads of the process do in the meantime holds nobody up.
  worst.held = Math.max(worst.held, Math.min(cpu, wall));
  before = now;
};

const turn = () => {
  if (!watching) return;
  note();
  setImmediate(turn);
};

process.on('message', (what) => {
  if (what === 'begin') {
    worst = { cpu: 0, wall: 0, held: 0 };
    before = clocks();
    if (!watching) setImmediate(turn);
    watching = true;
    process.send?.({ began: true });
  } else if (what === 'end') {
    // The turn that is under way counts.
    note();
    watching = false;
    process.send?.(worst);
  }
});
// The channel alone does not keep the server alive.
process.channel?.unref();
