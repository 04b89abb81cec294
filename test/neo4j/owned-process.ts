/** Run by a test that kills it: starts a server, says where, and waits. */
import { ownServer } from './own-server.js';

const server = await ownServer();
console.log(JSON.stringify({ uri: server.uri, log: server.log().length > 0 }));
setInterval(() => {}, 2 ** 30);
