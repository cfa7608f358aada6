import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { projectDirectory } from './project.ts';
import { runDemo } from './run-demo.ts';

const started: ViteDevServer[] = [];

/** `npm run dev`: the demo with the dashboard's sources as they are, changed pages appear at once. */
await runDemo({
  start: {
    command: 'npm run dev',
    does: {
      ru: 'Демонстрация с исходниками веб-интерфейса как есть: изменения видны сразу.',
      en: 'The demo with the dashboard’s sources as they are: changes appear at once.',
    },
  },
  prepare: async () => {
    const { createServer } = await import('vite');
    const vite = await createServer({
      configFile: join(projectDirectory, 'dashboard', 'vite.config.ts'),
      root: join(projectDirectory, 'dashboard'),
      server: { middlewareMode: true },
      appType: 'custom',
    });
    started.push(vite);
  },
  handler: () => {
    const listener: RequestListener = (request, response) => {
      started[0]?.middlewares(request, response, () => {
        response.writeHead(404).end();
      });
    };
    return Promise.resolve(listener);
  },
  close: async () => {
    await started[0]?.close();
  },
});
