/** An amount in minor units (cents, pence, fen) of an ISO 4217 currency. Never a fraction. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/**
 * The price of `baseQuantity` units, one when absent (UBL 2.1 `cbc:BaseQuantity`). It lets a price be finer than a minor
 * unit while every stored amount stays an integer: 0.042 pounds each is `{ amountMinor: 42, baseQuantity: 10 }`.
 */
export interface UnitPrice extends Money {
  baseQuantity?: number;
}

/** Divides two integers (the divisor above zero) and rounds half up, toward positive infinity: 2.5 is 3, -2.5 is -2. */
export function divideHalfUp(dividend: number, divisor: number): number {
  const doubled = 2n * BigInt(dividend) + BigInt(divisor);
  const quotient = doubled / (2n * BigInt(divisor));
  // BigInt division truncates toward zero; a negative remainder means that the floor is one below.
  return Number(doubled % (2n * BigInt(divisor)) < 0n ? quotient - 1n : quotient);
}

/**
 * What a line of `quantity` units costs, in minor units, rounded half up to one minor unit. A negative quantity gives
 * a negative amount, as on a credit note.
 */
export function lineAmountMinor(price: UnitPrice, quantity: number): number {
  const base = price.baseQuantity ?? 1;
  return base === 1 ? price.amountMinor * quantity : divideHalfUp(price.amountMinor * quantity, base);
}
