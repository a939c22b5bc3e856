/** The exact sum of decimal texts, with as many places as the longest of them has. */
export function sumOfAmounts(amounts: readonly string[]): string {
  const places = Math.max(...amounts.map((amount) => (amount.split('.')[1] ?? '').length));
  const units = amounts.reduce((sum, amount) => {
    const [whole, fraction = ''] = amount.split('.');
    return sum + BigInt(whole! + fraction.padEnd(places, '0'));
  }, 0n);
  const digits = units
    .toString()
    .replace('-', '')
    .padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
