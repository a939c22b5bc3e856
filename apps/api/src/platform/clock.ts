import { Injectable } from '@nestjs/common';

/** The present, in milliseconds since 1970, UTC: the one place where the hub reads the time, so that tests can set it. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }
}
