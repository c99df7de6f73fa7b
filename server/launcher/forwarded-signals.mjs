/** npm forwards SIGINT and SIGTERM; a terminal sends SIGINT to everyone; closing it sends SIGHUP. */
export const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
