/** So many customers change before the count has to be typed. */
const largeFrom = 25;

/** The count that somebody must type to do it; null where it is small enough to be seen at a glance. */
export function countToType({ count }: { count: number }): number | null {
  return count >= largeFrom ? count : null;
}
