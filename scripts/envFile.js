import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/**
 * Settings of a file `.env`, for what the environment does not say: npm's commands begin with it (`--import`), the tests'
 * products do not. Node's own `--env-file-if-exists` says at every start without such a file that there is none.
 */
if (existsSync('.env')) loadEnvFile('.env');
