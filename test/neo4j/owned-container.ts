/** Run by a test that kills it: starts a container, says where, and waits. */
import { containerServer } from './container-server.js';

const server = await containerServer();
console.log(JSON.stringify({ uri: server.uri }));
setInterval(() => {}, 2 ** 30);
