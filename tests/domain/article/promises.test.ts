import { expect, it } from 'vitest';
import { HELP_ARTICLE } from '#app/domain/article/help-article.ts';
import { RULES } from '#app/domain/rules/registry.ts';
import { RULE_IDS } from '#app/domain/rules/rule.ts';

const LINES = HELP_ARTICLE.flatMap(({ lines }) => lines);

it('every rule stands in the registry, in order', () => {
  expect(RULES.map(({ id }) => id)).toEqual([...RULE_IDS]);
});

it.each(RULES.map((rule) => [rule.id, rule.promise.line]))(
  '%s guards a line of the article',
  (_, line) => {
    expect(LINES).toContain(line);
  },
);
