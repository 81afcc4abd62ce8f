import { refuse } from '#scripts/sandbox/stripe/protocol/errors.ts';

/** A decoded form: texts, and objects of them; lists are still objects with the keys 0, 1, 2 … */
export type FormTree = { [key: string]: string | FormTree };

const emptyTree = (): FormTree => Object.create(null) as FormTree; // no prototype that a key could reach

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw refuse({ message: 'Invalid form encoding in the request.' });
  }
};

/** `lines[0][amount]` → lines, 0, amount. An empty pair of brackets counts up. */
const stepsOf = (name: string): string[] => {
  const head = name.split('[', 1)[0] ?? '';
  const rest = name.slice(head.length);
  if (rest !== '' && !/^(\[[^[\]]*\])+$/.test(rest))
    throw refuse({ message: `Invalid parameter name: ${name}`, param: head });
  return [head, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] ?? '')];
};

const put = (root: FormTree, steps: string[], value: string): void => {
  let tree = root;
  for (const [depth, given] of steps.entries()) {
    const step = given === '' ? String(Object.keys(tree).length) : given;
    if (depth === steps.length - 1) {
      tree[step] = value;
      return;
    }
    const next = tree[step];
    if (typeof next === 'string')
      throw refuse({ message: `Invalid parameter: ${steps[0]}`, param: steps[0] });
    tree = tree[step] = next ?? emptyTree();
  }
};

/** Decodes `a=1&b[c]=2&d[0]=3`. Throws a refusal where it is not well formed. */
export const parseForm = (text: string): FormTree => {
  const root = emptyTree();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    put(root, stepsOf(name), at < 0 ? '' : decode(pair.slice(at + 1)));
  }
  return root;
};
