import ts from 'typescript';
import { walk } from '#tests/architecture/graph/source-graph.ts';
import type { SourceGraph, SourceNode } from '#tests/architecture/graph/source-graph.ts';

/*
 * What can move value, found in the sources: the writing half of whatever is outside, by what is called
 * there; inside, the few places that turn a wish into something that will be done.
 */

/** How requests travel; what travels is said elsewhere. */
const TRANSPORT = 'app/integrations/stripe/http-client.ts';

/** A power and the declarations that hold it in their own hands. */
export interface Power {
  name: string;
  holders: Set<string>;
}

const READS = /^(retrieve|list|search|autoPagingEach|autoPagingToArray|constructEvent\w*|next)/;
const WRITING_METHOD = /^(POST|PUT|PATCH|DELETE)$/;

/** `client.refunds.create(…)`, also where the client has another name. */
const isStripeWrite = (part: ts.Node): boolean => {
  if (!ts.isCallExpression(part) || !ts.isPropertyAccessExpression(part.expression)) return false;
  const { name, expression } = part.expression;
  if (name.text === 'rawRequest' || name.text === 'request') return true;
  return (
    ts.isPropertyAccessExpression(expression) &&
    /(^|\.)(client|stripe)$/i.test(expression.expression.getText().split('.').slice(0, 1).join()) &&
    !READS.test(name.text)
  );
};

const isOutsideWrite = (part: ts.Node): boolean =>
  isStripeWrite(part) ||
  (ts.isPropertyAssignment(part) &&
    part.name.getText() === 'method' &&
    ts.isStringLiteral(part.initializer) &&
    WRITING_METHOD.test(part.initializer.text)) ||
  (ts.isCallExpression(part) &&
    ts.isPropertyAccessExpression(part.expression) &&
    part.expression.name.text === 'sendMail');

/** The member of an API under which a write stands: `createRefund: async () => …`. */
const memberAround = (part: ts.Node, top: ts.Node): string | null => {
  let member: string | null = null;
  for (let at: ts.Node = part; at !== top; at = at.parent)
    if (
      (ts.isPropertyAssignment(at) || ts.isMethodDeclaration(at)) &&
      (ts.isMethodDeclaration(at) ||
        ts.isArrowFunction(at.initializer) ||
        ts.isCallExpression(at.initializer))
    )
      member = at.name.getText();
  return member;
};

/** Members of the outside's APIs that write, and declarations there that do so without one. */
const outsideWrites = (graph: SourceGraph): { members: Set<string>; bare: Set<string> } => {
  const members = new Set<string>();
  const bare = new Set<string>();
  const outside = [...graph.values()].filter(
    ({ path }) => path.startsWith('app/integrations/') && path !== TRANSPORT,
  );
  const note = (entry: SourceNode, part: ts.Node): boolean => {
    const member = memberAround(part, entry.node);
    const known = member === null ? bare.has(entry.id) : members.has(member);
    if (member === null) bare.add(entry.id);
    else members.add(member);
    return !known;
  };
  for (const entry of outside)
    walk(entry.node, (part) => {
      if (isOutsideWrite(part)) note(entry, part);
    });
  // Whoever names a function that writes, under a member of its own, offers it on.
  for (let grown = true; grown;) {
    grown = false;
    for (const entry of outside)
      walk(entry.node, (part) => {
        if (!ts.isIdentifier(part)) return;
        const target = [...entry.names].find((id) => id.endsWith(`#${part.text}`));
        if (target !== undefined && bare.has(target)) grown = note(entry, part) || grown;
      });
  }
  return { members, bare };
};

const holdersOf = (graph: SourceGraph, holds: (entry: SourceNode) => boolean): Set<string> =>
  new Set([...graph.values()].filter(holds).map(({ id }) => id));

const namesOne = (id: string) => (entry: SourceNode) => entry.names.has(id);

const LEDGER_ROWS =
  /\b(insert|update|delete)\(\s*ledgerEntry\s*\)|\b(insert(\s+or\s+\w+)?\s+into|update|delete\s+from|replace\s+into)\s+["`]?ledger_entry\b/i;

/** Every power that there is, and who holds it. Code of `outside` itself is the outside's. */
export const findPowers = (graph: SourceGraph): Power[] => {
  const { members, bare } = outsideWrites(graph);
  const within = (entry: SourceNode): boolean => !entry.path.startsWith('app/integrations/');
  const outside = [...members].toSorted().map((member) => ({
    name: `outside: ${member}`,
    holders: holdersOf(graph, (entry) => {
      if (!within(entry)) return false;
      // `send` is many things' name: mail's alone is a customer's mail.
      if (member === 'send') return /\bmail\??\.send\b/.test(entry.node.getText());
      return entry.members.has(member);
    }),
  }));
  const saying = (name: string, words: RegExp): Power => ({
    name,
    holders: holdersOf(
      graph,
      ({ path, node }) => /^(app\/services|db|scripts)\//.test(path) && words.test(node.getText()),
    ),
  });
  const inside = (name: string, id: string): Power => ({
    name,
    holders: holdersOf(graph, namesOne(id)),
  });
  return [
    ...outside,
    {
      name: 'outside: its functions by themselves',
      holders: holdersOf(
        graph,
        (entry) => within(entry) && [...entry.names].some((id) => bare.has(id)),
      ),
    },
    inside('a step to be sent', 'db/queries/operations/operations.ts#insertOperations'),
    saying('a step made ready', /\bstate: 'ready'/),
    saying('a request moved to approved', /\b(kind|state): 'approved'/),
    inside(
      'a request approved',
      'app/services/requests/lifecycle/request-columns.ts#approveAndPlan',
    ),
    inside('mail to a customer', 'db/queries/operations/mail.ts#insertMail'),
    inside('a letter let go by a person', 'db/queries/operations/mail.ts#answerHeldMail'),
    inside(
      'rows of the book, the ledger among them',
      'db/queries/book/upsert-records.ts#upsertRecords',
    ),
    {
      name: 'ledger rows past that',
      holders: holdersOf(graph, (entry) => LEDGER_ROWS.test(entry.node.getText())),
    },
  ];
};
