import { readMax } from '../../channels/max/readMax.ts';
import { incomingUpdate } from '../../channels/telegram/incomingUpdate.ts';
import { readWebhook } from '../../channels/whatsapp/cloud/readWebhook.ts';
import type { Incoming } from '../../runtime/makeInbox.ts';
import type { Words } from '../../runtime/words.ts';
import { copy } from '../database/copy.ts';
import type { VirtualDatabase } from '../database/virtualDatabase.ts';
import type { Judge } from '../judge/makeJudge.ts';
import type { VirtualMax } from '../messengers/virtualMax.ts';
import type { VirtualWhatsapp } from '../messengers/virtualWhatsapp.ts';
import type { VirtualPost } from '../post/virtualPost.ts';
import type { VirtualTelegram } from '../telegram/virtualTelegram.ts';
import type { Agency } from './agency.ts';
import type { Bells } from './bells.ts';
import type { Faults, Victims } from './faults.ts';
import type { Idle } from './idle.ts';
import { type Life, makeLife } from './life.ts';
import { botId, makeProcess, type Process } from './makeProcess.ts';
import type { Options } from './options.ts';
import type { Outages } from './outages.ts';
import { makeRandom } from './random.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtualTime.ts';

export interface Machine extends Victims {
  begin(): void;
  /** All processes are up and awake. */
  well(): boolean;
  deaths(): number;
}

/** The machine the product runs on: starts its processes, buries them, starts them again; sleeps; has a clock that jumps. */
export function makeMachine(deps: {
  options: Options;
  time: VirtualTime;
  faults: Faults;
  database: VirtualDatabase;
  telegram: VirtualTelegram;
  whatsapp: VirtualWhatsapp;
  max: VirtualMax;
  bells: Bells;
  post: VirtualPost;
  words: Words;
  agency: Agency;
  outages: Outages;
  judge: Judge;
  idle: Idle;
  trace: Trace;
  machineNow: () => number;
  setSkew: (by: number) => void;
}): Machine {
  const { options, time, faults, outages, judge, trace, machineNow, telegram, whatsapp, max } = deps;
  const random = makeRandom(options.seed, 'machine');
  let running: Process[] = [];
  /** Those that are still on their way up, too. */
  let living: Life[] = [];
  let born = 0;
  let deaths = 0;
  let asleep = false;

  const start = (): void => {
    born += 1;
    const downSince = machineNow();
    const life = makeLife({
      name: `p${born}-x`,
      time,
      faults,
      random: makeRandom(options.seed, `life:${born}`),
      skew: () => machineNow() - time.now(),
      idle: deps.idle.idle,
      whenBusy: deps.idle.whenBusy,
      died: (where) => {
        deaths += 1;
        running = running.filter((one) => one.life !== life);
        living = living.filter((one) => one !== life);
        trace.line(`died ${life.name} ${where}`);
        again();
      },
    });
    const process = makeProcess({
      ...deps,
      life,
      policy: deps.agency.policy,
      alone: options.processes === 1,
      ears: judge.ears,
    });
    trace.line(`start ${life.name}`);
    living.push(life);
    if (asleep) life.suspend();
    process.start().then(
      () => {
        // It died of the last thing its start did: nobody is to be pushed anything through it.
        if (!life.alive()) return;
        outages.add(downSince, machineNow());
        running.push(process);
        trace.line(`ready ${life.name}`);
        if (options.processes === 1) return;
        push();
        pushMax();
      },
      // A start that fails ends the process, and the parent starts it again.
      () => life.kill(),
    );
  };
  const again = (): void => {
    const from = machineNow();
    const wait = random.chance(0.9) ? random.between(300, 5_000) : random.between(5_000, 120_000);
    // Several processes: what a dead one held is free when its lease has run out.
    outages.add(from, from + wait + (options.processes > 1 ? 70_000 : 2_000));
    time.after(wait, start);
  };

  /** Webhooks: each update is pushed to one of the processes until one has answered that it stands stored. */
  let next = 0;
  const push = (): void => {
    for (const update of telegram.updates(next, Infinity)) {
      next = update.update_id + 1;
      deliver(() => [incomingUpdate(botId, copy(update))]);
    }
    telegram.onUpdate(push);
  };
  let marker = 0;
  const pushMax = (): void => {
    for (const update of max.updates(marker)) {
      marker += 1;
      deliver(() => [readMax(copy(update))].filter((item) => item !== undefined));
    }
    max.onUpdate(pushMax);
  };
  // WhatsApp has no other way.
  whatsapp.webhook((body) => deliver(() => readWebhook(copy(body)) ?? []));
  const deliver = (items: () => Incoming[]): void => {
    const { latency, twice, lostAnswer } = faults.delivery();
    const attempt = (tries: number): void => {
      const process = running[random.between(0, Math.max(0, running.length - 1))];
      const later = () => time.after(Math.min(500 * 2 ** tries, 20_000), () => attempt(tries + 1));
      if (!process) return void later();
      let answered = false;
      const giveUp = time.after(10_000, () => {
        if (!answered) attempt(tries + 1);
        answered = true;
      });
      const end = (stored: boolean) => {
        if (answered) return;
        answered = true;
        giveUp();
        if (!stored || (lostAnswer && tries === 0)) later();
        else if (twice && tries === 0) attempt(tries + 1);
      };
      process.life.deliver(() => {
        process.push(items()).then(
          () => end(true),
          () => end(false),
        );
      });
    };
    time.after(latency, () => attempt(0));
  };

  return {
    machineNow,
    deaths: () => deaths,
    well: () => running.length === options.processes && !asleep,
    note: (line) => trace.line(line),
    begin: () => {
      for (let count = 0; count < options.processes; count += 1) start();
    },
    suspend: (milliseconds) => {
      if (asleep) return;
      asleep = true;
      trace.line(`suspend ${milliseconds}`);
      outages.add(machineNow(), machineNow() + milliseconds);
      for (const life of living) life.suspend();
      time.after(milliseconds, () => {
        asleep = false;
        for (const life of living) life.resume();
      });
    },
    jump: (milliseconds, back) => {
      trace.line(`jump ${milliseconds}`);
      const from = machineNow();
      deps.setSkew(milliseconds);
      if (milliseconds > 0) outages.add(from, from + milliseconds);
      time.after(back, () => {
        const now = machineNow();
        deps.setSkew(-milliseconds);
        if (milliseconds < 0) outages.add(now, now - milliseconds);
      });
    },
    deploy: () => {
      const [process] = running;
      if (!process || asleep) return;
      trace.line(`deploy ${process.life.name}`);
      // However its stop ends, it ends.
      void process.engine.stop().finally(() => process.life.kill());
    },
  };
}
