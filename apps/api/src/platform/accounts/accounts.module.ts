import { Module } from '@nestjs/common';
import { Accounts } from './accounts.ts';
import { AdminToken } from './admin-token.ts';
import { FirstStart } from './first-start.ts';

@Module({ providers: [Accounts, AdminToken, FirstStart], exports: [Accounts, AdminToken, FirstStart] })
export class AccountsModule {}
