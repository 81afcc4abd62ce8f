export const formatCard = (last4: string | null): string =>
  last4 === null ? 'the payment method that was charged' : `the card ending in ${last4}`;
