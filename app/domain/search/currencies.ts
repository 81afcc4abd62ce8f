/** What people write for a currency, and the currencies that it may mean. */
const DOLLARS = 'usd cad aud nzd sgd hkd twd mxn clp cop ars'.split(' ');

const BY_SIGN: Record<string, readonly string[]> = {
  $: DOLLARS,
  us$: ['usd'],
  ca$: ['cad'],
  c$: ['cad'],
  a$: ['aud'],
  au$: ['aud'],
  nz$: ['nzd'],
  hk$: ['hkd'],
  s$: ['sgd'],
  sg$: ['sgd'],
  nt$: ['twd'],
  mx$: ['mxn'],
  r$: ['brl'],
  '€': ['eur'],
  '£': ['gbp'],
  '¥': ['jpy', 'cny'],
  円: ['jpy'],
  元: ['cny'],
  '₹': ['inr'],
  rs: ['inr', 'pkr', 'lkr'],
  '₩': ['krw'],
  '₽': ['rub'],
  '₺': ['try'],
  '₫': ['vnd'],
  '₪': ['ils'],
  '₴': ['uah'],
  '₦': ['ngn'],
  '฿': ['thb'],
  '₱': ['php'],
  kr: ['sek', 'nok', 'dkk', 'isk'],
  zł: ['pln'],
  kč: ['czk'],
  ft: ['huf'],
  fr: ['chf'],
  dollar: DOLLARS,
  dollars: DOLLARS,
  bucks: DOLLARS,
  euro: ['eur'],
  euros: ['eur'],
  pound: ['gbp'],
  pounds: ['gbp'],
  yen: ['jpy'],
};

const KNOWN = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
/** Codes that nobody types as a word; the others (`all`, `try`, `top`) count only in capitals. */
const COMMON = new Set(
  'usd eur gbp jpy cny cad aud nzd chf sek nok dkk pln czk huf inr brl mxn sgd hkd krw kwd bhd'.split(
    ' ',
  ),
);

/** The currencies that a sign, word or code may stand for; null where it is none. Lower-case codes. */
export function currenciesOf(written: string): readonly string[] | null {
  const name = written.toLowerCase().replace(/\.$/, '');
  if (Object.hasOwn(BY_SIGN, name)) return BY_SIGN[name] ?? null;
  if (!KNOWN.has(name)) return null;
  return COMMON.has(name) || written === written.toUpperCase() ? [name] : null;
}
