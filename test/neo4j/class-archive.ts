/** Makes the class data sharing archive of the server: with it a start costs half, and a run of the tests has several. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, withLock } from './cache-folder.js';
import type { Installation, Report } from './installation.js';
import { jarServer } from './jar-server.js';

/** Path of the archive for this Java and these jars, written by a first start and end when it is missing. */
export async function classArchive(installation: Installation, report: Report): Promise<string | undefined> {
  // Of these jars alone: Java refuses it for another class path.
  const name = `classes-${basename(installation.lib)}-${installation.java.version.replaceAll(/[^\w.]/g, '_')}.jsa`;
  const archive = join(cacheFolder(), name);
  if (existsSync(archive)) return archive;
  return withLock('classes', async () => {
    if (existsSync(archive)) return archive;
    report('Neo4j: a first start, which makes the later ones quick (once)');
    const temporary = `${archive}.${process.pid}`;
    try {
      const server = await jarServer(installation, { jvm: [`-XX:ArchiveClassesAtExit=${temporary}`] });
      await server.stop();
      await server[Symbol.asyncDispose]();
      if (!existsSync(temporary)) return undefined;
      renameSync(temporary, archive);
      return archive;
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}
