/** Why a call outwards came to nothing, in words that hold nothing of what was answered and nothing of the network. */
const words = {
  'address-refused': 'the hub may not call its address (EGRESS_ALLOW in docs/security.md)',
  'name-unknown': 'the name in its address is not known',
  'not-connected': 'nothing takes a connection at its address',
  'not-trusted': 'its certificate is not valid, or it does not speak TLS',
  cut: 'it ended the connection in the middle of the call',
  'not-in-time': 'it did not answer in time',
  'too-large': 'its answer is larger than is taken',
  'not-readable': 'its answer is not of the form that was asked for',
} as const;

export type EgressReason = keyof typeof words;

export class EgressFailure extends Error {
  override readonly name = 'EgressFailure';

  constructor(readonly reason: EgressReason) {
    super(words[reason]);
  }
}

/** What the parts of Node say, as one of the reasons. `isSecured`: TLS stood already. */
export function asEgressFailure(error: NodeJS.ErrnoException, isTls: boolean, isSecured: boolean): EgressFailure {
  if (error instanceof EgressFailure) return error;
  const { code = '' } = error;
  if (code.startsWith('HPE_')) return new EgressFailure('not-readable');
  if (['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes(code)) return new EgressFailure('name-unknown');
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL'].includes(code))
    return new EgressFailure('not-connected');
  return new EgressFailure(isTls && !isSecured ? 'not-trusted' : 'cut');
}
