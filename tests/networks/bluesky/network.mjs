// A whole Bluesky on this machine for tests: PLC directory, PDS, Bsync and AppView, bound to
// 127.0.0.1 only.
//
// Asks:   DATABASE_URL, an empty PostgreSQL database of its own (the AppView needs it).
// Prints: one line of JSON when everything answers:
//         {"plc": url, "pds": url, "appview": url, "control": url, "jwtSecret": string,
//          "bypassKey": string}
// Takes:  POST {control}/process, which answers when the AppView has seen all the PDS wrote.
// Ends:   when its standard input closes, so that it never outlives the tests that started it.

import http from 'node:http'
import net from 'node:net'

import { TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } from '@atproto/dev-env'

const LOOPBACK = '127.0.0.1'
const JWT_SECRET = 'tests-sign-their-own-expired-tokens'
const BYPASS_KEY = 'tests-do-not-wait-for-an-hour'
const BSYNC_KEY = 'bsync-api-key'

// The servers below listen on every interface and take no address to bind to.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (first !== null && typeof first === 'object') {
    return listen.call(this, { ...first, host: LOOPBACK }, ...rest)
  }
  const callback = rest.find((argument) => typeof argument === 'function')
  return listen.call(this, { port: Number(first ?? 0), host: LOOPBACK }, callback)
}

async function freePort() {
  const server = net.createServer().listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function start(databaseUrl) {
  const [plcPort, pdsPort, bsyncPort, bskyPort] = [
    await freePort(), await freePort(), await freePort(), await freePort(),
  ]
  const plc = await TestPlc.create({ port: plcPort })
  const bsync = await TestBsync.create({
    port: bsyncPort,
    apiKeys: [BSYNC_KEY],
    dbUrl: databaseUrl,
    dbSchema: 'bsync',
  })
  const bsky = await TestBsky.create({
    port: bskyPort,
    plcUrl: plc.url,
    pdsPort,
    bsyncApiKey: BSYNC_KEY,
    bsyncUrl: bsync.url,
    repoProvider: `ws://localhost:${pdsPort}`,
    dbPostgresUrl: databaseUrl,
    dbPostgresSchema: 'appview',
  })
  bsync.ctx.dataplaneClients = [bsky.ctx.dataplane]
  const pds = await TestPds.create({
    port: pdsPort,
    didPlcUrl: plc.url,
    bskyAppViewUrl: bsky.url,
    bskyAppViewDid: bsky.ctx.cfg.serverDid,
    jwtSecret: JWT_SECRET,
    rateLimitsEnabled: true,
    rateLimitBypassKey: BYPASS_KEY,
  })
  mockNetworkUtilities(pds, bsky)
  return { plc, bsync, bsky, pds }
}

async function processAll({ pds, bsky, bsync }) {
  await pds.processAll()
  const wanted = await pds.ctx.sequencer.curr()
  const deadline = Date.now() + 20_000
  for (;;) {
    await bsky.sub.processAll()
    const reached = await bsky.sub.getCursor()
    if (!wanted || (reached && reached >= wanted)) break
    if (Date.now() > deadline) throw new Error(`the AppView stands at ${reached}, the PDS at ${wanted}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await bsky.bsyncSub.processAll(await bsync.getStreamHeads())
}

async function startControl(network) {
  const server = http.createServer((request, response) => {
    if (request.method !== 'POST' || request.url !== '/process') {
      response.writeHead(404).end()
      return
    }
    processAll(network).then(
      () => response.writeHead(204).end(),
      (error) => response.writeHead(500).end(String(error)),
    )
  }).listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  return server
}

const network = await start(process.env.DATABASE_URL)
const control = await startControl(network)

const loopback = (server) => `http://${LOOPBACK}:${server.port}`
console.log(JSON.stringify({
  plc: loopback(network.plc),
  pds: loopback(network.pds),
  appview: loopback(network.bsky),
  control: `http://${LOOPBACK}:${control.address().port}`,
  jwtSecret: JWT_SECRET,
  bypassKey: BYPASS_KEY,
}))

process.stdin.resume()
process.stdin.once('end', async () => {
  setTimeout(() => process.exit(0), 5_000).unref()
  control.close()
  await Promise.allSettled([network.bsky.close(), network.bsync.close(), network.pds.close()])
  await network.plc.close()
  process.exit(0)
})
