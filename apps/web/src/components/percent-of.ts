export function percentOf(share: number): string {
  return `${Number((100 * share).toFixed(2)).toLocaleString('en')} %`;
}
