import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sharedSecrets, weakSecret } from '#app/lib/weak-secret.ts';

describe('a secret that can be guessed', () => {
  it.each([
    ['hunter2', /at least 32 characters/],
    ['  k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd          ', /at least 32 characters/],
    ['change-me-change-me-please-1234567', /example/],
    ['changemechangemechangemechangeme99', /example/],
    ['replace_this_with_a_long_random_text', /example/],
    ['your-session-secret-goes-here-0000', /example/],
    ['my secret here, nobody will guess it', /example/],
    ['a-very-long-password-that-is-known', /example/],
    ['this is the super-secret of redress', /example/],
    ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', /example/],
    ['s'.repeat(32), /repeat/],
    ['ab1'.repeat(11), /repeat/],
    ['k3Jx9Qm2Vb7T'.repeat(3), /repeat/],
    ['k3Jx9Qm2Vb7Tn5Rw'.repeat(2), /repeat/],
    ['k3Jx9Qm2Vb7Tn5Rw8Zy-k3Jx9Qm2Vb7Tn5Rw8Zy', /repeat/],
    ['secret-of-the-session-of-redress!', /example/],
    ['<put the session secret of redress here>', /example/],
    ['session_secret_default_value_for_test_1', /example/],
    ['TODO: set a real secret, please, for prod', /example/],
    ['aabbaabbabababbaabbabaabbaababbaab', /different characters/],
    ['z0123456789z-qjdk-z0123456789z-jdqk', /row/],
    ['89012345678901-p-h-f-e-s-a-w-q-z-k', /row/],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ-and-some', /row/],
    ['qwertyuiopasdfghjkl-qwertyuiopasdfg', /row/],
    ['-9876543210-of-somewhere-there-hush', /row/],
    ['mnbvcxzlkjhgfdsapoiuytrewq-and-more', /row/],
    ['1qaz2wsx3edc4rfv-5tgb6yhn7ujm8ik9ol', /row/],
    ['00112233445566778899aabbccddeeffgghh', /row/],
    ['12345678-abcdefgh-87654321-hgfedcba', /row/],
  ])('%s', (text, why) => {
    const problem = weakSecret(text, 32);
    expect(problem).toMatch(why);
    expect(problem).not.toContain(text.trim());
  });

  it.each([
    ['k3Jx9Qm2Vb7Tn5Rw8Zy4Hc6Lp1Sd0FgA', 32],
    ['a secret results than thirty-two letters', 32],
    ['a-token-of-some-length', 16],
    ['0f1e2d3c4b5a69788796a5b4c3d2e1f0', 32],
    ['sandbox-product-secret', 16],
    ['kQ7-zkQw', 8],
  ])('is not %s', (text, shortest) => expect(weakSecret(text, shortest)).toBeNull());

  it('is none that was made of chance', () => {
    for (let round = 0; round < 2_000; round += 1) {
      expect(weakSecret(randomBytes(32).toString('base64'), 32)).toBeNull();
      expect(weakSecret(randomBytes(16).toString('hex'), 32)).toBeNull();
    }
  });
});

describe('secrets that are the same', () => {
  it('are named with the one before', () => {
    const shared = sharedSecrets({ A: 'one', B: 'two', C: undefined, D: ' one', E: undefined });
    expect(shared).toEqual([['D', 'A']]);
  });
});
