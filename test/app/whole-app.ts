/**
 * The application as Node loads it. Test files are loaded as CommonJS, and what the application imports lazily is not:
 * imported as usual, it would have two copies of each class, and errors of the one are none of the other's.
 */
export async function wholeApp() {
  const [{ Hopwise }, { startServer }, { runCli }] = await Promise.all([
    import('../../app/index.js'),
    import('../../app/http/server.js'),
    import('../../app/cli/run-cli.js'),
  ]);
  return { Hopwise, startServer, runCli };
}
