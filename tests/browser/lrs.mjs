// An LMS by cmi5 that can fail: it serves a package out of its files and launches it; its records are on another origin, as
// most are. It refuses whatever the profile or xAPI forbids, and remembers why.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { close, listen, MEDIA_TYPES } from './server.mjs';

const ADL = 'http://adlnet.gov/expapi/verbs/';
const CMI5 = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';
const MOVE_ON = 'https://w3id.org/xapi/cmi5/context/categories/moveon';
const SESSION = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';
const MASTERY = 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DURATION = /^P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/;
const TYPES = ['choice', 'matching', 'sequencing', 'other'];

/** A no of the LMS, with its status. */
class Refusal extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/**
 * Serves that package and takes what it tells until `close()` is called.
 *
 * @param {Map<string, Buffer>} files those of the package
 */
export async function serveLrs(files) {
  const lms = {
    /** Every statement that was taken, and every document, by its name within a registration. */
    statements: [],
    documents: new Map(),
    /** Why something was refused. */
    refusals: [],
    /** Every request, as a method and a path. */
    requests: [],
    /** With what status a request fails, by its method, its path and what it brings; nothing, if it does not. */
    fails: () => undefined,
  };
  /** The sessions by what lets into them, and those that wait for somebody to ask for that. */
  const sessions = new Map();
  const waiting = new Map();
  /** Which session has written a document last. */
  const writers = new Map();
  /** What may be said once in a registration. */
  const registrations = new Map();

  const content = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const body = pathname === '/lms' ? '<!DOCTYPE html><title>LMS</title><link rel="icon" href="data:,"><h1>Your courses</h1>' : files.get(pathname.replace(/^\/content\//, ''));
    const type = MEDIA_TYPES[extname(pathname) || '.html'] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body ?? 'Not found');
  });
  const origin = await listen(content);

  async function answer(request) {
    const url = new URL(request.url, 'http://localhost');
    const body = await text(request);
    if (request.method === 'OPTIONS') return { status: 204 };
    lms.requests.push(`${request.method} ${url.pathname}`);
    const status = lms.fails(request.method, url.pathname, body);
    if (status) return { status };
    if (url.pathname.startsWith('/fetch/')) return token(request, url);
    if (request.headers['x-experience-api-version'] !== '1.0.3') throw new Refusal(400, 'no version');
    const session = sessions.get(request.headers.authorization);
    if (!session) throw new Refusal(401, 'nobody is let in by that');
    // A document may come a little after the last statement.
    const isLate = session.isTerminated && (url.pathname === '/xapi/statements' || Date.now() > session.ended + 2000);
    if (isLate || session.isAbandoned) throw new Refusal(403, 'the session has ended');
    if (url.pathname === '/xapi/statements') return statements(session, request.method, url, body);
    const { agent, registration, stateId, activityId, profileId } = Object.fromEntries(url.searchParams);
    if (!isDeepStrictEqual(JSON.parse(agent), session.actor)) throw new Refusal(403, 'another agent');
    if (url.pathname === '/xapi/agents/profile') {
      if (profileId !== 'cmi5LearnerPreferences' || request.method !== 'GET') throw new Refusal(403, 'another profile');
      session.hasPreferences = true;
      return json({ languagePreference: 'en-GB', audioPreference: 'off' });
    }
    if (url.pathname !== '/xapi/activities/state') throw new Refusal(404, 'no such resource');
    if (registration !== session.registration || activityId !== session.activityId) throw new Refusal(403, 'another place');
    return document(session, request, stateId, body);
  }

  function token(request, url) {
    if (request.method !== 'POST') throw new Refusal(405, 'the token is given to POST alone');
    const session = waiting.get(url.pathname);
    if (!session) return json({ 'error-code': '1', 'error-text': 'The token was given before.' });
    waiting.delete(url.pathname);
    const token = Buffer.from(`${session.id}:`).toString('base64');
    sessions.set(`Basic ${token}`, session);
    return json({ 'auth-token': token });
  }

  function document(session, { method, headers }, name, body) {
    const key = `${session.registration} ${name}`;
    const known = lms.documents.get(key);
    const tag = known && `"${createHash('sha1').update(known).digest('hex')}"`;
    if (method === 'GET') return known ? { ...json(JSON.parse(known)), headers: { ETag: tag } } : { status: 404 };
    if (method !== 'PUT' || name === 'LMS.LaunchData') throw new Refusal(403, `${method} of ${name}`);
    if (session.launchMode !== 'Normal') throw new Refusal(403, 'progress of somebody who only looks');
    if (headers['if-match'] && headers['if-match'] !== tag) return { status: 412 };
    if (known && !headers['if-match'] && writers.get(key) !== session.id) throw new Refusal(409, 'overwritten unseen');
    JSON.parse(body);
    lms.documents.set(key, body);
    writers.set(key, session.id);
    return { status: 204 };
  }

  function statements(session, method, url, body) {
    const given = JSON.parse(body);
    const list = method === 'POST' && Array.isArray(given) ? given : [given];
    if (method === 'PUT' && url.searchParams.get('statementId') !== given.id) throw new Refusal(400, 'another id');
    if (!session.hasPreferences) throw new Refusal(403, 'the preferences come first');
    const news = list.filter((statement) => {
      const known = lms.statements.find(({ id }) => id === statement.id);
      if (known && !isDeepStrictEqual(known, statement)) throw new Refusal(409, 'another of that id');
      return !known;
    });
    // All or none.
    const trial = structuredClone({ ...session, registered: registrations.get(session.registration) ?? {} });
    for (const statement of news) check(statement, trial);
    const { registered, ...changed } = trial;
    Object.assign(session, changed);
    registrations.set(session.registration, registered);
    lms.statements.push(...news);
    return { status: method === 'PUT' ? 204 : 200, type: 'application/json', body: method === 'PUT' ? undefined : JSON.stringify(list.map(({ id }) => id)) };
  }

  const records = createServer(async (request, response) => {
    let outcome;
    try {
      outcome = await answer(request);
    } catch (error) {
      lms.refusals.push(error.message);
      outcome = { status: error.status ?? 400, type: 'text/plain', body: error.message };
    }
    response.writeHead(outcome.status, {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, PUT, POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Experience-API-Version, If-Match',
      'Access-Control-Expose-Headers': 'ETag',
      'Access-Control-Max-Age': '600',
      ...(outcome.type && { 'Content-Type': outcome.type }),
      ...outcome.headers,
    });
    return response.end(outcome.body);
  });
  const place = await listen(records);

  /** The address by which the package is launched for a learner. */
  function launch({ learner = 'ada', registration = `00000000-0000-4000-8000-${Buffer.from(learner.padEnd(6)).toString('hex')}`, launchMode = 'Normal', masteryScore = 0.8, returnURL = `${origin}/lms`, isPlain = false } = {}) {
    const session = {
      id: randomUUID(),
      registration,
      launchMode,
      masteryScore,
      actor: { objectType: 'Agent', account: { homePage: origin, name: learner } },
      activityId: `${origin}/activities/1`,
      contextTemplate: { contextActivities: { grouping: [{ id: 'urn:kurso:clf-c02:unit' }] }, extensions: {} },
      verbs: [],
    };
    session.contextTemplate.extensions[SESSION] = session.id;
    // A new launch ends the one before.
    for (const other of sessions.values()) if (other.registration === registration && !other.isTerminated) other.isAbandoned = true;
    const { contextTemplate } = session;
    lms.documents.set(`${registration} LMS.LaunchData`, JSON.stringify({ contextTemplate, launchMode, masteryScore, moveOn: 'CompletedAndPassed', returnURL }));
    lms.session = session;
    const shared = { endpoint: `${place}/xapi/`, actor: JSON.stringify(session.actor), registration };
    let parameters = { ...shared, fetch: `${place}/fetch/${session.id}`, activityId: session.activityId };
    if (isPlain) {
      const auth = `Basic ${session.id}`;
      Object.assign(session, { isPlain, hasPreferences: true, masteryScore: undefined, contextTemplate: { contextActivities: {}, extensions: {} } });
      sessions.set(auth, session);
      lms.documents.delete(`${registration} LMS.LaunchData`);
      parameters = { ...shared, auth, activity_id: session.activityId };
    } else waiting.set(`/fetch/${session.id}`, session);
    return `${origin}/content/index.html?${new URLSearchParams(parameters)}`;
  }

  /** What was said in a session, as verbs. */
  const verbs = (session = lms.session) =>
    lms.statements.filter(({ context }) => context.extensions[SESSION] === session.contextTemplate.extensions[SESSION]).map(({ verb }) => verb.id.replace(ADL, ''));

  return Object.assign(lms, {
    origin,
    others: [place],
    url: '',
    launch,
    verbs,
    /** The progress that it has of that learner. */
    progress: (session = lms.session) => {
      const document = lms.documents.get(`${session.registration} kurso`);
      return document && JSON.parse(document).progress;
    },
    close: () => Promise.all([close(content), close(records)]),
  });
}

function json(value) {
  return { status: 200, type: 'application/json', body: JSON.stringify(value) };
}

async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Refuses a statement that may not be made now, and remembers it otherwise. */
function check(statement, session) {
  const must = (holds, why) => {
    if (!holds) throw new Refusal(403, `${statement.verb?.id}: ${why}`);
  };
  const { id, actor, verb, object, result = {}, context, timestamp, ...rest } = statement;
  must(Object.keys(rest).length === 0, `unknown: ${Object.keys(rest)}`);
  must(UUID.test(id), 'the id is a UUID');
  must(isDeepStrictEqual(actor, session.actor) && actor.account, 'the actor is the one who was launched');
  must(verb.id.startsWith(ADL) && typeof verb.display.en === 'string', 'a verb');
  must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(timestamp), 'a timestamp in UTC');
  must(!session.latest || timestamp >= session.latest, 'time goes on');
  session.latest = timestamp;
  must(context.registration === session.registration, 'the registration');
  contexts(context, session, must);
  results(result, must);
  const word = verb.id.replace(ADL, '');
  must(word === 'initialized' ? !session.isInitialized : session.isInitialized, 'initialized comes first, once');
  must(!session.isTerminated, 'terminated comes last');
  const categories = (context.contextActivities.category ?? []).map(({ id }) => id);
  if (word === 'answered') {
    must(!categories.includes(CMI5) && !categories.includes(MOVE_ON), 'what cmi5 only allows is of no category');
    must(object.id.startsWith(`${session.activityId}/`), 'the exercise is one of the activity');
    return question(object.definition, result, must);
  }
  must(object.id === session.activityId && object.objectType === 'Activity', 'the object is the activity');
  must(categories.includes(CMI5) === !session.isPlain, 'the category of cmi5');
  must(session.isPlain ? !categories.includes(MOVE_ON) : categories.includes(MOVE_ON) === ('success' in result || 'completion' in result), 'the category of what counts');
  must(!session.verbs.includes(word), 'each verb once');
  must(['initialized', 'terminated'].includes(word) || session.launchMode === 'Normal', 'nothing counts for who only looks');
  must(word === 'initialized' || DURATION.test(result.duration), 'a duration');
  must(('completion' in result) === (word === 'completed') && (word !== 'completed' || result.completion === true), 'completion');
  const judged = word === 'passed' || word === 'failed';
  must(('success' in result) === judged && ('score' in result) === judged, 'success and score');
  if (judged) {
    must(result.success === (word === 'passed'), 'the right success');
    must(context.extensions[MASTERY] === session.masteryScore, 'the mastery score');
    must(result.score.scaled >= (session.masteryScore ?? 0.8) === result.success, 'the score and the mastery score agree');
    must(!session.verbs.some((verb) => verb === 'passed' || verb === 'failed'), 'one verdict in a session');
    must(!session.registered.passed, 'no verdict after passed');
  }
  must(word !== 'completed' || !session.registered.completed, 'completed once');
  must(['initialized', 'completed', 'passed', 'failed', 'terminated'].includes(word), 'a verb of cmi5');
  session.verbs.push(word);
  session.isInitialized = true;
  session.isTerminated = word === 'terminated';
  session.ended = Date.now();
  if (word === 'completed' || word === 'passed') session.registered[word] = true;
  return undefined;
}

/** Refuses a context that is not made by the template. */
function contexts({ registration, contextActivities, extensions, ...rest }, { contextTemplate }, must) {
  must(Object.keys(rest).length === 0 && registration, `unknown in the context: ${Object.keys(rest)}`);
  for (const [name, list] of Object.entries(contextTemplate.contextActivities)) {
    must(isDeepStrictEqual(contextActivities[name].slice(0, list.length), list), 'the template stands');
  }
  for (const list of Object.values(contextActivities)) must(Array.isArray(list) && list.every(({ id }) => URL.canParse(id)), 'activities');
  for (const [name, value] of Object.entries(contextTemplate.extensions)) must(extensions[name] === value, 'the template stands');
}

function results({ score, success, completion, duration, response, ...rest }, must) {
  must(Object.keys(rest).length === 0, `unknown in the result: ${Object.keys(rest)}`);
  must([success, completion].every((flag) => flag === undefined || typeof flag === 'boolean'), 'flags');
  must(duration === undefined || DURATION.test(duration), 'a duration by ISO 8601');
  must(response === undefined || typeof response === 'string', 'a response');
  if (!score) return;
  const { scaled, raw, min, max } = score;
  must(scaled >= 0 && scaled <= 1 && [raw, min, max].every(Number.isInteger) && raw >= min && raw <= max, 'a score');
}

/** Refuses an interaction that is not by xAPI, or whose parts do not belong together. */
function question({ type, name, description, interactionType, correctResponsesPattern: patterns, ...parts }, { response, success }, must) {
  must(type === 'http://adlnet.gov/expapi/activities/cmi.interaction' && TYPES.includes(interactionType), 'an interaction');
  for (const text of [name, description]) must(text === undefined || typeof Object.values(text)[0] === 'string', 'texts by language');
  const wanted = { choice: ['choices'], sequencing: ['choices'], matching: ['source', 'target'], other: [] }[interactionType];
  must(isDeepStrictEqual(Object.keys(parts).sort(), wanted), `the parts of ${interactionType}: ${Object.keys(parts)}`);
  const ids = Object.fromEntries(Object.entries(parts).map(([part, list]) => [part, list.map(({ id }) => id)]));
  for (const [part, list] of Object.entries(ids)) {
    must(new Set(list).size === list.length && list.every((id) => /^[\x21-\x7e]+$/.test(id)), `the ids of ${part}`);
    must(parts[part].every(({ description }) => description === undefined || Object.values(description)[0].length > 0), 'texts');
  }
  if (interactionType === 'other') return must(patterns === undefined, 'nothing is right by itself');
  must(patterns.length > 0, 'something is right');
  for (const said of [response, ...patterns]) {
    for (const one of said.split('[,]').filter(Boolean)) {
      const [first, second, ...more] = one.split('[.]');
      const known = interactionType === 'matching' ? ids.source.includes(first) && ids.target.includes(second) : ids.choices.includes(first) && second === undefined;
      must(known && more.length === 0, `${one} is one of the parts`);
    }
  }
  const sorted = (said) => (interactionType === 'sequencing' ? said : said.split('[,]').sort().join());
  return must(success === patterns.map(sorted).includes(sorted(response)), 'it is right if it is one of the right ones');
}
