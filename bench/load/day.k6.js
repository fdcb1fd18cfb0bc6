// A day of many people, as k6 plays it: the same as bench/load/locustfile.py.
//   k6 run -e HOST=https://diary.example -e PEOPLE=people.txt -e PASSWORD=… bench/load/day.k6.js
// Fails where more than one answer in a thousand is wrong, or one in twenty takes longer than 300 ms.
import { check, sleep } from 'k6';
import http from 'k6/http';

const HOST = __ENV.HOST || 'http://127.0.0.1:8000';
const PASSWORD = __ENV.PASSWORD || 'onharu-demo';
const NAMES = __ENV.PEOPLE ? open(__ENV.PEOPLE).trim().split(/\s+/) : ['demo'];
const FOODS = ['김치찌개', 'ㄱㅂㅈㄱ', '닭가슴살', '사과', '바나나', 'rhksws'];
const MEDICINES = ['타이레놀', '머리 아파', 'ㅇㅅㅍㄹ', '게보린'];

export const options = {
  scenarios: {
    day: {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { duration: '1m', target: Number(__ENV.VUS || 50) },
        { duration: __ENV.DURATION || '5m', target: Number(__ENV.VUS || 50) },
        { duration: '30s', target: 0 },
      ],
    },
  },
  thresholds: { http_req_failed: ['rate<0.001'], http_req_duration: ['p(95)<300'] },
};

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const today = () => new Date(Date.now() + 9 * 3600 * 1000).toISOString().slice(0, 10);
const HOLDS = 10 * 60 * 1000; // an access token lasts for fifteen minutes
let token;
let since = 0;
let seen;

function ask(method, path, body, name, headers) {
  return http.request(method, `${HOST}${path}`, body && JSON.stringify(body), {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    tags: { name: name || path },
  });
}

const DAY = [
  [30, () => ask('GET', `/api/days/${today()}/summary/`, null, '/api/days/{day}/summary/')],
  [6, () => ask('GET', `/api/meals/?log_date=${today()}`, null, '/api/meals/')],
  [4, () => ask('GET', '/api/workoutplans/today/')],
  [8, () => {
    const found = ask('GET', `/api/foods/?q=${encodeURIComponent(pick(FOODS))}`, null, '/api/foods/');
    const results = found.status === 200 ? found.json('results') : [];
    if (results.length) seen = results[0].id;
    return found;
  }],
  [2, () => ask('GET', `/api/medicines/search/?q=${encodeURIComponent(pick(MEDICINES))}`, null, '/api/medicines/search/')],
  [4, () => seen && ask(
    'POST', '/api/meals/', { log_date: today(), meal_type: 'SNACK', items: [{ food: seen, quantity: 1 }] },
    'POST /api/meals/', { 'Idempotency-Key': `k6-${__VU}-${__ITER}-${Date.now()}-${Math.random()}` },
  )],
];
const WHOLE = DAY.reduce((sum, [weight]) => sum + weight, 0);

export default function () {
  if (Date.now() - since > HOLDS) {
    const said = { username: NAMES[(__VU - 1) % NAMES.length], password: PASSWORD };
    // From one address the house lets only so many sign in within a minute: that is no failure.
    const answer = http.post(`${HOST}/auth/token/`, JSON.stringify(said), {
      headers: { 'Content-Type': 'application/json' }, responseCallback: http.expectedStatuses(200, 429),
    });
    if (answer.status !== 200) return sleep(Number(answer.headers['Retry-After'] || 5));
    [token, since] = [answer.json('access'), Date.now()];
  }
  let left = Math.random() * WHOLE;
  const [, doing] = DAY.find(([weight]) => (left -= weight) < 0) || DAY[0];
  const answer = doing();
  if (answer) check(answer, { 'is well': (one) => one.status >= 200 && one.status < 300 });
  sleep(1 + Math.random() * 4);
}
