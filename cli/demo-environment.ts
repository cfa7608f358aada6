/** The simulated application is a large one: VK grants such ones more requests, and the history is read in seconds. */
export const demoVk = {
  requestsPerSecond: 200,
  dailyQuota: 1_000_000,
  token: 'simulator-service-key-of-a-large-application',
} as const;

/**
 * The settings of a demo: a directory of its own, embedded databases, the simulated networks, and open to everybody unless
 * said otherwise: its people are made up. Those of Telegram are known when its servers run.
 */
export function demoEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = {
    DATA_DIR: environment.DATA_DIR || './data/demo',
    CLICKHOUSE_URL: '',
    CLICKHOUSE_CLUSTER: '',
    OPERATIONS_DATABASE_URL: '',
    PUBLIC_DASHBOARD: environment.PUBLIC_DASHBOARD || 'true',
    ROLE: 'all',
    VK_TOKENS: demoVk.token,
    VK_RPS: String(demoVk.requestsPerSecond),
    VK_DAILY_QUOTA: String(demoVk.dailyQuota),
    TELEGRAM_API_ID: '',
    TELEGRAM_API_HASH: '',
    TELEGRAM_SESSIONS: '',
    TELEGRAM_PROXY: '',
  };
  const files = Object.keys(given).map((name) => [`${name}_FILE`, '']);
  return { ...environment, ...Object.fromEntries(files), ...given };
}
