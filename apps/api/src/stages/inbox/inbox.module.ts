import { Module } from '@nestjs/common';
import { AcceptanceStore } from './acceptance.store.ts';
import { InboxStore } from './inbox.store.ts';
import { LeftOverStore } from './left-over.store.ts';
import { LinesStore } from './lines.store.ts';
import { StreamedStore } from './streamed.store.ts';
import { UnderWayStore } from './under-way.store.ts';

const stores = [AcceptanceStore, InboxStore, LeftOverStore, LinesStore, StreamedStore, UnderWayStore];

@Module({ providers: stores, exports: stores })
export class InboxModule {}
