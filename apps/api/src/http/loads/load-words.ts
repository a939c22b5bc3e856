import type { Load } from '@cinch/api-contract';

type Told = Omit<Load, 'detail'>;

/** What happened to the load and what to do next, in a sentence or two. */
export function loadInWords(load: Told): string {
  const { state, accepted, rejected, waiting, flagged } = load;
  switch (state) {
    case 'open':
      return `Push the records with ?load=${load.loadId}, then complete the load with the number of lines that were sent.`;
    case 'completing':
      return waiting > 0 ? `${waiting} of ${accepted} lines still wait; the sweep follows them.` : 'The sweep is next.';
    case 'to-accept':
      return `${doubtsOf(load)} Nothing is flagged unless an admin accepts that; or abort the load and send another one.`;
    case 'swept':
      return flagged === 0
        ? 'The load showed every record that is known.'
        : `The load did not show ${flagged} records: they are flagged as old, for a person to look at.`;
    case 'unswept':
      return load.why.includes('wrong-count')
        ? `${accepted + rejected} lines came where ${load.expected} were expected, so nothing was flagged. Send another load.`
        : 'A later load was opened before anybody accepted this one, so nothing was flagged.';
    case 'aborted':
      return load.why.includes('idle')
        ? 'Nothing was pushed for a day, so the load was aborted. What it brought counts; nothing was flagged.'
        : 'The load was aborted. What it brought counts; nothing was flagged.';
  }
}

function doubtsOf({ why, rejected, error, unshown }: Told): string {
  const words = why.map((doubt) => {
    if (doubt === 'rejects') return `${rejected} lines were rejected.`;
    if (doubt === 'many-old')
      return `It did not show ${unshown} records, more than the limit of the system: a file that was cut off looks like this.`;
    return doubt === 'errors' ? `${error} records could not be read.` : 'The load brought no records at all.';
  });
  return words.join(' ');
}
