import { join } from 'node:path';
import { createBuilder } from 'vite';
import { projectDirectory } from './project.ts';

/*
 * Builds the dashboard, as `vite build` does, and ends at once: the compiler of messages leaves a worker behind that
 * would keep the process for half a minute more.
 */
const root = join(projectDirectory, 'dashboard');
const builder = await createBuilder({ root, configFile: join(root, 'vite.config.ts') });
await builder.buildApp();
process.exit(0);
