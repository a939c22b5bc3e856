import { hash } from 'node:crypto';
import type { Response } from 'express';

/** A long answer that is the same for everybody, strangers among them: made once, so that asking for it costs no more than sending it. */
export class PreparedAnswer {
  private readonly body: Buffer;
  private readonly tag: string;

  constructor(
    private readonly type: string,
    text: string,
  ) {
    this.body = Buffer.from(text);
    this.tag = `"${hash('sha256', this.body, 'base64url')}"`;
  }

  /** Express would make the tag anew each time. */
  send(response: Response): void {
    response.setHeader('etag', this.tag).setHeader('cache-control', 'no-cache').type(this.type).send(this.body);
  }
}
