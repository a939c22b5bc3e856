import { Module } from '@nestjs/common';
import { KeysStore } from './keys.store.ts';
import { SystemKeys } from './system-keys.ts';
import { SystemsStore } from './systems.store.ts';

@Module({ providers: [SystemsStore, SystemKeys, KeysStore], exports: [SystemsStore, SystemKeys, KeysStore] })
export class SystemsModule {}
