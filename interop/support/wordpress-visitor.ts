import type { Page } from '@playwright/test';

/** Somebody before WordPress, who does what its pages offer. */
export class WordpressVisitor {
  readonly #page: Page;
  readonly #url: string;

  /** @param url of the site, without a slash at its end */
  constructor(page: Page, url: string) {
    this.#page = page;
    this.#url = url;
  }

  /** Fills in the form of wp-login.php, and is on the page that was asked for. */
  async signsIn(login: string, password: string, then: string): Promise<void> {
    const target = this.#url + then;
    await this.#page.goto(`${this.#url}/wp-login.php?redirect_to=${encodeURIComponent(target)}`);
    const name = this.#page.getByLabel('Username or Email Address');
    // The form selects it a moment after it has come; what is typed elsewhere in that moment would land there.
    await this.#page.waitForFunction((field) => field === document.activeElement, await name.elementHandle());
    await name.fill(login);
    await this.#page.getByLabel('Password', { exact: true }).fill(password);
    await this.#page.getByRole('button', { name: 'Log In' }).click();
    await this.#page.waitForURL(target);
  }

  /** Sets another password on their profile. */
  async changesPassword(password: string): Promise<void> {
    await this.#page.goto(`${this.#url}/wp-admin/profile.php`);
    await this.#page.getByRole('button', { name: 'Set New Password' }).click();
    await this.#page.locator('#pass1').fill(password);
    await this.#page.getByRole('button', { name: 'Update Profile' }).click();
    await this.#page.getByText('Profile updated.').waitFor();
  }

  /** Says that yes, they want to sign out. */
  async signsOut(): Promise<void> {
    await this.#page.goto(`${this.#url}/wp-login.php?action=logout`);
    await this.#page.getByRole('link', { name: 'log out' }).click();
    await this.#page.waitForURL(/loggedout=true/);
  }
}
