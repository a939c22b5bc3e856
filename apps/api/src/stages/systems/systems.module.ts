import { Module } from '@nestjs/common';
import { SystemKeys } from './system-keys.ts';
import { SystemsStore } from './systems.store.ts';

@Module({ providers: [SystemsStore, SystemKeys], exports: [SystemsStore, SystemKeys] })
export class SystemsModule {}
