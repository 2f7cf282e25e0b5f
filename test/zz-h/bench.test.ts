import { it } from 'vitest';
import { openTestStore } from '../support/store.ts';
const N = Number(process.env.N ?? 200000);
const FIRST = ['Ana','Ben','Cora','Dan','Eva','Finn','Gus','Hana','Ian','Jane','Kai','Lia','Max','Nora','Omar','Pia','Quin','Rosa','Sam','Tia'];
const LAST = Array.from({length: 500}, (_, i) => `${'Ruiz Sosa Doe Kim Lee Park Hill Wood Stone Brook'.split(' ')[i%10]}${'abcdefghijklmnopqrstuvwxyz'[i%26]}${i}`);
it('times', async () => {
  const store = await openTestStore(); const { knex, stores } = store;
  await store.deliver({ event:'application_approved', first_name:'Ana', last_name:'Ruiz', email:'a@example.com', phone:'+15125550143', unit:'4B', application_id:'a1'});
  await store.project();
  const [one] = await store.tenants();
  const STAGES=['approved','declined','resident','in_review','submitted'];
  let t=Date.now();
  await knex.transaction(async (trx)=>{
   for (let i=0;i<N;i+=50){ const rows:any[]=[]; const states:any[]=[];
    for(let k=i;k<i+50;k++){ const n=k+10; const id=`t${n}`;
      const record={...one, id, stage: STAGES[k%5], person:{firstName:FIRST[k%20], lastName:LAST[(k*7)%500], email:`u${n}@example.com`, phone:`+1512${String(5550000+n)}`}, residencies:[], applications: one!.applications.map((a:any)=>({...a, unit:{...a.unit, title:`${k%300}${'ABCD'[k%4]}`, property:{id:null,externalId:null,name:`House${k%900}`}}}))};
      rows.push({id, account:'main', ordinal:n*1000+1, revision:1, stage:record.stage, record:JSON.stringify(record), created_at:'x', updated_at:'x', worded:0});
      for (const c of ['oak','elm']) states.push({tenant_id:id, connection:c, kind:'applicant', place:'p'+n, state: c==='oak'&&k%100===0?'parked':c==='elm'&&k%1000===1?'retrying':'synced', cause:null, updated_at:'x', remote_id: 'r'+n});
    }
    await trx('tenants').insert(rows); await trx('sync_states').insert(states); }
  });
  console.log('made', Date.now()-t); t=Date.now(); let steps=0, worst=0;
  for(;;){ const a=performance.now(); const more=await stores.fillWords(); worst=Math.max(worst,performance.now()-a); steps++; if(!more) break; }
  console.log('filled', Date.now()-t, 'ms in', steps, 'steps, worst', worst.toFixed(1));
  console.log('words', (await knex('tenant_words').count({n:'*'}).first())?.n, 'pages', JSON.stringify(await knex.raw('pragma page_count')));
  const base={text:'',stage:null,connection:null,standing:null,after:null,limit:50,now:'2026-11-23T00:00:00.000Z'};
  const ask=async(name:string,q:any)=>{ const times:number[]=[]; let page:any; for(let r=0;r<5;r++){const a=performance.now(); page=await stores.tenantSearch.find({...base,...q}); await stores.tenantSearch.rows(page.ids); await stores.sync.states(page.ids); await stores.tenantSearch.passes(page.ids); times.push(performance.now()-a);} console.log(name.padEnd(34), Math.max(...times).toFixed(1), 'ms max', page.ids.length, page.next, page.broken); return page; };
  await ask('all',{}); await ask('deep all',{after:`3.t${N-500}`}); await ask('stage',{stage:'resident'});
  await ask('no such stage',{stage:'canceled'});
  await ask('connection',{connection:'elm'}); await ask('other connection',{connection:'x'});
  await ask('needs you',{standing:'needs_you'}); await ask('needs you at a stage of none',{standing:'needs_you',stage:'declined'}); await ask('needs you in elm',{standing:'needs_you',connection:'elm'});
  await ask('catching up',{standing:'catching_up'}); await ask('in line',{standing:'in_line'});
  for (const text of ['a','an','ana','ana ruiz','u1','u','example','5125550','0143','u777@example.com','zzz','ana brookj9','4','house1 b','1','ana ben'] ) await ask('text '+text,{text});
  await ask('broad + stage',{text:'ana',stage:'canceled'}); await ask('broad + connection',{text:'a',connection:'x'}); await ask('broad in line',{text:'h',standing:'in_line'});
  await knex('sync_states').where({connection:'oak'}).update({state:'parked'});
  await ask('everybody parked', {}); await ask('everybody parked, stage none', {stage:'canceled'}); await ask('everybody parked, in line', {standing:'in_line'});await ask('everybody parked, text', {text:'ana'});
}, 600000);
