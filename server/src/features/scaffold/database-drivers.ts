import { listOf } from './dependencies.ts';
import { code } from './modules.ts';
import { programsOfStart } from './program-file.ts';
import type { ProjectFacts } from './project.ts';
import type { Start } from './start.ts';

/** The packages of drivers, by the names that addresses have them by (SQLAlchemy documentation, "Dialects"). */
const drivers: Readonly<Record<string, readonly string[]>> = {
  pymysql: ['pymysql'],
  mysqldb: ['mysqlclient'],
  mysqlconnector: ['mysql-connector-python', 'mysql-connector'],
  aiomysql: ['aiomysql'],
  asyncmy: ['asyncmy'],
  psycopg2: ['psycopg2', 'psycopg2-binary'],
  psycopg: ['psycopg', 'psycopg-binary'],
  asyncpg: ['asyncpg'],
  pg8000: ['pg8000'],
  aiosqlite: ['aiosqlite'],
  pyodbc: ['pyodbc'],
  oracledb: ['oracledb'],
};
const address = /["'](?:mysql|mariadb|postgresql|sqlite|mssql|oracle)\+(\w+):\/\//;

/** Why a program cannot reach its database, in a sentence: no list names the driver of its address. */
export function driverFault(facts: ProjectFacts, start: Start): string | undefined {
  const { packages, dependencies } = facts;
  if (dependencies.hasRepositories || /^(?:setup|poetry|pipenv)$/.test(dependencies.source)) return undefined;
  for (const { path, text } of programsOfStart(facts, start))
    for (const line of code(text).split('\n')) {
      const driver = /\.replace\(|^\s*#|\bif\b|startswith/.test(line) ? undefined : address.exec(line)?.[1];
      const names = driver !== undefined && Object.hasOwn(drivers, driver) ? (drivers[driver] ?? []) : [];
      if (names.length > 0 && !names.some((name) => packages.has(name)))
        return `${path} reaches its database by ${driver}, and ${listOf(dependencies)} does not name ${names[0]}: write it there, then add the files again.`;
    }
  return undefined;
}
