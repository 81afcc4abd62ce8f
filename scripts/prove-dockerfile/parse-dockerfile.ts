/** One instruction: `RUN`, and what stands after it. */
export interface Step {
  word: string;
  rest: string;
}

/** The instructions of a Dockerfile in their order; lines that go on are joined, comments left out. */
export const parseDockerfile = (text: string): Step[] =>
  text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => {
      const [, word, rest] = /^([A-Z]+)\s+(.+?)\s*$/.exec(line.trim()) ?? [];
      return word === undefined || rest === undefined ? [] : [{ word, rest }];
    });
