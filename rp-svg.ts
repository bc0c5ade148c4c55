import { writeFileSync } from 'node:fs';
import { drawPicture } from './lib/analysis/picture/draw';
import { synthesize } from './lib/cli/synthesize';
import { reportOfDeployment } from './lib/cli/report/report-subject';
import { targetsOf } from './lib/deployment/model/flows';
import { shapeOf, shortNames } from './lib/report/picture/box-shape';
import { columnsOf } from './lib/report/picture/columns';
import { layOut } from './lib/report/picture/layout';
import { pictureSvg } from './lib/report/picture/svg';
import { colours, pictureStyle } from './lib/report/picture/style';
async function main(){
const s = synthesize(process.argv[2] ?? './config/production.yaml', undefined, {allowExpired:true});
const sub = reportOfDeployment(s);
let t=performance.now(); const lap=(n:string)=>{console.error(n,Math.round(performance.now()-t));t=performance.now()};
const p = drawPicture({drill:sub.drill, connections: sub.reachability.connections, stacks: s.terraform.map(t=>t.configuration), knowsNodes:true,
 targets: s.model.workloads.flatMap(([workload,w])=>targetsOf(s.model,w).filter(t=>t.kind==='external').map(t=>({workload,name:t.name,port:t.port,host: typeof s.model.external[t.name]?.host==='string'? s.model.external[t.name]!.host as string:undefined})))});
lap('draw');
const names=shortNames(sub.drill.cluster.facts.nodes.map(n=>n.name));
const c=columnsOf(p); const l=await layOut(p,p.boxes.map(b=>shapeOf(b,[],names)),c); lap('layout');
const svg=pictureSvg(p,l,{title:'x',style:colours('.picture')+pictureStyle}).markup; console.error(svg.length,l.width,l.height);
writeFileSync('/tmp/rp/out.svg',svg);}
main();
