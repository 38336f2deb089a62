import type { ProjectFacts } from '../project.ts';
import { code } from '../sources/modules.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { listOf } from './dependencies.ts';

/** The packages of drivers, by the names that addresses have them by (SQLAlchemy documentation, "Dialects"). */
const drivers: Readonly<Record<string, readonly string[]>> = {
  pymysql: ['pymysql'],
  mysqldb: ['mysqlclient'],
  mysqlconnector: ['mysql-connector-python', 'mysql-connector'],
  aiomysql: ['aiomysql'],
  asyncmy: ['asyncmy'],
  psycopg2: ['psycopg2-binary', 'psycopg2'],
  psycopg: ['psycopg[binary]', 'psycopg', 'psycopg-binary'],
  asyncpg: ['asyncpg'],
  pg8000: ['pg8000'],
  aiosqlite: ['aiosqlite'],
  pyodbc: ['pyodbc'],
  oracledb: ['oracledb'],
};
/** They need a library of the system, and which one the project does not tell. */
const needsLibraries = /^(?:mysqlclient|pyodbc)$/;
const address = /["'](?:mysql|mariadb|postgresql|sqlite|mssql|oracle)\+(\w+):\/\//;

/** What programs reach a database by that no list names. */
function missingDrivers(facts: ProjectFacts, start: Start): { path: string; driver: string; name: string }[] {
  const { packages, dependencies } = facts;
  if (dependencies.hasRepositories || /^(?:setup|poetry|pipenv)$/.test(dependencies.source)) return [];
  return programsOfStart(facts, start).flatMap(({ path, text }) =>
    code(text)
      .split('\n')
      .flatMap((line) => {
        const driver = /\.replace\(|^\s*#|\bif\b|startswith/.test(line) ? undefined : address.exec(line)?.[1];
        const names = driver !== undefined && Object.hasOwn(drivers, driver) ? (drivers[driver] ?? []) : [];
        const [name] = names;
        return driver === undefined || name === undefined || names.some((one) => packages.has(one))
          ? []
          : [{ path, driver, name }];
      }),
  );
}

/** Why a program cannot reach its database, in a sentence: no list names the driver of its address. */
export function driverFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = missingDrivers(facts, start).find(({ name }) => needsLibraries.test(name));
  return (
    found &&
    `${found.path} reaches its database by ${found.driver}, and ${listOf(facts.dependencies)} does not name ${found.name}: write it there, then add the files again.`
  );
}

/** The drivers that are installed beside a list, as they come whole in a wheel. */
export const driversBeside = (facts: ProjectFacts, start: Start): string[] => [
  ...new Set(missingDrivers(facts, start).map(({ name }) => name)),
];
