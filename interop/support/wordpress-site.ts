import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ChatProxy } from './chat-proxy.js';
import { freePort } from './free-port.js';
import type { MariaDb } from './mariadb.js';

const run = promisify(execFile);
/** Where WordPress is: Debian's, or another release to be tried. */
const TREE = process.env.MEERKAT_TEST_WORDPRESS ?? '/usr/share/wordpress';
/** Where the plugin is. */
const PLUGIN = path.resolve(import.meta.dirname, '../../integrations/wordpress/meerkat-chat');
/** How long it may take to be ready, in milliseconds. */
const PATIENCE = 30_000;

/** What wp-config.php says beside the addresses; made for these tests alone. */
const KEYS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE']
  .flatMap((scheme) => [`${scheme}_KEY`, `${scheme}_SALT`])
  .map((name) => `define('${name}', 'k>L8|#mF~\`[]{}<>:?./,;=+ ${name}');`)
  .join('\n');
/** The key and the salt of its cookies, as a chat server is told them. */
export const LOGGED_IN_SECRET = ['LOGGED_IN_KEY', 'LOGGED_IN_SALT']
  .map((name) => `k>L8|#mF~\`[]{}<>:?./,;=+ ${name}`)
  .join('');

/** Real WordPress on PHP and MariaDB, with the plugin in it, behind a proxy that makes one site of it and a chat server. */
export class WordpressSite {
  readonly proxy: ChatProxy;
  readonly #folder: string;
  readonly #db: MariaDb;
  #php: ChildProcess | undefined;

  private constructor(folder: string, proxy: ChatProxy, db: MariaDb) {
    this.#folder = folder;
    this.proxy = proxy;
    this.#db = db;
  }

  /** Whether WordPress is not installed here, so that its tests are left out; never with `CI` set. */
  static isLeftOut(): boolean {
    if (process.env.CI || existsSync(path.join(TREE, 'wp-load.php'))) return false;
    console.warn(`WordPress is not tried: it is not in ${TREE}`);
    return true;
  }

  /** Installs and serves it; `admin` has the password `correct horse`. The plugin is active. */
  static async start(db: MariaDb): Promise<WordpressSite> {
    const folder = await mkdtemp(path.join(tmpdir(), 'meerkat-wordpress-'));
    const site = new WordpressSite(folder, await ChatProxy.start(), db);
    try {
      await site.#install();
      await site.#serve();
    } catch (error) {
      await site.stop();
      throw error;
    }
    return site;
  }

  get url(): string {
    return this.proxy.url;
  }

  /** An account of the database that may read what a chat server has to, as its setting. */
  get readOnly(): string {
    return `mysql://chat_ro:chat-ro-pw@127.0.0.1:${this.#db.port}/wordpress`;
  }

  /** Runs PHP as WordPress's own code. @returns what it prints */
  async php(code: string): Promise<string> {
    return this.#run(`require ${inPhp(path.join(this.#folder, 'www/wp-load.php'))};\n${code}`);
  }

  /** Makes a network of it, with a second site at `/sub/` whose administrator is `admin`; the plugin is active in both. */
  async becomeNetwork(): Promise<void> {
    const { host } = new URL(this.url);
    await this.php(`require_once ABSPATH . 'wp-admin/includes/upgrade.php';
foreach ($wpdb->tables('ms_global') as $table => $name) $wpdb->$table = $name;
install_network();
$done = populate_network(1, ${inPhp(host)}, 'admin@example.org', 'Network', '/', false);
if (is_wp_error($done)) { fwrite(STDERR, $done->get_error_message()); exit(1); }`);
    await this.#configure(`define('MULTISITE', true); define('SUBDOMAIN_INSTALL', false);
define('DOMAIN_CURRENT_SITE', ${inPhp(host)}); define('PATH_CURRENT_SITE', '/');
define('SITE_ID_CURRENT_SITE', 1); define('BLOG_ID_CURRENT_SITE', 1);`);
    await this.php(`require_once ABSPATH . 'wp-admin/includes/plugin.php';
activate_plugin('meerkat-chat/meerkat-chat.php', '', true);
$site = wp_insert_site(['domain' => ${inPhp(host)}, 'path' => '/sub/', 'title' => 'Sub', 'user_id' => 1]);
if (is_wp_error($site)) { fwrite(STDERR, $site->get_error_message()); exit(1); }
// The address of a new site is made without a port.
$wpdb->update($wpdb->blogs, ['domain' => ${inPhp(host)}], ['blog_id' => $site]);
clean_blog_cache($site);
switch_to_blog($site);
foreach (['home', 'siteurl'] as $name) update_option($name, ${inPhp(`${this.url}/sub`)});
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules(false);`);
    await this.#db.sql('GRANT SELECT ON wordpress.wp_sitemeta TO chat_ro@127.0.0.1');
  }

  async stop(): Promise<void> {
    const php = this.#php;
    if (php && php.exitCode === null && php.signalCode === null) {
      const gone = once(php, 'exit');
      killGroup(php);
      await gone;
    }
    await this.proxy.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #run(code: string): Promise<string> {
    const file = path.join(this.#folder, 'run.php');
    const { host } = new URL(this.url);
    const server = { HTTP_HOST: host, SERVER_NAME: '127.0.0.1', REQUEST_URI: '/', REQUEST_METHOD: 'GET' };
    const pairs = Object.entries(server).map(([name, value]) => `'${name}' => ${inPhp(value)}`);
    await writeFile(file, `<?php\n$_SERVER = [${pairs.join(', ')}] + $_SERVER;\n${code}`);
    const quiet = ['-d', 'sendmail_path=/bin/true', '-d', 'display_errors=stderr', '-d', 'error_reporting=1'];
    return (await run('php', [...quiet, file])).stdout.trim();
  }

  /** Writes wp-config.php. @param more what is not the same always */
  #configure(more: string): Promise<void> {
    return writeFile(
      path.join(this.#folder, 'www/wp-config.php'),
      `<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'wordpress'); define('DB_PASSWORD', 'wordpress-pw');
define('DB_HOST', '127.0.0.1:${this.#db.port}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
${KEYS}
$table_prefix = 'wp_';
${more}
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_DEBUG', false); define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`,
    );
  }

  async #install(): Promise<void> {
    const www = path.join(this.#folder, 'www');
    // Debian's tree is full of links out of it.
    await run('cp', ['-rL', TREE, www]);
    await rm(path.join(www, 'wp-config.php'), { force: true });
    await cp(PLUGIN, path.join(www, 'wp-content/plugins/meerkat-chat'), { recursive: true });
    await this.#db.sql(
      `CREATE DATABASE wordpress CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
      CREATE USER wordpress@127.0.0.1 IDENTIFIED BY 'wordpress-pw'; GRANT ALL ON wordpress.* TO wordpress@127.0.0.1;
      CREATE USER chat_ro@127.0.0.1 IDENTIFIED BY 'chat-ro-pw';`,
    );
    await this.#configure(`define('WP_HOME', '${this.url}'); define('WP_SITEURL', '${this.url}');`);
    await this.#run(`define('WP_INSTALLING', true);
require ${inPhp(path.join(www, 'wp-load.php'))};
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Meerkats', 'admin', 'admin@example.org', false, '', wp_slash('correct horse'));`);
    await this.php(`require_once ABSPATH . 'wp-admin/includes/plugin.php';
$problem = activate_plugin('meerkat-chat/meerkat-chat.php');
if (is_wp_error($problem)) { fwrite(STDERR, $problem->get_error_message()); exit(1); }
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules(false);
wp_update_user(['ID' => 1, 'display_name' => 'Ada Lovelace']);`);
    const grants = ['users', 'usermeta', 'options'].map(
      (table) => `GRANT SELECT ON wordpress.wp_${table} TO chat_ro@127.0.0.1;`,
    );
    await this.#db.sql(grants.join('\n'));
  }

  async #serve(): Promise<void> {
    const port = await freePort();
    this.proxy.site = port;
    const quiet = [
      '-d',
      'sendmail_path=/bin/true',
      '-d',
      'display_errors=stderr',
      '-d',
      'log_errors=0',
      '-d',
      'opcache.revalidate_freq=0',
    ];
    const php = spawn('php', [...quiet, '-S', `127.0.0.1:${port}`, '-t', path.join(this.#folder, 'www')], {
      // Its workers do not die with it: they are a group of their own, to be ended as one. One request of a page to its
      // own site is answered by another worker.
      detached: true,
      env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' },
      stdio: 'ignore',
    });
    this.#php = php;
    const reap = () => killGroup(php);
    process.on('exit', reap);
    php.once('exit', () => process.off('exit', reap));
    const late = performance.now() + PATIENCE;
    for (;;) {
      if ((await fetch(`${this.url}/wp-json/meerkat/v1`).catch(() => undefined))?.status === 200) return;
      if (php.exitCode !== null || performance.now() > late) throw new Error('WordPress is not served');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** A text as PHP has it. */
export function inPhp(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
